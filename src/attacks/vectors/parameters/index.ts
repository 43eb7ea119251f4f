import type { Vector } from '../../../contracts/attack.ts';
import { headerParameter, outOfScopeParameter } from './asking.ts';
import { defaultRedirect } from './defaultRedirect.ts';
import { tamperedCall } from './tamperedCall.ts';

/** What happens to calls and their arguments. */
export const parameterVectors: readonly Vector[] = [
  outOfScopeParameter,
  defaultRedirect,
  headerParameter,
  tamperedCall,
];
