import type { AttackId } from '../contracts/attack.ts';
import type { EpisodeRecord } from '../contracts/events.ts';
import type { MeasuredEpisode } from '../contracts/experiment.ts';
import { isValid } from '../experiment/metrics/measured.ts';
import { rowOf } from './overview.ts';

/** A figure of the report that an episode can illustrate: one agent, attacks of one row or none, one defense set. */
export interface ExamplePlace {
  readonly agent: string;
  readonly vector: string;
  readonly label: string;
  readonly defense: string;
}

/** Ids of episodes that show what a figure stands for. */
export interface ExampleIds {
  readonly achieved?: string;
  /** The attack did not achieve its goal; one that a defense stopped, where there is one. */
  readonly resisted?: string;
  /** Nothing attacked, and yet a defense flagged something. */
  readonly falseAlarm?: string;
}

/** Where the pages of a report get their example traces: ids are at hand, each record is read by its id. */
export interface ExampleSource {
  idsOf(place: ExamplePlace): ExampleIds;
  record(id: string): Promise<EpisodeRecord>;
}

/** Notes examples while episodes stream by; keeps a few ids per place and no record. */
export interface ExampleNotes {
  add(episode: MeasuredEpisode): void;
  idsOf(place: ExamplePlace): ExampleIds;
}

interface Found {
  achieved?: string;
  resisted?: string;
  falseAlarm?: string;
  /** Whether the resisted one was stopped by a defense. */
  stopped?: boolean;
}

export function createExampleNotes(): ExampleNotes {
  const places = new Map<string, Found>();
  return {
    add: ({ id, key, status, stage, stoppedBy, flaggedBy }) => {
      if (!isValid(status)) return;
      const name = nameOf({ agent: key.agent, ...rowOfKey(key.attack), defense: key.defense });
      const found = places.get(name) ?? {};
      places.set(name, found);
      if (stage === undefined) {
        if (flaggedBy.length > 0) found.falseAlarm ??= id;
      } else if (stage === 'achieved') found.achieved ??= id;
      else if (found.resisted === undefined || (stoppedBy !== undefined && !found.stopped)) {
        found.resisted = id;
        found.stopped = stoppedBy !== undefined;
      }
    },
    idsOf: (place) => {
      const { stopped: _, ...ids } = places.get(nameOf(place)) ?? {};
      return ids;
    },
  };
}

/** The place of clean episodes has neither vector nor label. */
export const cleanRow = { vector: '', label: '' };

function rowOfKey(attack: AttackId | undefined): { vector: string; label: string } {
  return attack === undefined ? cleanRow : rowOf(attack);
}

function nameOf({ agent, vector, label, defense }: ExamplePlace): string {
  return JSON.stringify([agent, vector, label, defense]);
}
