import { centreChild } from '../access.ts';
import { giveAsTyped, showNewGuardian } from '../guardians/form.ts';
import { CENTRE_SIDE } from '../guardians/side.ts';
import { routes } from '../route.ts';

/** The centre names another adult of a child in its register. */
export const newGuardian = routes('/centres/:centreId/children/:childId/guardians')
  .get('/new', centreChild, (context) => showNewGuardian(context, CENTRE_SIDE))
  .post('', centreChild, (context) => giveAsTyped(context, CENTRE_SIDE));
