import { SafeMcpError } from '../contracts/errors.ts';
import type { ModelChoice } from '../contracts/experiment.ts';
import { findProvider, type Provider, providers } from './providers.ts';

/** `PROVIDER/NAME` as a choice with usual settings; undefined when no provider is called so. Names may hold slashes. */
export function modelChoice(id: string): ModelChoice | undefined {
  const slash = id.indexOf('/');
  const provider = id.slice(0, Math.max(0, slash));
  const name = id.slice(slash + 1);
  if (name === '' || !findProvider(provider)) return undefined;
  return { id, provider, name, settings: {}, limits: {} };
}

/** What is wrong with a choice, in words; undefined when it can be opened. */
export function objectionTo({ provider: id, baseUrl }: ModelChoice): string | undefined {
  const provider = findProvider(id);
  if (!provider)
    return `there is no provider ${JSON.stringify(id.slice(0, 80))}, use one of: ${providers.map((each) => each.id).join(', ')}`;
  if (baseUrl === undefined)
    return provider.baseUrl === undefined ? `${id} needs baseUrl, the address of the server` : undefined;
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) return 'baseUrl must be an http or https address';
  if (url.username || url.password || url.search)
    return 'baseUrl must hold no user, password or query, name the key with keyFrom';
  return undefined;
}

/** A choice with its provider and address. @throws INVALID_EXPERIMENT */
export function placed(choice: ModelChoice): { readonly provider: Provider; readonly baseUrl: string } {
  const provider = findProvider(choice.provider);
  const baseUrl = choice.baseUrl ?? provider?.baseUrl;
  const objection = objectionTo(choice);
  if (objection !== undefined || !provider || baseUrl === undefined)
    throw new SafeMcpError('INVALID_EXPERIMENT', `The model cannot be opened: ${objection}`, {
      where: choice.id,
      hint: 'safemcp models list shows the providers',
    });
  return { provider, baseUrl: baseUrl.replace(/\/$/, '') };
}
