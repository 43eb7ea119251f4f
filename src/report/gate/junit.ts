import type { GateResult } from '../../experiment/gate/index.ts';
import { safe } from '../text.ts';

/** One test case per criterion; an undecided one fails, or is skipped where it lets the run pass. */
export function junitGate(
  { run, criteria }: GateResult,
  { undecidedPasses }: { readonly undecidedPasses: boolean },
): string {
  const cases = criteria.map(({ name, subject, decision, reason }) => {
    const open = `    <testcase classname="${xml(subject)}" name="${xml(name)}"`;
    if (decision === 'pass') return `${open}/>`;
    const skipped = decision === 'undecided' && undecidedPasses;
    const inner = skipped
      ? `<skipped message="${xml(reason)}"/>`
      : `<failure type="${decision}" message="${xml(reason)}"/>`;
    return `${open}>\n      ${inner}\n    </testcase>`;
  });
  const failures = cases.filter((each) => each.includes('<failure ')).length;
  const skipped = cases.filter((each) => each.includes('<skipped ')).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="safemcp gate" ${counts}>`,
    `  <testsuite name="${xml(`${run.name} ${run.id}`)}" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** Text in an attribute; `safe` leaves no control characters, which XML cannot hold. */
function xml(text: string): string {
  return safe(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
