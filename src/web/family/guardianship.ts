import { guardianWhoBooks } from '../access.ts';
import { changeAsTyped, showGuardianship, withdrawAsTyped } from '../guardians/changes.ts';
import { FAMILY_SIDE } from '../guardians/side.ts';
import { routes } from '../route.ts';

/** Until when an adult has rights over a child, and which of them end today. */
export const guardianship = routes('/children/:childId/guardians/:guardianshipId')
  .get('', guardianWhoBooks, (context) => showGuardianship(context, FAMILY_SIDE))
  .post('/last-day', guardianWhoBooks, (context) => changeAsTyped(context, FAMILY_SIDE))
  .post('/withdrawal', guardianWhoBooks, (context) => withdrawAsTyped(context, FAMILY_SIDE));
