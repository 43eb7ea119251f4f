import type { Defense } from '../contracts/defense.ts';
import { allowlist } from './allowlist.ts';
import { phraseDetector } from './phraseDetector.ts';
import { pinning } from './pinning/index.ts';
import { spotlighting } from './spotlighting.ts';

/** All defenses that come with SafeMCP. */
export const defenses: readonly Defense[] = [pinning, allowlist, spotlighting, phraseDetector];
