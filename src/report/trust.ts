import type { JudgeChoice } from '../contracts/experiment.ts';
import { calibrationOf, type JudgeTrust } from '../experiment/calibration.ts';
import type { JudgeKind } from '../experiment/judging.ts';
import { percent, safe } from './text.ts';

/** How far a judge can be trusted, and the lines by which an experiment makes use of it. */
export function trustText(trust: JudgeTrust, question: JudgeKind, choice: JudgeChoice): string {
  const { sensitivity, specificity, agreement, kappa, unrated, problem } = trust;
  const rows: [string, string][] = [];
  const share = (name: string, figure: JudgeTrust['agreement']): void => {
    const value = figure
      ? `${percent(figure.estimate)} (${figure.k}/${figure.n}), 95% interval ${percent(figure.low)} to ${percent(figure.high)}`
      : 'no such text was rated';
    rows.push([name, value]);
  };
  share('sensitivity', sensitivity);
  share('specificity', specificity);
  share('agreement', agreement);
  rows.push([
    "Cohen's kappa",
    kappa
      ? `${kappa.estimate.toFixed(2)}, 95% interval ${kappa.low.toFixed(2)} to ${kappa.high.toFixed(2)}`
      : agreement
        ? 'not defined: one of them says the same throughout'
        : 'no text was rated',
  ]);
  rows.push(['without a rating', problem === undefined ? String(unrated) : `${unrated}: ${safe(problem)}`]);
  const table = rows.map(([name, value]) => `${name.padEnd(18)}${value}`).join('\n');
  const calibration = calibrationOf(trust);
  if (!calibration) return `${table}\n`;
  const { sensitivity: hits, specificity: passes } = calibration;
  const of = choice.own === undefined ? `models: ${JSON.stringify(choice.models)}` : `own: ${choice.own}`;
  return `${table}

For the experiment file, so that reports correct their rates:
judges:
  ${question}:
    ${of}
    calibration:
      sensitivity: { k: ${hits.k}, n: ${hits.n} }
      specificity: { k: ${passes.k}, n: ${passes.n} }
`;
}
