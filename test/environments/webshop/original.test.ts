import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isSafeMcpError } from '../../../src/contracts/errors.ts';
import { webshop } from '../../../src/environments/webshop/index.ts';
import { openStage } from '../../support/actor.ts';
import { folderWith } from './support.ts';

const importTasks = async (folder: string) => (await webshop.importTasks?.(folder)) ?? [];
const verify = async (folder: string) => webshop.verify?.(folder);

const mug = {
  asin: 'MUGA000001',
  name: ' Blue Mug with Handle ',
  query: 'Mugs ',
  product_category: 'Kitchen › Cups › Mugs',
  full_description: 'A mug. Dishwasher safe.',
  small_description: ['Holds much', 'Made of clay'],
  pricing: '$12.50$17.00',
  customization_options: {
    Color: [{ value: 'Red/White', image: null }, { value: ' Blue ' }],
    size: [{ value: 'small' }],
    style: null,
  },
  images: ['x.jpg'],
};
const pan = {
  ...mug,
  asin: 'PANB000001',
  name: 'Iron Pan',
  query: 'pans',
  pricing: '',
  customization_options: '',
};
const said = {
  MUGA000001: {
    attributes: ['dishwasher safe', 'hand made'],
    instruction: 'Find me dishwasher safe mugs',
    instruction_attributes: ['dishwasher safe'],
  },
  PANB000001: { attributes: [] },
};
const asked = {
  PANB000001: [
    {
      instruction: 'I want an iron pan.',
      instruction_attributes: ['dishwasher safe'],
      instruction_options: [],
    },
    { instruction: 'left out', instruction_attributes: [], instruction_options: [] },
  ],
  MUGA000001: [
    { instruction: 'a blue mug', instruction_attributes: ['hand made'], instruction_options: ['blue'] },
  ],
};
const files = {
  'items_shuffle_1000.json': [mug, { ...mug, name: 'twice' }, { ...mug, asin: 'much too long' }, pan],
  'items_ins_v2_1000.json': said,
};

describe('importing', () => {
  test('makes one task of each combination of options, in the words of the original', async () => {
    const tasks = await importTasks(await folderWith(files));
    expect(tasks.map(({ id }) => id)).toEqual(['webshop-MUGA000001-0', 'webshop-MUGA000001-1']);
    const wishes = tasks.map(({ instruction }) => instruction.split('\n')[0]);
    const cap = /, and price lower than (\d0)\.00 dollars$/.exec(wishes[0] ?? '')?.[1];
    expect(['30', '40', '50']).toContain(cap);
    expect(wishes).toEqual(
      ['red | white', 'blue'].map(
        (color) =>
          `Find me dishwasher safe mugs with color: ${color}, and size: small, and price lower than ${cap}.00 dollars`,
      ),
    );
    expect(tasks.map(({ difficulty }) => difficulty)).toEqual(['medium', 'medium']);
  });

  test('makes no more than a thousand tasks of one instruction', async () => {
    const values = Array.from({ length: 40 }, (_, index) => ({ value: `v${index}` }));
    const many = { ...mug, customization_options: { one: values, two: values } };
    const tasks = await importTasks(await folderWith({ ...files, 'items_shuffle_1000.json': [many] }));
    expect(tasks).toHaveLength(1_000);
  });

  test('adds what people asked for', async () => {
    const tasks = await importTasks(await folderWith({ ...files, 'items_human_ins.json': asked }));
    const human = tasks.filter(({ id }) => id.includes('human'));
    expect(human.map(({ id }) => id)).toEqual(['webshop-human-MUGA000001-0', 'webshop-human-PANB000001-0']);
    expect(human[1]?.instruction).toMatch(/^I want an iron pan, and price lower than 1[1-4]0\.00 dollars\n/);
  });

  test('the tasks run: pages are the original’s, and the reference solution is scored', async () => {
    const [task] = await importTasks(await folderWith(files));
    if (!task) throw new Error('no task');
    const { world, actor } = await openStage(task);
    const { text } = await actor.call('webshop', 'search', { keywords: 'mug' });
    expect(text).toContain('MUGA000001 [SEP] Blue Mug with Handle [SEP] $12.5 to $17.0');
    expect((await actor.call('webshop', 'click', { value: 'muga000001' })).text).toContain(
      '< Prev [SEP] color [SEP] red | white [SEP] blue [SEP] size [SEP] small [SEP] Blue Mug with Handle',
    );
    expect((await actor.call('webshop', 'click', { value: 'features' })).text).toContain(
      '< Prev [SEP] Holds much [SEP] Made of clay',
    );
    expect(await world.score(await world.solve(actor))).toEqual({ utility: 1, original: 1 });
  });

  test('says the same twice', async () => {
    const folder = await folderWith({ ...files, 'items_human_ins.json': asked });
    const show = async () =>
      (await importTasks(folder)).map(({ instruction, privateContext }) => [instruction, privateContext]);
    expect(await show()).toEqual(await show());
  });

  test.each([
    ['no folder', {}, 'nowhere'],
    ['instructions without products', { 'items_ins_v2_1000.json': said, 'human_goals.json': ['a mug'] }, ''],
    ['no JSON', { ...files, 'items_ins_v2_1000.json': '{' }, ''],
    ['another shape', { ...files, 'items_shuffle_1000.json': [{ asin: 1 }] }, ''],
  ])('refuses %s with a path and a hint', async (_, content, subfolder) => {
    const folder = path.join(await folderWith(content), subfolder);
    const error: unknown = await importTasks(folder).catch((thrown: unknown) => thrown);
    expect(isSafeMcpError(error) && error.code).toBe('FILE_UNREADABLE');
    expect(isSafeMcpError(error) && error.where).toContain(folder);
    expect(isSafeMcpError(error) && error.hint).toBeTruthy();
  });
});

const wish =
  'Find me dishwasher safe mugs with color: blue, and size: small, and price lower than 30.00 dollars';
const head = `Instruction: [SEP] ${wish} [SEP] Back to Search`;
const index = `WebShop [SEP] Instruction: [SEP] ${wish} [SEP] Search`;
const results = `${head} [SEP] Page 1 (Total results: 12) [SEP] Next > [SEP] UNTITLED01 [SEP] $3.0 [SEP] MUGA000001 [SEP] Blue Mug [SEP] $12.5 to $17.0`;
const second = `${head} [SEP] Page 2 (Total results: 12) [SEP] < Prev [SEP] Next > [SEP] PANB000001 [SEP] Iron Pan [SEP] $100.0`;
const tail = 'Rating: N.A. [SEP] Description [SEP] Features [SEP] Reviews [SEP] Buy Now';
const item = `${head} [SEP] < Prev [SEP] color [SEP] red [SEP] blue [SEP] size [SEP] small [SEP] Blue Mug [SEP] Price: $12.5 to $17.0 [SEP] ${tail}`;
const features = `${head} [SEP] < Prev [SEP] Holds much [SEP]  [SEP] Made of clay`;

function receipt(score: string, options = '{"color": "blue", "size": "small"}', asin = 'MUGA000001'): string {
  return (
    `Thank you for shopping with us! [SEP] Your code: [SEP] None [SEP] (Paste it in your MTurk interface.) [SEP] Purchased [SEP] asin [SEP] ${asin} [SEP] options [SEP] ${options} [SEP] attrs [SEP] None [SEP] category [SEP] None [SEP] query [SEP] None [SEP] product category [SEP] None [SEP] ` +
    `Target [SEP] asin [SEP] options [SEP] attrs [SEP] price upper [SEP] instuction text [SEP] category [SEP] product category [SEP] query [SEP] Goal [SEP] None [SEP] Reward [SEP] Your score (min 0.0, max 1.0) [SEP] ${score} [SEP] Reward Details [SEP] None`
  );
}

type Turns = readonly (readonly [action: string, page?: string])[];

const wholeWay: Turns = [
  ['search[Mugs]', results],
  ['click[Next >]', second],
  ['click[< Prev]', results],
  ['click[muga000001]', item],
  ['click[blue]', item],
  ['click[Features]', features],
  ['click[Buy Now]', features],
  ['click[< Prev]', item],
  ['click[small]\nclick[red]', item],
  ['', item],
  ['click[Buy Now]', receipt('1.0')],
];

function episode(turns: Turns, reward: number, start = index) {
  const said = turns.flatMap(([action, page]) => [
    { role: 'assistant', content: `Thought: Action: none\nAction:\n${action}` },
    ...(page === undefined ? [] : [{ role: 'user', content: page }]),
  ]);
  const lead = ['Role', 'Ok.', start].map((content) => ({ role: 'user', content }));
  return { item_id: 'webshop_1', reward, conversations: [...lead, ...said], model: 'm' };
}

async function verified(...episodes: readonly object[]) {
  const lines = episodes.map((one) => JSON.stringify(one)).join('\n');
  return verify(await folderWith({ 'a__webshop_trajectories.jsonl': `${lines}\n`, 'items_ins.json': said }));
}

describe('verifying', () => {
  test('a faithful recording is equal in every step and in its reward', async () => {
    expect(await verified(episode(wholeWay, 1), episode([['search[mugs]', results]], 0))).toEqual({
      environment: 'webshop',
      episodes: 2,
      steps: 14,
      equalSteps: 14,
      equalEpisodes: 2,
      rewardEpisodes: 2,
      skipped: [],
    });
  });

  test.each([
    ['a page that is not the first', 0, ['search[mugs]', index]],
    ['a page of results with another number', 1, ['click[Next >]', second.replace('Page 2', 'Page 3')]],
    ['results in another order the second time', 2, ['click[< Prev]', results.replace('Blue', 'Red')]],
    [
      'a price that the results showed otherwise',
      3,
      ['click[muga000001]', item.replace('to $17.0', 'to $18.0')],
    ],
    ['a page that changes with a choice', 4, ['click[blue]', item.replace('small', 'SMALL')]],
    ['a purchase from a section', 6, ['click[Buy Now]', receipt('1.0')]],
    ['a choice that is not on the receipt', 10, ['click[Buy Now]', receipt('1.0', '{"color": "blue"}')]],
    ['a score that does not follow', 10, ['click[Buy Now]', receipt('0.75')]],
    ['a format of its own', 0, ['search[mugs]', `${head} [SEP] nothing here`]],
  ] as const)('finds %s', async (_, at, turn) => {
    const turns: Turns = [...wholeWay.slice(0, at), turn];
    const found = await verified(episode(turns, 0));
    expect(found).toMatchObject({
      episodes: 1,
      steps: turns.length + 1,
      equalSteps: turns.length,
      equalEpisodes: 0,
    });
  });

  test('finds another reward', async () => {
    expect(await verified(episode(wholeWay, 0.5), episode([], 0.5))).toMatchObject({
      equalSteps: 13,
      equalEpisodes: 2,
      rewardEpisodes: 0,
      skipped: [],
    });
  });

  test('skips a reward that does not follow from what is recorded, but not a wrong receipt', async () => {
    const buyPan: Turns = [
      ['search[mugs]', results],
      ['click[next >]', second],
      ['click[panb000001]', `${head} [SEP] < Prev [SEP] Iron Pan [SEP] Price: $100.0 [SEP] ${tail}`],
    ];
    const [open, page, pan] = buyPan;
    if (!open || !page || !pan) throw new Error('no steps');
    const done = (asin: string): Turns => [...buyPan, ['click[buy now]', receipt('0.1', '{}', asin)]];
    const found = await verified(episode(done('PANB000001'), 0.1));
    expect(found).toMatchObject({ steps: 4, equalSteps: 4, equalEpisodes: 1, rewardEpisodes: 0 });
    expect(found?.skipped.map(({ id }) => id)).toEqual(['webshop_1 (a__webshop_trajectories.jsonl:1)']);
    expect(found?.skipped[0]?.reason).toContain('not known to be');
    expect(await verified(episode(done('MUGA000001'), 0.1))).toMatchObject({
      steps: 5,
      equalSteps: 4,
      skipped: [],
    });
  });

  test('reads files of one episode, also in the folder "sampled", and a last action without a page', async () => {
    const folder = await folderWith({ 'x__webshop_12.json': episode(wholeWay.slice(0, 3), 0) });
    await mkdir(path.join(folder, 'sampled'));
    const more = JSON.stringify(episode([...wholeWay.slice(0, 2), ['click[< prev]']], 0));
    await writeFile(path.join(folder, 'sampled', 'x__webshop_7.json'), more);
    await writeFile(path.join(folder, 'sampled', 'x__summary.json'), 'ignored');
    expect(await verify(folder)).toMatchObject({ episodes: 2, steps: 7, equalSteps: 7, rewardEpisodes: 2 });
  });

  test.each([
    ['no recordings', {}, ''],
    [
      'a broken line',
      { 'b_trajectories.jsonl': `${JSON.stringify(episode([], 0))}\n{` },
      'b_trajectories.jsonl:2',
    ],
    ['another shape', { 'c__webshop_1.json': { conversations: [] } }, 'c__webshop_1.json'],
  ])('refuses %s', async (_, content, where) => {
    const error: unknown = await verify(await folderWith(content)).catch((thrown: unknown) => thrown);
    expect(isSafeMcpError(error) && error.code).toBe('FILE_UNREADABLE');
    expect(isSafeMcpError(error) && error.where).toContain(where);
  });
});
