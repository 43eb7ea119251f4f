/** What stands for `{NAME}` in commands, environments and configurations. */
export interface Filling {
  /** Everything the host is told: the operator's words, the private context, the instruction. */
  readonly task: string;
  /** Name of the model, as its provider calls it. */
  readonly model: string;
  /** Where the host finds its model. */
  readonly endpoint: string;
  readonly home: string;
  /** The working folder. */
  readonly work: string;
  /** The file with the MCP configuration. */
  readonly config: string;
  /** A file with the task. */
  readonly taskFile: string;
}

const names = ['taskFile', 'task', 'model', 'endpoint', 'home', 'work', 'config'] as const;

/** Puts in what is known for each `{NAME}`; other braces stay, and what was put in is not looked at again. */
export function fill(template: string, filling: Filling): string {
  let filled = '';
  let rest = template;
  for (let start = rest.indexOf('{'); start >= 0; start = rest.indexOf('{')) {
    const name = names.find((each) => rest.startsWith(`{${each}}`, start));
    filled += rest.slice(0, start) + (name === undefined ? '{' : filling[name]);
    rest = rest.slice(start + (name === undefined ? 1 : name.length + 2));
  }
  return filled + rest;
}

/** The same for an argument of a command; a task at its beginning is not taken for an option. */
export function fillArgument(template: string, filling: Filling): string {
  const filled = fill(template, filling);
  return filled.startsWith('-') && !template.startsWith('-') ? ` ${filled}` : filled;
}
