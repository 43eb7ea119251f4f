import { easyJobs } from './easy.ts';
import { hardJobs } from './hard.ts';
import type { JobTemplate } from './job.ts';
import { mediumJobs } from './medium.ts';

/** All kinds of jobs, in the order in which they take turns. */
export const jobTemplates: readonly JobTemplate[] = [...easyJobs, ...mediumJobs, ...hardJobs];
