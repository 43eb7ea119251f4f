import type { Verification } from '../../../contracts/environment.ts';
import { readAction } from '../shop/action.ts';
import { pageText, type Site, separator } from '../shop/pages.ts';
import { links, searched, startView, type View } from '../shop/view.ts';
import { filesIn, parseJson, readText } from './files.ts';
import { instructionFiles } from './importTasks.ts';
import { type KnownReward, knownReward } from './knownReward.ts';
import { type InstructionRecords, instructionRecords } from './products.ts';
import { createRecordedShop, optionNamesIn, type RecordedShop } from './recordedShop.ts';
import { type Recording, readRecordings } from './recordings.ts';

/**
 * Replays recordings of WebShop through our session and page printer. Hits of searches, options and texts of
 * products are taken from the page that shows them first; everything else on it, and all of every later page, must
 * follow. A receipt whose score does not follow from what is recorded counts as skipped.
 * @throws FILE_UNREADABLE
 */
export async function verify(folder: string): Promise<Verification> {
  const recordings = await readRecordings(folder);
  const said = await readInstructions(folder);
  const pages = recordings.flatMap(({ start, steps }) => [
    start,
    ...steps.map(({ observation }) => observation ?? ''),
  ]);
  const optionNames = optionNamesIn(pages);
  const replays = recordings.map((recording) => replay(recording, createRecordedShop(optionNames), said));
  const count = (of: (replayed: Replay) => number): number =>
    replays.reduce((sum, replayed) => sum + of(replayed), 0);
  return {
    environment: 'webshop',
    episodes: replays.length,
    steps: count(({ steps }) => steps),
    equalSteps: count(({ equalSteps }) => equalSteps),
    equalEpisodes: count(({ steps, equalSteps }) => (steps === equalSteps ? 1 : 0)),
    rewardEpisodes: count(({ sameReward }) => (sameReward ? 1 : 0)),
    skipped: replays.flatMap(({ id, skipped }) => skipped.map((reason) => ({ id, reason }))),
  };
}

async function readInstructions(folder: string): Promise<InstructionRecords> {
  const [file] = await filesIn(folder, instructionFiles);
  return file === undefined ? {} : parseJson(await readText(file), instructionRecords, file);
}

interface Replay {
  readonly id: string;
  readonly steps: number;
  readonly equalSteps: number;
  readonly sameReward: boolean;
  readonly skipped: readonly string[];
}

/** What one recorded page was compared to. */
type Comparison = 'equal' | 'different' | { readonly skipped: string };

function replay(recording: Recording, shop: RecordedShop, said: InstructionRecords): Replay {
  const instruction = instructionIn(recording.start);
  const comparisons: Comparison[] = [];
  let view: View = startView;
  let known: KnownReward = { kind: 'known', reward: 0 };
  const compare = (observation: string): Comparison => {
    shop.learn(view, observation);
    const printed = (reward: number): string => pageText(siteOf(shop, instruction, reward), view);
    if (known.kind === 'known') return sameText(printed(known.reward), observation);
    const shownScore = scoreIn(observation);
    const same = sameText(printed(shownScore), observation);
    return same === 'equal' && view.kind === 'done' ? { skipped: known.reason } : same;
  };
  comparisons.push(compare(recording.start));
  for (const { action, observation } of recording.steps) {
    view = after(shop, view, action);
    if (view.kind === 'done') {
      const { asin, choices } = view;
      known = knownReward(instruction, { product: shop.product(asin), choices }, said);
    }
    if (observation !== undefined) comparisons.push(compare(observation));
  }
  const skipped = comparisons.flatMap((one) => (typeof one === 'object' ? [one.skipped] : []));
  return {
    id: recording.id,
    steps: comparisons.length - skipped.length,
    equalSteps: comparisons.filter((one) => one === 'equal').length,
    sameReward: known.kind === 'known' && Math.abs(known.reward - recording.reward) < 1e-9,
    skipped: skipped.map((reason) => `The receipt and the reward are not compared: ${reason}`),
  };
}

function after(shop: RecordedShop, view: View, text: string): View {
  const action = readAction(text);
  if (action.verb === 'none') return view;
  if (action.verb === 'search') return searched(action.argument);
  return links(shop, view).get(action.argument) ?? view;
}

function siteOf(shop: RecordedShop, instruction: string, reward: number): Site {
  return { shop, instruction, reward: () => reward };
}

function sameText(printed: string, recorded: string): Comparison {
  return printed.trim() === recorded.trim() ? 'equal' : 'different';
}

/** The wish on the first page. */
function instructionIn(page: string): string {
  return page.split(separator)[2] ?? '';
}

function scoreIn(receipt: string): number {
  const parts = receipt.split(separator);
  return Number(parts[parts.lastIndexOf('Your score (min 0.0, max 1.0)') + 1]);
}
