// Runs an experiment with parts of your own, from code:  node examples/own-parts/run.mjs
import { builtInCatalog, defineExperiment, extendCatalog, renderReport, runExperiment } from 'safemcp';
import { locker } from './locker.mjs';
import { gullible, maintenanceLog, noDestruction } from './parts.mjs';

const catalog = extendCatalog(builtInCatalog(), {
  environments: [locker],
  carriers: [maintenanceLog],
  defenses: [noDestruction],
  agents: [gullible],
});

const { experiment } = defineExperiment(
  {
    name: 'own-parts',
    seed: 1,
    environments: ['locker'],
    tasks: 10,
    agents: ['example/gullible'],
    attacks: [{ vector: 'tool-description', carrier: ['direct', 'maintenance-log'], goal: 'destroy' }],
    defenses: ['no-destruction', 'no-destruction:observe'],
  },
  catalog,
);

const result = await runExperiment(experiment, { catalog });
console.log(renderReport(result, 'table', { width: 100, color: false, detail: 'goals' }));
