import type { GateResult } from '../../experiment/gate/index.ts';
import { xmlText } from '../xml.ts';

/** One test case per criterion; an undecided one fails, or is skipped where it lets the run pass. */
export function junitGate(
  { run, criteria }: GateResult,
  { undecidedPasses }: { readonly undecidedPasses: boolean },
): string {
  const cases = criteria.map(({ name, subject, decision, reason }) => {
    const open = `    <testcase classname="${xmlText(subject)}" name="${xmlText(name)}"`;
    if (decision === 'pass') return `${open}/>`;
    const skipped = decision === 'undecided' && undecidedPasses;
    const inner = skipped
      ? `<skipped message="${xmlText(reason)}"/>`
      : `<failure type="${decision}" message="${xmlText(reason)}"/>`;
    return `${open}>\n      ${inner}\n    </testcase>`;
  });
  const failures = cases.filter((each) => each.includes('<failure ')).length;
  const skipped = cases.filter((each) => each.includes('<skipped ')).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="safemcp gate" ${counts}>`,
    `  <testsuite name="${xmlText(`${run.name} ${run.id}`)}" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
