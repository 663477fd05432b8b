import { administers, worksAt } from '../../domain/people.ts';
import { findOpenShift } from '../../data/open-shifts.ts';
import { listContractsOf } from '../../data/staff.ts';
import { allow } from '../access.ts';

/** An open shift in an address of its centre, by who administers it: answers of colleagues are nobody else's business. */
export const centreOpenShift = allow(
  'centreOpenShift',
  ['centre_admin', 'system_admin'],
  async (context, actor) => {
    const open = await context.database.read((tx) => findOpenShift(tx, context.id('openShiftId')));
    return open?.centreId === context.id('centreId') && administers(actor, open.centreId);
  },
);

/** An open shift of a centre where somebody works, under whichever role they are signed in. */
export const openShiftOfStaff = allow(
  'openShiftOfStaff',
  ['centre_staff', 'centre_admin'],
  (context, actor) =>
    context.database.read(async (tx) => {
      const open = await findOpenShift(tx, context.id('openShiftId'));
      if (!open) return false;
      if (worksAt(actor, open.centreId)) return true;
      return (await listContractsOf(tx, [actor.personId])).some((each) => each.centreId === open.centreId);
    }),
);
