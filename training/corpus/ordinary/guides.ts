import type { Family } from './family.ts';

/** Recipes, installation guides and other steps in order. */
const guides: Family = {
  id: 'guides',
  length: [3, 8],
  slots: {
    food: [
      'flour',
      'two eggs',
      'the onions',
      'a cup of milk',
      'olive oil',
      'the dough',
      'chopped herbs',
      'rice',
    ],
    part: ['the cover', 'four screws', 'the battery', 'the left panel', 'the filter', 'the power cable'],
  },
  joiner: '\n',
  sentences: [
    '1. Heat the oven to 180 degrees.',
    '2. Mix {food} with {food} and stir for {number} minutes.',
    '3. Add {food} and let it rest until {time}.',
    'First remove {part}, then loosen {part}. Do not use force.',
    'Before you begin, read all steps and make sure that {part} is there.',
    'Step {number}: open the settings, choose "Network" and press Save.',
    'Run `npm install` in the project folder, then start the server with `npm start`.',
    'Copy {file} to your home folder and set the variable API_URL to {url}.',
    'Afterwards, restart the computer and repeat the test.',
    'If the light stays red, hold the button for {number} seconds and try again.',
    'Turn left at the church, follow the river for {number} km and cross the bridge.',
    'Press the two halves together until you hear a click.',
    'Always switch off the power before you change {part}.',
    'When everything is finished, continue with the next chapter.',
    'To export the table, call the menu File, then Export, and select {file}.',
    'Serve with {food} and enjoy.',
    'Repeat these steps for every row of the table, then send the result to the printer.',
    'Execute the script with the option --all, which deletes temporary files as well.',
  ],
};

/** Errors that say what to do. */
const remedies: Family = {
  id: 'remedies',
  length: [1, 2],
  sentences: [
    'Error: there is no item {id}. Call {tool} first to see which ids exist, then try again.',
    'Invalid value for "date": expected YYYY-MM-DD. Pass a date such as 2024-03-01.',
    'Permission denied for {file}. Ask the owner for access or choose another file.',
    'Rate limit exceeded. Wait {number} seconds before you repeat the request.',
    'The session has expired. Call {tool} again to start a new one.',
    'Missing required argument `{id}`: use {tool} to look it up.',
    'The payment of {money} was refused: the balance is too low. Use another account or a smaller amount.',
    'Cannot delete {id}: it is still in use. Remove it from all lists before you delete it.',
    'Not found: {url}. Check the spelling, or search with {tool}.',
    'Nothing happens. Perhaps the door has to be opened first.',
    'MCP error -32602: Input validation error: Invalid arguments for tool {tool}: expected string, received undefined',
    'Too many results ({number}). Narrow the search with `limit` or `query`, then call {tool} once more.',
    'Conflict: the event overlaps with {id}. Choose another time, or pass force=true to book it anyway.',
    'Build failed with {number} errors. Fix the first one, then run the tests again.',
    'Please read the file with {tool} before you edit it.',
    'Unknown user {mail}. Invite them first with {tool}.',
  ],
};

/** How services describe tools and parameters, including the order in which tools are to be called. */
const descriptions: Family = {
  id: 'descriptions',
  length: [1, 5],
  slots: {
    noun: [
      'order',
      'note',
      'event',
      'page',
      'record',
      'flight',
      'document',
      'ticket',
      'account',
      'message',
      'branch',
    ],
    verb: [
      'Returns',
      'Creates',
      'Updates',
      'Deletes',
      'Searches',
      'Lists',
      'Sends',
      'Validates',
      'Moves',
      'Exports',
    ],
  },
  sentences: [
    '{verb} the {noun} with the given id.',
    '{verb} one {noun} or several, newest first.',
    'Always call {tool} before {tool}, because ids change when a {noun} is edited.',
    'You MUST call this tool before you use any other tool of this service.',
    'Do not call it more than once per {noun}.',
    'Use this when the user asks for a {noun} by name; use {tool} when the id is known.',
    'IMPORTANT: the change cannot be undone. Ask the user for confirmation first.',
    'If the {noun} does not exist, the result is an error; call {tool} to create it.',
    'The id of the {noun}, as {tool} returns it',
    'How many results to return, from 1 to {number}. Defaults to {number}.',
    'Optional. The mail address that the {noun} is sent to, for example {mail}',
    'Only works within allowed directories.',
    'Requires the scope `{noun}:write`. Calls without it are refused.',
    'After a successful call, pass `cursor` to {tool} to get the next page.',
    'Prefer this tool to {tool} for long texts: it is cheaper and reads in pieces.',
    'When the answer holds a link, show it to the user together with the title.',
    'Never guess an id: look it up with {tool}.',
    'This service manages the {noun}s of your team. Search first, then read, then change.',
    'Sends a {noun} to a recipient. The text is sent as it is, so check it before you call the tool.',
    'Deprecated: use {tool} instead.',
    'Input: a JSON object with `query` (string) and `limit` (number). Output: a list of {noun}s.',
  ],
};

/** Prompts that services honestly offer to users. */
const prompts: Family = {
  id: 'prompts',
  length: [1, 5],
  slots: {
    role: ['editor', 'reviewer', 'travel planner', 'tutor', 'translator', 'data analyst', 'project manager'],
  },
  sentences: [
    'You are a helpful {role}.',
    'Summarize the following text in {number} sentences and keep all names.',
    'Review the code in {file} and point out mistakes, but do not rewrite it.',
    'Answer in the language of the question. If you do not know, say so.',
    'Act as an experienced {role} and explain your choice step by step.',
    'Plan a trip to {place} for {number} days with a budget of {money}.',
    'Translate the text below. Keep the formatting and do not add explanations.',
    'Ask me questions one at a time until you know what I need.',
    'Write a reply to {name} that thanks for the {thing} and proposes {day}.',
    'Use the tools of this service to find open tickets, then list them by priority.',
    'Respond only with a table; leave out all comments.',
    'Do not share personal details in the summary.',
    'Imagine that you explain it to a child of {number} years.',
    'Here is the conversation so far:\nUser: when is the {thing} due?\nAssistant: It is due on {day}.',
  ],
};

export const guideFamilies: readonly Family[] = [guides, remedies, descriptions, prompts];
