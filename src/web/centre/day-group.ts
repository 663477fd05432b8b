import type { Instant } from '../../domain/calendar.ts';
import type { Category } from '../../domain/people.ts';
import { formatSlot, formatTime, type HalfHour } from '../../domain/slots.ts';
import type { Group } from '../../data/groups.ts';
import type { Collector } from '../../data/adults.ts';
import type { BoardBooking, CentreDay } from '../../data/day-board.ts';
import type { T } from '../../i18n/translate.ts';
import { ABSENCES } from '../../use-cases/absences.ts';
import { paths } from '../paths.ts';
import { barOf, columnsOf, hoursRow, loadRow, stretchTags, type Columns } from './board.ts';
import { closedWords, type ClosedFacts } from './closed.ts';
import { needWords } from '../needs.ts';
import { stayState } from '../stay.ts';

/** What the sections of a day share. */
export interface DayScene {
  readonly centreId: number;
  readonly now: Instant;
  readonly t: T;
  readonly facts: ClosedFacts;
  readonly collectors: ReadonlyMap<number, readonly Collector[]>;
  /** The half-hour that is running, on today's board. */
  readonly running: HalfHour | undefined;
  readonly administers: boolean;
  /** The booking just dealt with: its row gets the focus. */
  readonly shown: number | undefined;
}

/** Children leave with somebody who is listed; adults may go by themselves. */
const isChild = (category: Category): boolean => category.startsWith('child_');

/** What may be done about a stay at the door, now: each a small form in its row. */
function actsOf(booking: BoardBooking, category: Category, scene: DayScene) {
  const { centreId, t } = scene;
  const state = stayState(booking, scene.now);
  const awaited = state === 'awaited' || (state === 'coming' && scene.running !== undefined);
  const absent = state === 'coming' || state === 'awaited' || state === 'not_come';
  const collectors = scene.collectors.get(booking.childId) ?? [];
  return {
    arrival: awaited ? paths.centreArrival(centreId, booking.id) : '',
    departure: state === 'here' ? paths.centreDeparture(centreId, booking.id) : '',
    collectors: collectors.map(({ id, name }) => ({ id, text: name })),
    alone:
      collectors.length === 0 || !isChild(category)
        ? t(isChild(category) ? 'board.nobody_listed' : 'board.alone')
        : '',
    absence: absent ? paths.centreAbsence(centreId, booking.id) : '',
    absences: ABSENCES.map((kind) => ({ kind, text: t(`absence.${kind}`) })),
  };
}

function rowOf(booking: BoardBooking, columns: Columns, category: Category, scene: DayScene) {
  const { centreId, t } = scene;
  const needs = booking.skillsNeeded.map((skill) => needWords(skill, t));
  return {
    id: booking.id,
    name: booking.childName,
    childHref: paths.centreChild(centreId, booking.childId),
    href: paths.centreBooking(centreId, booking.id),
    notes: [...needs, ...(booking.late ? [t('board.booked_late')] : [])].join(' · '),
    shown: booking.id === scene.shown,
    bar: barOf(booking, columns, scene.now, t),
    ...actsOf(booking, category, scene),
  };
}

/** One group of a day: its half-hours and its children. Without a row of its own the day is beyond the horizon. */
export function dayGroup(
  group: Group,
  day: CentreDay | undefined,
  bookings: readonly BoardBooking[],
  scene: DayScene,
) {
  const { t, centreId } = scene;
  const open = day !== undefined && day.opensAt !== null && day.closesAt !== null;
  const columns = day && columnsOf(day, bookings);
  const why = day?.closedReason ? closedWords(day.closedReason, day, scene.facts, t) : '';
  const cells = day && columns ? loadRow(day, columns, t) : [];
  return {
    id: `group-${group.id}`,
    name: group.name,
    href: scene.administers ? paths.centreGroup(centreId, group.id) : '',
    category: t(`category.${group.category}`),
    facts: open
      ? t('board.group_facts', { n: day.room, hours: formatSlot({ from: day.opensAt, to: day.closesAt }) })
      : '',
    room: t('count.places', { n: day?.room ?? 0 }),
    closed: open ? '' : day === undefined ? t('board.no_day') : t('board.closed', { why }),
    closesEarly: open && why !== '' ? t('board.closes_early', { time: formatTime(day.closesAt), why }) : '',
    tags: day && open ? stretchTags(day, t) : [],
    columns: columns ? columns.to - columns.from : 0,
    hours: columns ? hoursRow(columns, scene.running) : [],
    load: cells,
    someHeld: cells.some((cell) => cell.heldStep > 0),
    someStaffed: cells.some((cell) => cell.staffed !== ''),
    rows: columns ? bookings.map((booking) => rowOf(booking, columns, group.category, scene)) : [],
    problem: '',
  };
}
