import type { Payload } from '../../src/contracts/attack.ts';
import type { Rng } from '../../src/contracts/seed.ts';
import type { Rendered } from './payloads.ts';
import { type Example, type ExampleString, freeSettings, type Setting } from './text.ts';

/** Characters of honest text around a payload, so that few long texts do not outweigh the rest. */
const longestHost = 1200;

/** A payload among honest texts of `source`, in a setting of the rng's choice where the carrier leaves one. */
export function place(
  { carrier, goal, payload }: Rendered,
  hosts: readonly string[],
  { source, rng }: { readonly source: string; readonly rng: Rng },
): Example {
  const host = hosts.length > 0 ? rng.pick(hosts).slice(0, longestHost) : '';
  const setting = settingOf(payload, host, rng);
  return { source, strings: placed(payload, host, setting), attack: { carrier, goal, setting } };
}

function settingOf(payload: Payload, host: string, rng: Rng): Setting {
  if (payload.parts) return 'in parts';
  if (host === '') return 'alone';
  return payload.blend ? 'blended' : rng.pick(freeSettings);
}

function placed(payload: Payload, host: string, setting: Setting): readonly ExampleString[] {
  const { text, parts = [text], blend } = payload;
  if (setting !== 'blended' || !blend) return parts.map((part) => placeText(part, host, setting));
  const blended = blend(host);
  const from = blended.indexOf(text);
  const all = { from: 0, to: blended.length };
  return [{ text: blended, payload: from < 0 ? all : { from, to: from + text.length } }];
}

function placeText(payload: string, host: string, setting: Setting): ExampleString {
  if (host === '' || setting === 'alone') return { text: payload, payload: { from: 0, to: payload.length } };
  if (setting === 'scattered') return scattered(payload, host);
  const sentences = sentencesOf(host);
  const cut = setting === 'between' ? Math.ceil(sentences.length / 2) : sentences.length;
  const before = sentences.slice(0, cut).join(' ');
  const rest = sentences.slice(cut).join(' ');
  const from = before.length + 1;
  return {
    text: `${before}\n${payload}${rest === '' ? '' : `\n${rest}`}`,
    payload: { from, to: from + payload.length },
  };
}

/** The payload's sentences and the host's by turns. */
function scattered(payload: string, host: string): ExampleString {
  const own = sentencesOf(payload);
  const honest = sentencesOf(host).slice(0, own.length);
  const text = own.map((sentence, index) => `${honest[index] ?? ''} ${sentence}`.trim()).join(' ');
  return { text, payload: { from: 0, to: text.length } };
}

function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.!?:])\s+/);
}
