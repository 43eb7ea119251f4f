import type { WireFormat } from '../wireFormat.ts';
import { anthropic } from './anthropic.ts';
import { classifier } from './classifier.ts';
import { google } from './google.ts';
import { ollama } from './ollama.ts';
import { openAiChat } from './openaiChat.ts';
import { openAiModeration } from './openaiModeration.ts';
import { createOpenAiResponses } from './openaiResponses.ts';

/** The formats of one server. */
export function createFormats(): readonly WireFormat[] {
  return [openAiChat, createOpenAiResponses(), openAiModeration, anthropic, google, ollama, classifier];
}
