import type { RunResult } from '../../../src/contracts/cell.ts';
import { type EpisodeRecord, episodeRecordSchema } from '../../../src/contracts/events.ts';
import type { Experiment } from '../../../src/contracts/experiment.ts';
import type { ExampleSource } from '../../../src/report/examples.ts';
import { cell, experiment, run } from '../cells.ts';

const [esc, bidi, hidden] = ['\u001b', '\u202e', '\u200b\u{e0041}'];

const pwn = 'window.pwned=1';
const script = `<script>${pwn}</script>`;
const elsewhere = '//127.0.0.1:9/';

/** Texts that try to be more than text; each sets `window.pwned`, makes a request or hides the page if it succeeds. */
export const hostileTexts: Readonly<Record<string, string>> = {
  'script elements': `${script} <svg/onload=${pwn}> <iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`,
  'ends of elements': `</style></title></script></svg></textarea></noscript>-->]]>${script}`,
  'the start of a comment': `<!-- ${script} <![CDATA[${script}`,
  'attributes after double quotes': `"><img src=x onerror="${pwn}">" onmouseover="${pwn}" autofocus onfocus="${pwn}"`,
  'attributes after single quotes': `' onmouseover='${pwn}' autofocus onfocus='${pwn}' style='position:fixed`,
  'links that run': `javascript:${pwn}`,
  'elements that fetch': `<link rel=stylesheet href=${elsewhere}x.css><base href="${elsewhere}"><img src=${elsewhere}x><object data=${elsewhere}>`,
  'elements that lead away': `<meta http-equiv=refresh content="0;url=${elsewhere}"><form action=${elsewhere}><button autofocus>x</button></form>`,
  'style sheets': `<style>body{display:none}</style>}body{display:none;background:url(${elsewhere}x)}/*`,
  entities: `&lt;script&gt;${pwn}&lt;/script&gt; &#60;img src=x onerror=${pwn}&#62; &quot;>${script}`,
  'templates of other tools': `$${''}{${pwn}} {{${pwn}}} <%= ${pwn} %>`,
  'controls and directions': `${esc}[2J${esc}]0;owned\u0007 ${bidi}gnp.exe ${hidden}\u0000\u0008\r\n\u2028\ufeff \ud800`,
  'a huge word': 'A'.repeat(30_000),
  'deep markup': `${'<b>'.repeat(2_000)}${'[['.repeat(500)}`,
};

/** Every place of a run in which a text from outside can stand holds `text`. */
export function hostileResult(text: string): RunResult {
  const defenses = [
    { name: 'none', members: [] },
    { name: text, members: [{ id: text, mode: 'observe' as const, parameters: { text } }] },
  ];
  const hostile: Experiment = {
    ...experiment,
    name: text,
    seed: text,
    environments: [{ id: text, tasks: 8 }],
    agents: [text],
    models: [{ id: text, provider: text, name: text, settings: {}, limits: {} }],
    defenses,
  };
  const attack = { vector: text, carrier: text, goal: text };
  const detected = { estimate: 0.5, low: 0.2, high: 0.8, k: 4, n: 8 };
  const cells = defenses.flatMap(({ name: defense }) => [
    cell({ agent: text, environment: text, defense }),
    {
      ...cell({ agent: text, environment: text, vector: text, defense, achieved: 3, invalid: 1, change: -3 }),
      attack: { ...attack, id: `${text}/${text}/${text}` },
      problem: text,
      stoppedBy: { [text]: 2 },
      detectors: { [text]: { dr: detected, fpr: detected } },
      floor: { reason: text, smallestDetectable: 0.5 },
    },
  ]);
  return {
    run: {
      ...run,
      id: text,
      name: text,
      startedAt: text,
      experiment: hostile,
      skipped: [{ environment: text, reason: text, attacks: 1, example: attack }],
    },
    cells,
  };
}

/** An episode in which every text is `text`. */
export function hostileRecord(text: string): EpisodeRecord {
  return episodeRecordSchema.parse({
    version: 1,
    id: text,
    key: {
      agent: text,
      environment: text,
      task: 0,
      attack: { vector: text, carrier: text, goal: text },
      defense: text,
      trial: 0,
    },
    taskId: text,
    template: text,
    instruction: text,
    era: '2025',
    outcome: {
      status: 'limit',
      problem: { code: text, what: text },
      utility: 0,
      attack: { stage: 'achieved', stoppedBy: text, at: [0] },
      harm: { stateDamage: [{ what: text, events: [] }], dataLeft: [{ what: text, events: [] }] },
      verdicts: {},
      detection: { flaggedBy: [text] },
      calls: 1,
      cost: { inputTokens: 0, outputTokens: 0, usd: 0, wallMs: 0, modelMs: 0, defenseMs: 0 },
    },
    events: [
      {
        seq: 0,
        at: 0,
        type: 'attack',
        stage: 'planned',
        attack: text,
        payload: text,
        evidence: [{ what: text }],
      },
      {
        seq: 1,
        at: 1,
        type: 'exchange',
        message: text,
        service: text,
        direction: 'to-service',
        request: { method: text, params: { [text]: text } },
        reply: { kind: 'result', result: { content: [{ type: 'text', text: `before ${text} after` }] } },
        hostReply: { kind: 'error', error: { code: 1, message: text, data: text } },
      },
      {
        seq: 2,
        at: 2,
        type: 'verdict',
        message: text,
        defense: text,
        mode: 'enforce',
        action: 'block',
        score: 1,
        reason: text,
        spans: [{ path: text, text }],
      },
      {
        seq: 3,
        at: 3,
        type: 'notification',
        message: text,
        service: text,
        direction: 'to-host',
        notification: { method: text, params: { text } },
        passed: false,
      },
      { seq: 4, at: 4, type: 'fault', service: text, code: text, what: text },
      { seq: 5, at: 5, type: 'error', code: text, what: text },
      { seq: 6, at: 6, type: 'answer', text },
    ],
  });
}

/** Has the hostile episode for every figure. */
export function hostileExamples(text: string): ExampleSource {
  return {
    idsOf: () => ({ achieved: text, resisted: text, falseAlarm: text }),
    record: async () => hostileRecord(text),
  };
}
