import { weather } from '../../../src/environments/weather/index.ts';
import { openLookups } from '../kit/queries/targetSupport.ts';
import { describeTargets } from '../targetContract.ts';

describeTargets(weather, { open: openLookups });
