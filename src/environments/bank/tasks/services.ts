import { bankingInfo } from '../bankingService.ts';
import { documentsInfo } from '../documentsService.ts';
import { notesInfo } from '../notesService.ts';
import { payToolsInfo } from '../payTools.ts';

export const banking = bankingInfo.name;
export const documents = documentsInfo.name;
export const notes = notesInfo.name;
export const paytools = payToolsInfo.name;
