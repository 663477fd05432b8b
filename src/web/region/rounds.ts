import { region } from '../access.ts';
import { showRounds } from '../rounds/list.ts';
import { routes } from '../route.ts';

/** The rounds of a region and of its centres. */
export const rounds = routes('/regions/:regionCode/rounds').get('', region, showRounds);
