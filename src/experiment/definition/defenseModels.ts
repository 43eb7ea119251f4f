import type { Catalog, DefenseChoice, DefenseSet, ModelChoice } from '../../contracts/experiment.ts';
import { type AskedModel, checkDefense } from '../../defenses/compose.ts';
import { classifies } from '../../models/index.ts';
import type { ModelUse } from './modelList.ts';
import { quoted } from './problems.ts';
import type { Complain } from './resolve.ts';

/** A place where a defense asks for a model. */
export interface DefenseModelUse extends ModelUse, AskedModel {
  readonly defense: string;
}

/**
 * The models that the defenses of an experiment ask for.
 * @param declared how many of the sets the file declares; those before them are baselines
 */
export function modelsOfDefenses(
  sets: readonly DefenseSet[],
  declared: number,
  catalog: Catalog,
): readonly DefenseModelUse[] {
  const baselines = sets.length - declared;
  return sets.flatMap(({ members }, index) =>
    members.flatMap((member) =>
      askedBy(member, catalog).map((asked) => ({
        ...asked,
        defense: member.id,
        path: ['defenses', index - baselines],
      })),
    ),
  );
}

/** Nothing for a choice that is not in order, which is complained about elsewhere. */
function askedBy(choice: DefenseChoice, catalog: Catalog): readonly AskedModel[] {
  try {
    return checkDefense(choice, catalog.defenses);
  } catch {
    return [];
  }
}

/** Complains about language models where classifiers are asked for, and the other way round. */
export function checkKinds(
  uses: readonly DefenseModelUse[],
  models: readonly ModelChoice[],
  complain: Complain,
): void {
  for (const { id, as, defense, path } of uses) {
    const choice = models.find((each) => each.id === id);
    if (as === 'classifier' && (!choice || !classifies(choice)))
      complain({
        path,
        what: `${defense} asks a classifier, and ${quoted(id)} is none, use one of the providers moderation and classifier`,
      });
    if (as === 'model' && choice && classifies(choice))
      complain({
        path,
        what: `${defense} asks a language model, and ${quoted(id)} is a classifier, use another`,
      });
  }
}
