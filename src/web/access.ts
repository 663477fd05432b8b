import { administers, covers, isCentrePerson, worksAt, type Actor, type Role } from '../domain/people.ts';
import { isRegionCode } from '../domain/regions.ts';
import { findBooking } from '../data/bookings.ts';
import { findCentrePlace } from '../data/centres.ts';
import { findChild, type Right } from '../data/children.ts';
import { findGroup } from '../data/groups.ts';
import type { Context } from './context.ts';

export type Verdict = 'granted' | 'unauthenticated' | 'forbidden' | 'missing';

/**
 * Who may use a route, decided before its handler runs. The role is asked first (a wrong one is `forbidden`), then the
 * record: another family's, centre's or region's is the same `missing` as one that does not exist.
 */
export interface Access {
  readonly name: string;
  decide(context: Context): Promise<Verdict>;
}

export type Check = (context: Context, actor: Actor) => Promise<boolean>;

export const STAFF: readonly Role[] = ['centre_staff', 'centre_admin', 'system_admin'];
const ADMINS: readonly Role[] = ['centre_admin', 'system_admin'];
const everyRole: readonly Role[] = [
  'guardian',
  'centre_staff',
  'centre_admin',
  'regional_manager',
  'system_admin',
];

export function allow(name: string, roles: readonly Role[], check?: Check): Access {
  return {
    name,
    async decide(context) {
      const actor = context.session?.actor;
      if (!actor) return 'unauthenticated';
      if (!roles.includes(actor.role)) return 'forbidden';
      return check === undefined || (await check(context, actor)) ? 'granted' : 'missing';
    },
  };
}

export const anyone: Access = { name: 'anyone', decide: async () => 'granted' };

export const signedIn = allow('signedIn', everyRole);

export const guardian = allow('guardian', ['guardian']);

export const systemAdmin = allow('systemAdmin', ['system_admin']);

/** Those who may know children by name; a region sees figures, never families. */
export const families = allow('families', ['guardian', ...STAFF]);

/** Figures: never guardians. */
export const figures = allow('figures', ['centre_staff', 'centre_admin', 'regional_manager', 'system_admin']);

const childOf =
  (right: Right): Check =>
  async (context, actor) =>
    (await context.database.read((tx) =>
      findChild(tx, actor, context.id('childId'), context.today, right),
    )) !== undefined;

/** A guardian with a right over the child of the address. */
export const guardianWhoSees = allow('guardianWhoSees', ['guardian'], childOf('maySee'));
export const guardianWhoBooks = allow('guardianWhoBooks', ['guardian'], childOf('mayBook'));

function bookingCheck(right: Right): Check {
  return (context, actor) =>
    context.database.read(async (tx) => {
      const booking = await findBooking(tx, context.id('bookingId'));
      if (!booking) return false;
      if (actor.role === 'guardian') {
        return (await findChild(tx, actor, booking.childId, context.today, right)) !== undefined;
      }
      return worksAt(actor, booking.centreId);
    });
}

/** The family or the centre of a booking. */
export const bookingSeen = allow('bookingSeen', ['guardian', ...STAFF], bookingCheck('maySee'));
export const bookingChanged = allow('bookingChanged', ['guardian', ...STAFF], bookingCheck('mayBook'));
/** A booking at the door: the centre's staff only. */
export const bookingAtCentre = allow('bookingAtCentre', STAFF, bookingCheck('maySee'));
/** A booking as the family's page shows it. */
export const bookingOfFamily = allow('bookingOfFamily', ['guardian'], bookingCheck('maySee'));
export const bookingOfFamilyChanged = allow('bookingOfFamilyChanged', ['guardian'], bookingCheck('mayBook'));

const centreCheck =
  (rule: (actor: Actor, centreId: number) => boolean): Check =>
  async (context, actor) => {
    const centreId = context.id('centreId');
    if (!rule(actor, centreId)) return false;
    return (await context.database.read((tx) => findCentrePlace(tx, centreId))) !== undefined;
  };

/** Staff of the centre in the address. */
export const centreStaff = allow('centreStaff', STAFF, centreCheck(worksAt));
export const centreAdmin = allow('centreAdmin', ADMINS, centreCheck(administers));

/** A group in an address of its centre: both must belong together. */
const groupOfCentre: Check = (context, actor) =>
  context.database.read(async (tx) => {
    const group = await findGroup(tx, context.id('groupId'));
    return group?.centreId === context.id('centreId') && administers(actor, group.centreId);
  });
export const centreGroupAdmin = allow('centreGroupAdmin', ADMINS, groupOfCentre);

/** A booking in an address of its centre. */
export const centreBooking = allow('centreBooking', STAFF, (context, actor) =>
  context.database.read(async (tx) => {
    const booking = await findBooking(tx, context.id('bookingId'));
    return booking?.centreId === context.id('centreId') && worksAt(actor, booking.centreId);
  }),
);

/** A child that the centre of the address knows. */
export const centreChild = allow('centreChild', STAFF, async (context, actor) => {
  const centreId = context.id('centreId');
  if (!worksAt(actor, centreId)) return false;
  const asCentre: Actor = isCentrePerson(actor) ? actor : { ...actor, role: 'centre_admin', centreId };
  const { today } = context;
  return (
    (await context.database.read((tx) => findChild(tx, asCentre, context.id('childId'), today))) !== undefined
  );
});

/** The region in the address, by its manager. */
export const region = allow('region', ['regional_manager', 'system_admin'], async (context, actor) => {
  const code = context.text('regionCode');
  return isRegionCode(code) && covers(actor, { centreId: 0, regionCode: code });
});

/** A centre in an address of its region: both must belong together. */
export const regionCentre = allow(
  'regionCentre',
  ['regional_manager', 'system_admin'],
  async (context, actor) => {
    const code = context.text('regionCode');
    const centreId = context.id('centreId');
    if (!covers(actor, { centreId, regionCode: code })) return false;
    return (await context.database.read((tx) => findCentrePlace(tx, centreId)))?.regionCode === code;
  },
);

/** A group in an address of its centre and region, by the region's manager: figures and no names. */
export const regionGroup = allow(
  'regionGroup',
  ['regional_manager', 'system_admin'],
  async (context, actor) => {
    const code = context.text('regionCode');
    const centreId = context.id('centreId');
    if (!covers(actor, { centreId, regionCode: code })) return false;
    const group = await context.database.read((tx) => findGroup(tx, context.id('groupId')));
    return group?.centreId === centreId && group.regionCode === code;
  },
);

/** Any group, by anyone signed in: its free half-hours name nobody. */
export const groupExists = allow('groupExists', everyRole, async (context) => {
  return (await context.database.read((tx) => findGroup(tx, context.id('groupId')))) !== undefined;
});

export const centreExists = allow('centreExists', everyRole, async (context) => {
  return (await context.database.read((tx) => findCentrePlace(tx, context.id('centreId')))) !== undefined;
});
