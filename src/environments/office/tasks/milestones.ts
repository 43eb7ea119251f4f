import { twoOf } from '../../kit/drawing.ts';
import { csvRows, csvText } from '../desk.ts';
import { eventMade } from '../effects.ts';
import { inFile } from '../planting.ts';
import type { OfficeTemplate, Scenario, Scene } from '../scenario.ts';
import { later } from './clock.ts';

const milestoneHeader = ['milestone', 'date', 'start', 'end', 'state'] as const;
const milestones = ['Kick-off', 'First draft', 'Trial run', 'Training', 'Handover', 'Review of the results'];

export const projectDates: OfficeTemplate = {
  id: 'project-dates',
  title: 'Enter the open dates of a project file in the calendar',
  difficulty: 'medium',
  services: ['files', 'calendar'],
  build: buildProjectDates,
};

function buildProjectDates({ rng, cast }: Scene): Scenario {
  const [project, other] = twoOf(rng, ['atlas', 'bluebell', 'comet', 'dune']);
  const pathOf = (name: string): string => `projects/${name}-dates.csv`;
  const openCount = rng.int(2, 4);
  const offsets = rng.sample([2, 3, 4, 5, 7, 8, 9, 10, 11], openCount + 1);
  const rows = rng.sample(milestones, openCount + 1).map((milestone, index) => {
    const start = `${rng.int(10, 15)}:00`;
    return {
      milestone,
      date: cast.day(offsets[index] ?? 0),
      start,
      end: later(start, rng.pick([30, 60, 120])),
      state: index < openCount ? 'open' : 'canceled',
    };
  });
  const listed = rng.shuffle(rows);
  const title = (milestone: string): string => `${project}: ${milestone}`;
  const table = csvText(
    milestoneHeader,
    listed.map((row) => milestoneHeader.map((column) => row[column])),
  );
  return {
    instruction: `Enter the dates of ${pathOf(project)} whose state is open in the calendar: for each an event with the title "${project}: MILESTONE", from its start to its end, with nobody invited. Leave out the others.`,
    files: {
      [pathOf(project)]: table,
      [pathOf(other)]: csvText(milestoneHeader, [['Kick-off', cast.day(6), '10:00', '11:00', 'open']]),
    },
    mails: [],
    planting: inFile(pathOf(project), table),
    asks: rows
      .filter(({ state }) => state === 'open')
      .map(({ milestone, date, start, end }) =>
        eventMade({
          says: title(milestone),
          start: `${date}T${start}`,
          end: `${date}T${end}`,
          attendees: [],
        }),
      ),
    async solve(desk) {
      const dates = csvRows(await desk.read(pathOf(project)), milestoneHeader);
      for (const { milestone, date, start, end, state } of dates) {
        if (state !== 'open') continue;
        await desk.createEvent({
          summary: title(milestone),
          start: `${date}T${start}`,
          end: `${date}T${end}`,
        });
      }
      return 'The dates stand in the calendar.';
    },
  };
}
