import { formatDate, weekdayName } from '../../domain/calendar-words.ts';
import {
  addDays,
  addMonths,
  ageInYears,
  dateAt,
  maxOf,
  weekdayOf,
  type Instant,
} from '../../domain/calendar.ts';
import { signsIn } from '../../domain/guardianship.ts';
import { holdsOn } from '../../domain/people.ts';
import { formatPhone, parsePhone } from '../../domain/phone.ts';
import { formatSlot } from '../../domain/slots.ts';
import { findAcceptedApplication } from '../../data/applications.ts';
import { listBookings, type Booking } from '../../data/bookings.ts';
import { findChild } from '../../data/children.ts';
import { listEnrolmentsOfChild } from '../../data/enrolments.ts';
import { listGroups } from '../../data/groups.ts';
import { findChildFile, listGuardians, type Guardian } from '../../data/registration.ts';
import type { T } from '../../i18n/translate.ts';
import { centreChild } from '../access.ts';
import type { Context } from '../context.ts';
import { FIRST_DAY, LAST_DAY } from '../dates.ts';
import { tenths } from '../figures.ts';
import { mayOfRow, periodWords, rightWords } from '../guardians/words.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { asCentre } from './as-centre.ts';
import { needWords } from '../needs.ts';
import { STAY_TONES, stayState, stayWords } from '../stay.ts';

const AHEAD = 100;
const PAST = 30;
const PAST_MONTHS = 6;

function guardianOf(guardian: Guardian, context: Context) {
  const { t, today } = context;
  const [centreId, childId] = [context.id('centreId'), context.id('childId')];
  const phone = guardian.phone === null ? undefined : parsePhone(guardian.phone);
  const may = mayOfRow(guardian);
  const reachable = guardian.phone !== null || guardian.login !== null;
  return {
    name: guardian.name,
    change: paths.centreGuardianship(centreId, childId, guardian.id),
    invite:
      !guardian.hasPassword && reachable && signsIn(may)
        ? paths.centreInvitation(centreId, childId, guardian.id)
        : '',
    slip:
      holdsOn(guardian, today) && signsIn(may) ? paths.centreSlip(centreId, childId, guardian.personId) : '',
    phone: phone === undefined ? '' : formatPhone(phone),
    phoneHref: phone === undefined ? '' : `tel:${phone}`,
    email: guardian.login?.includes('@') ? guardian.login : '',
    rights: rightWords(may, t),
    dates: periodWords(guardian, today, t),
  };
}

function rowOf(booking: Booking, groups: ReadonlyMap<number, string>, centreId: number, now: Instant, t: T) {
  const weekday = weekdayName(weekdayOf(booking.date), t.language, 'short');
  return {
    date: `${formatDate(booking.date)}, ${weekday}`,
    href: paths.centreBooking(centreId, booking.id),
    time: formatSlot(booking),
    group: groups.get(booking.groupId) ?? '',
    tone: STAY_TONES[stayState(booking, now)],
    state: stayWords(booking, now, t),
  };
}

/** A child's file at this centre: who cares for it, what it needs, and its bookings here. */
async function showChild(context: Context): Promise<void> {
  const { t, today, now } = context;
  const [centreId, childId] = [context.id('centreId'), context.id('childId')];
  const seen = await context.database.read(async (tx) => ({
    child: (await findChild(tx, asCentre(context), childId, today))!,
    file: (await findChildFile(tx, childId, centreId))!,
    applied: await findAcceptedApplication(tx, childId, centreId),
    enrolments: await listEnrolmentsOfChild(tx, { childId, centreId, on: today }),
    guardians: await listGuardians(tx, childId, today),
    groups: new Map((await listGroups(tx, centreId)).map((group) => [group.id, group.name])),
    ahead: await listBookings(tx, { childIds: [childId], centreId, from: today, to: LAST_DAY, limit: AHEAD }),
    past: await listBookings(tx, {
      childIds: [childId],
      centreId,
      from: maxOf([FIRST_DAY, addMonths(today, -PAST_MONTHS)]),
      to: addDays(today, -1),
    }),
  }));
  const { child, file, applied } = seen;
  const row = (booking: Booking) => rowOf(booking, seen.groups, centreId, now, t);
  page(context.res, 'centre/child', {
    title: child.name,
    back: paths.centreChildren(centreId),
    book: paths.centreNewBooking(centreId, { child: childId }),
    join: paths.centreNewEntry(centreId, childId),
    facts: [
      {
        term: t('child.birth_date'),
        value: `${formatDate(child.birthDate)}, ${t('child.years', { n: ageInYears(child.birthDate, today) })}`,
      },
      {
        term: t('child.iin'),
        value:
          file.iin ??
          (file.iinMissingReason ? t('child.no_iin', { reason: file.iinMissingReason }) : t('public.later')),
      },
      { term: t('child.category'), value: t(`category.${child.category}`) },
      { term: t('child.weight'), value: tenths(child.supportWeight / 100, t.language) },
      {
        term: t('booking.needs'),
        value: child.skillsNeeded.map((skill) => needWords(skill, t)).join(', ') || t('child.no_needs'),
      },
      ...(file.priority > 0 ? [{ term: t('child.priority'), value: t('child.priority_first') }] : []),
      ...seen.enrolments.map((enrolment) => ({
        term: t('child.enrolled'),
        value: [enrolment.group, periodWords(enrolment, today, t)].filter(Boolean).join(', '),
      })),
      ...(applied
        ? [
            {
              term: t('child.applied_on'),
              value: formatDate(dateAt(applied.submittedAt)),
              href: paths.centreApplication(centreId, applied.id),
            },
          ]
        : []),
    ],
    change: paths.centreChildChange(centreId, childId),
    discharge: paths.centreDischarge(centreId, childId),
    add: paths.centreNewGuardian(centreId, childId),
    guardians: seen.guardians.map((guardian) => guardianOf(guardian, context)),
    ahead: seen.ahead.map(row),
    past: seen.past.slice(-PAST).toReversed().map(row),
    pastTitle: t('child.past_days'),
  });
}

export const child = routes('/centres/:centreId/children/:childId').get('', centreChild, showChild);
