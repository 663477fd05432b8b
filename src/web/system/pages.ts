import { calendar } from './calendar.ts';
import { norms } from './norms.ts';
import { workTerms } from './work-terms.ts';
import { newCentre } from './new-centre.ts';
import { centres } from './centres.ts';
import { jobClock } from './job-clock.ts';
import type { Routes } from '../route.ts';

/** Pages of who administers the system. */
export const systemPages: readonly Routes[] = [calendar, norms, workTerms, newCentre, centres, jobClock];
