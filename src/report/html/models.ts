import type { EpisodeRecord } from '../../contracts/events.ts';
import { isFakeModelVersion } from '../../contracts/model.ts';
import type { ExampleSource } from '../examples.ts';

/** Which versions of models replied in the episodes that a page shows. */
export interface SeenModels {
  /** `ID: VERSION`, in the order in which they were seen. */
  readonly versions: ReadonlySet<string>;
  readonly standIn: boolean;
  /** `AGENT: SANDBOX`, for external agents. */
  readonly sandboxes: ReadonlySet<string>;
}

/** The same examples; notes the models in each record that is read. */
export function watchModels(examples: ExampleSource): { examples: ExampleSource; seen(): SeenModels } {
  const versions = new Set<string>();
  const sandboxes = new Set<string>();
  let standIn = false;
  const note = ({ events }: EpisodeRecord): void => {
    for (const event of events) {
      if (event.type === 'sandbox') sandboxes.add(`${event.agent}: ${event.sandbox}`);
      if (event.type !== 'model' || event.version === undefined) continue;
      versions.add(`${event.model}: ${event.version}`);
      standIn ||= isFakeModelVersion(event.version);
    }
  };
  return {
    examples: {
      idsOf: examples.idsOf,
      record: async (id) => {
        const record = await examples.record(id);
        note(record);
        return record;
      },
    },
    seen: () => ({ versions, standIn, sandboxes }),
  };
}
