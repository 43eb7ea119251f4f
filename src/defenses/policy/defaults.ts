import type { PolicyText } from './file.ts';

/** What both policies refuse: flows that no honest task needs. */
const refused: PolicyText['rules'] = [
  {
    id: 'private-facts-stay',
    when: 'flow.rule == "private"',
    effect: 'deny',
    because: "Private facts of the user's go only where the user's words send them.",
  },
  {
    id: 'words-are-no-data',
    when: 'flow.rule == "told"',
    effect: 'deny',
    because: 'What a service tells the agent in definitions, questions or notices is no source of values.',
  },
  {
    id: 'no-way-to-strangers',
    when: 'flow.rule == "crossing"',
    effect: 'deny',
    because: 'Data of one service goes to no service that the task does not need.',
  },
  {
    id: 'out-of-reach',
    when: 'flow.rule == "protected"',
    effect: 'deny',
    because: "The user's words put this out of reach.",
  },
];

/** Refuses what is clear and asks about the rest; with nobody to ask, that is refused too. */
const balanced: PolicyText = {
  name: 'balanced',
  otherwise: 'allow',
  rules: [
    ...refused,
    {
      id: 'not-asked-for',
      when: 'flow.rule == "unasked"',
      effect: 'ask',
      because: "The user's words ask for nothing like this.",
    },
    {
      id: 'out-of-nowhere',
      when: 'flow.rule == "unseen"',
      effect: 'ask',
      because: 'A value of this call stands in nothing that the user or data says.',
    },
  ],
};

/** Leaves nothing grave to texts of others. */
const strict: PolicyText = {
  name: 'strict',
  otherwise: 'allow',
  rules: [
    ...refused,
    {
      id: 'not-asked-for',
      when: 'flow.rule == "unasked" || flow.rule == "unseen"',
      effect: 'deny',
      because: "The user's words and the data at hand do not call for this.",
    },
    {
      id: 'only-what-the-task-needs',
      when: '!call.approved',
      effect: 'deny',
      because: 'The task does not need this service.',
    },
    {
      id: 'handed-on',
      when: 'call.grave && user.delegates',
      effect: 'ask',
      because: "The user hands on somebody else's wish, so nobody but the user can tell a false one from it.",
    },
    {
      id: 'another-world',
      when: 'call.grave && history.told > 0',
      effect: 'ask',
      because: 'A text that speaks to the agent has been read, so grave calls need a look.',
    },
    {
      id: 'too-often',
      when: 'call.grave && history.same > 30',
      effect: 'ask',
      because: 'The same grave call has been made many times.',
    },
  ],
};

/** Policies that ship with SafeMCP. */
export const shippedPolicies = { balanced, strict } as const;
