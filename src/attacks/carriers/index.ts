import type { Carrier } from '../../contracts/attack.ts';
import { autodan } from './autodan/index.ts';
import { cipherChat } from './cipherChat.ts';
import { codeChameleon } from './codeChameleon.ts';
import { deepInception } from './deepInception.ts';
import { direct } from './direct.ts';
import { encodingCarriers } from './encodings.ts';
import { fakeSystemTurn, fakeUserTurn } from './fakeTurns.ts';
import { promptFusion } from './fusion/index.ts';
import { ansiEscape, htmlComment } from './hiddenMarkup.ts';
import { hiddenBidi, hiddenHomoglyphs, hiddenTags, hiddenZeroWidth } from './hiddenUnicode.ts';
import { importantNotice } from './importantNotice.ts';
import { languages } from './languages.ts';
import { ignorePrevious, toolKnowledge } from './overrides.ts';
import { persuasion } from './persuasion.ts';
import { reNeLlm } from './renellm/index.ts';
import { split } from './splitting.ts';

/** All carriers that ship with SafeMCP. */
export const carriers: readonly Carrier[] = [
  direct,
  importantNotice,
  ignorePrevious,
  fakeSystemTurn,
  fakeUserTurn,
  toolKnowledge,
  autodan,
  ...codeChameleon,
  deepInception,
  ...cipherChat,
  reNeLlm,
  ...persuasion,
  promptFusion,
  hiddenTags,
  hiddenZeroWidth,
  hiddenBidi,
  hiddenHomoglyphs,
  ansiEscape,
  htmlComment,
  ...encodingCarriers,
  split,
  ...languages,
];
