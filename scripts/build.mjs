/** `npm run build`: compiles `src` to `dist` if anything has changed. */
import { setUp } from './lib/setup.mjs';

setUp({ built: true });
