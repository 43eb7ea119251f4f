import { messageOf } from '../../contracts/errors.ts';
import type { Catalog, JudgeChoice, JudgeChoices } from '../../contracts/experiment.ts';
import { judgeKinds, judgeOf } from '../judging.ts';
import type { JudgeFile, JudgesFile } from './judgeSchema.ts';
import type { ModelUse } from './modelList.ts';
import type { Complain } from './resolve.ts';

/** A judge as a person writes it, in its one form. */
export function judgeChoice(file: JudgeFile): JudgeChoice {
  if (typeof file === 'string') return { own: file };
  const known = file.calibration && { calibration: file.calibration };
  if ('own' in file) return { own: file.own, ...known };
  return { models: typeof file.models === 'string' ? [file.models] : file.models, ...known };
}

/** Looks up the judges; a judge that is not there is complained of. */
export function resolveJudges(file: JudgesFile, catalog: Catalog, complain: Complain): JudgeChoices {
  const chosen: Partial<Record<(typeof judgeKinds)[number], JudgeChoice>> = {};
  for (const kind of judgeKinds) {
    const named = file[kind];
    if (named === undefined) continue;
    chosen[kind] = judgeChoice(named);
    try {
      judgeOf(kind, chosen[kind], catalog);
    } catch (error) {
      complain({ path: ['judges', kind], what: messageOf(error) });
    }
  }
  return chosen;
}

/** The models that judges ask. */
export function judgesModels(file: JudgesFile): ModelUse[] {
  return judgeKinds.flatMap((kind) => {
    const models = file[kind] === undefined ? [] : (judgeChoice(file[kind]).models ?? []);
    return models.map((id) => ({ id, path: ['judges', kind] }));
  });
}
