import type { RepoTemplate } from '../scenario.ts';
import { addressReview, bumpDependency, changelog, doIssue, hotfix } from './changes.ts';
import { closeDuplicates, fileIssue, triage } from './issues.ts';
import { countBugs, failingTest, findIssue, packageVersion, reportFailure } from './lookups.ts';
import { deleteMerged, lintReport, mergeReady, rotateToken } from './upkeep.ts';

/** In the order in which tasks are drawn; easy and hard ones mixed, so that few tasks are a fair sample. */
export const templates: readonly RepoTemplate[] = [
  findIssue,
  doIssue,
  triage,
  failingTest,
  mergeReady,
  bumpDependency,
  packageVersion,
  closeDuplicates,
  addressReview,
  reportFailure,
  hotfix,
  countBugs,
  deleteMerged,
  rotateToken,
  lintReport,
  changelog,
  fileIssue,
];
