import { chatInfo } from '../chatService.ts';
import { linksInfo } from '../linksService.ts';
import { webInfo } from '../webService.ts';

export const chat = chatInfo.name;
export const web = webInfo.name;
export const links = linksInfo.name;
