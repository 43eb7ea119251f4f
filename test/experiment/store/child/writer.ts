// Saves the episodes of a new run one after the other and tells each one's id when it is stored.
import { openStore } from '../../../../src/experiment/store/openStore.ts';
import { samplePlan, sampleRecord } from '../samples.ts';

const [workspace = '', count = '0'] = process.argv.slice(2);
const store = await openStore(workspace);
const plan = samplePlan(Number(count));
const { id } = await store.createRun(plan, new Date());
process.stdout.write(`run ${id}\n`);
const open = plan.episodes.values();
const work = async (): Promise<void> => {
  for (const planned of open) {
    await store.saveEpisode(id, sampleRecord(planned));
    process.stdout.write(`stored ${planned.id}\n`);
  }
};
await Promise.all([work(), work(), work()]);
// Keeps the run until it is killed.
setInterval(() => undefined, 1_000);
