import { type HostPreset, hostPresets } from '../agents/external/presets.ts';
import { agentKinds } from '../agents/index.ts';
import { presets } from '../attacks/presets.ts';
import type { AttackPart } from '../contracts/attack.ts';
import type { Catalog } from '../contracts/experiment.ts';
import { isImpossible } from '../contracts/goal.ts';
import type { JsonObject } from '../contracts/json.ts';
import type { Era } from '../contracts/wire.ts';
import { stackName, stacks } from '../defenses/stacks.ts';
import { createPaint, safe, wrap } from '../report/text.ts';

export type Subject = 'environments' | 'attacks' | 'presets' | 'defenses' | 'stacks' | 'agents' | 'hosts';

/** One entry of a list, for people (id and definition or description) and machines (all). */
export interface Entry extends JsonObject {
  readonly id: string;
  readonly title: string;
  readonly part?: 'vector' | 'carrier' | 'goal';
  readonly definition?: string;
  readonly description?: string;
}

/** Everything the catalog holds on a subject. Attacks are listed by their parts. */
export function listing(catalog: Catalog, subject: Subject): Entry[] {
  switch (subject) {
    case 'environments':
      return catalog.environments.map(({ id, title, description, source, services, templates, goals }) => ({
        id,
        title,
        description,
        source,
        services: services.map(({ name, tools, thirdParty }) => ({
          name,
          tools,
          thirdParty: thirdParty === true,
        })),
        templates: templates.map((template) => ({ ...template })),
        goals: Object.fromEntries(
          Object.entries(goals).map(([kind, verdict]) => [
            kind,
            isImpossible(verdict) ? verdict.impossible : verdict,
          ]),
        ),
      }));
    case 'attacks':
      return attackParts(catalog);
    case 'presets':
      return presets.map((preset) => ({
        ...preset,
        selections: preset.selections.map((each) => ({ ...each })),
      }));
    case 'defenses':
      return catalog.defenses.map(
        ({
          id,
          title,
          description,
          kind,
          modes,
          source,
          needsModel = false,
          eras = bothEras,
          covers = [],
        }) => ({
          id,
          title,
          description,
          kind,
          modes,
          needsModel,
          eras,
          covers,
          stacks: stacks.filter(({ members }) => members.some((member) => member.id === id)).map(stackName),
          source,
        }),
      );
    case 'stacks':
      return stacks.map(({ members, ...stack }) => ({
        ...stack,
        name: stackName(stack),
        members: members.map((member) => ({ ...member })),
      }));
    case 'agents':
      return [
        ...catalog.agents.map(({ id, title, description, kind }) => ({ id, title, description, kind })),
        ...agentKinds.map(({ id, title, description, needsModel }) => ({
          id: needsModel ? `${id}:PROVIDER/NAME` : id,
          title,
          description,
          kind: 'model',
        })),
      ];
    case 'hosts':
      return hostPresets.map(hostEntry);
  }
}

/** A host of somebody else's that `kind: external` can name as its preset. */
function hostEntry({ id, title, command, package: from }: HostPreset): Entry {
  const tested = from?.tested;
  const facts = [
    command.length === 0 ? 'the command that the experiment names' : command.join(' '),
    from ? `npm ${from.name}` : 'no npm package',
    tested === undefined ? 'untested' : `tested with ${tested}`,
  ];
  return {
    id,
    title,
    description: `${title}: ${facts.join('; ')}`,
    command,
    package: from?.name ?? null,
    tested: tested ?? null,
  };
}

/** Words and wishes know no protocol. */
const bothEras: readonly Era[] = ['2025', '2026'];

function attackParts({ vectors, carriers, goals, environments }: Catalog): Entry[] {
  const common = ({ id, title, definition, source, mappings = [] }: AttackPart) => ({
    id,
    title,
    definition,
    source,
    mappings: mappings.map((mapping) => ({ ...mapping })),
  });
  const where = (possible: (environment: Catalog['environments'][number]) => boolean): string[] =>
    environments.filter(possible).map(({ id }) => id);
  return [
    ...vectors.map((vector) => ({
      ...common(vector),
      part: 'vector' as const,
      group: vector.group,
      eras: vector.eras,
      actsAlone: vector.actsAlone === true,
      environments: where((environment) => vector.compatible(environment) === 'compatible'),
    })),
    ...carriers.map((carrier) => ({
      ...common(carrier),
      part: 'carrier' as const,
      eras: bothEras,
      readability: carrier.readability,
      withModel: carrier.rewrite !== undefined,
      environments: where(() => true),
    })),
    ...goals.map((goal) => ({
      ...common(goal),
      part: 'goal' as const,
      eras: goal.eras ?? bothEras,
      environments: where((environment) =>
        vectors.some((vector) => goal.compatible(environment, vector) === 'compatible'),
      ),
    })),
  ];
}

/** The list for people. */
export function listingText(
  entries: readonly Entry[],
  shape: { readonly width: number; readonly color: boolean },
): string {
  const paint = createPaint(shape.color);
  const labelWidth = Math.max(...entries.map(({ id }) => id.length)) + 2;
  let part: Entry['part'];
  const lines = entries.flatMap((entry) => {
    const heading = entry.part === part ? [] : [paint('dim', `${entry.part}s`)];
    part = entry.part;
    const [first = '', ...rest] = wrap(
      safe(entry.definition ?? entry.description ?? ''),
      Math.max(20, shape.width - labelWidth - 2),
    );
    const label = safe(entry.id).padEnd(labelWidth);
    return [
      ...heading,
      `  ${paint('bold', label)}${first}`,
      ...rest.map((line) => `  ${' '.repeat(labelWidth)}${line}`),
    ];
  });
  return `${lines.join('\n')}\n`;
}
