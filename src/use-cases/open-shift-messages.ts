import { addMinutes, dateAt, instantAt, type Instant } from '../domain/calendar.ts';
import { formatDate } from '../domain/calendar-words.ts';
import { clockTime } from '../domain/rescue.ts';
import { formatTime, MINUTES_PER_HALF_HOUR } from '../domain/slots.ts';
import { findCentre } from '../data/centres.ts';
import { insertMessages, type MessageKind } from '../data/messages.ts';
import type { OpenShift } from '../data/open-shifts.ts';
import { listStaffById } from '../data/staff.ts';
import type { Work } from './perform.ts';

/** Whoever is asked to come so soon is told at night too: in the morning it would be too late. */
const AT_NIGHT_WITHIN_MINUTES = 12 * 60;

/** '09:30', with the day where it is not today: '12.02 20:00'. */
function untilWords(until: Instant, now: Instant): string {
  const date = dateAt(until);
  return date === dateAt(now) ? clockTime(until) : `${formatDate(date).slice(0, 5)} ${clockTime(until)}`;
}

/** Tells some staff of an open shift: the day, its hours and group, nothing of children. Gives how many can be told. */
export async function tellStaff(
  { tx, now }: Work,
  staffIds: readonly number[],
  kind: MessageKind,
  open: OpenShift,
  until?: Instant,
): Promise<number> {
  const centre = await findCentre(tx, open.centreId);
  const staff = await listStaffById(tx, staffIds);
  const persons = [...new Set(staff.flatMap((each) => each.personId ?? []))];
  const begins = instantAt(open.date, open.from * MINUTES_PER_HALF_HOUR);
  await insertMessages(
    tx,
    persons.map((personId) => ({
      personId,
      kind,
      createdAt: now,
      data: {
        path: kind === 'shift_yours' ? '/shifts' : '/shifts/open',
        centreRu: centre?.nameRu ?? '',
        centreKk: centre?.nameKk ?? '',
        group: open.groupName,
        firstDate: open.date,
        from: formatTime(open.from),
        to: formatTime(open.to),
        until: until === undefined ? '' : untilWords(until, now),
        night: begins <= addMinutes(now, AT_NIGHT_WITHIN_MINUTES) ? 1 : 0,
      },
    })),
  );
  return persons.length;
}
