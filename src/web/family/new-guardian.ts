import { guardianWhoBooks } from '../access.ts';
import { giveAsTyped, showNewGuardian } from '../guardians/form.ts';
import { FAMILY_SIDE } from '../guardians/side.ts';
import { routes } from '../route.ts';

/** Whoever books for a child gives others rights over it. */
export const newGuardian = routes('/children/:childId/guardians')
  .get('/new', guardianWhoBooks, (context) => showNewGuardian(context, FAMILY_SIDE))
  .post('', guardianWhoBooks, (context) => giveAsTyped(context, FAMILY_SIDE));
