import { formatDate, longDate, weekdayName } from '../../domain/calendar-words.ts';
import { datesBetween, weekdayOf, type PlainDate } from '../../domain/calendar.ts';
import { wishKept, wishOn, type DayWish } from '../../domain/day-wish.ts';
import { alphabetical } from '../../domain/names.ts';
import { daysOfWork } from '../../domain/overtime.ts';
import { workMinutes } from '../../domain/shift.ts';
import { formatSlot } from '../../domain/slots.ts';
import { POSTS } from '../../domain/staffing.ts';
import type { Worker } from '../../domain/working-time.ts';
import type { StoredShift } from '../../data/shifts.ts';
import type { Leave, Staff } from '../../data/staff.ts';
import type { Key, T } from '../../i18n/translate.ts';
import { hoursOf } from '../figures.ts';
import { paths } from '../paths.ts';
import type { DateCoverage, RosterScene } from './roster-scene.ts';
import { breakWords } from './roster-words.ts';

/** A shift that begins in the first hour of the centre's day is early, one that ends in its last is late: the solver's terms. */
const FIRST_HOUR = 2;

/** A contract for counting its hours; whether it may work them is asked elsewhere. */
function contractOf(row: Staff): Worker {
  return { ...row, staffId: row.id, leave: [], lapsesOn: null, ownGroups: [] };
}

/** Minutes of a week: planned, in the contract, and what of the planned is overtime. */
function weekMinutes(row: Staff, shifts: readonly StoredShift[]) {
  const overtime = daysOfWork(contractOf(row), shifts).reduce((sum, day) => sum + day.overtime, 0);
  return {
    planned: shifts.reduce((sum, shift) => sum + workMinutes(shift), 0),
    contract: row.weeklyMinutes,
    overtime,
  };
}

/** First opening and last closing of the week shown. */
function openingOf(coverage: ReadonlyMap<PlainDate, DateCoverage>) {
  const days = [...coverage.values()].flatMap(({ groups }) => groups.map(({ day }) => day));
  return {
    opens: Math.min(48, ...days.map((day) => day.opensAt!)),
    closes: Math.max(0, ...days.map((day) => day.closesAt!)),
  };
}

/** Groups of a shift by name, the one of most time first. */
function groupsOf({ stretches }: StoredShift, names: ReadonlyMap<number, string>, t: T): string {
  const ids = [
    ...new Set(stretches.toSorted((a, b) => b.to - b.from - (a.to - a.from)).map((s) => s.groupId)),
  ];
  return ids.length === 0 ? t('roster.no_group') : ids.map((id) => names.get(id) ?? '–').join(', ');
}

export function shiftWords(shift: StoredShift, groups: ReadonlyMap<number, string>, t: T) {
  return {
    time: formatSlot(shift),
    groups: groupsOf(shift, groups, t),
    rest: breakWords(shift.breakFrom, t),
    fixed: shift.fixed,
  };
}

function datesOf({ monday, sunday, coverage, shifts, beside }: RosterScene): PlainDate[] {
  return datesBetween(monday, sunday).filter(
    (date) =>
      !['sat', 'sun'].includes(weekdayOf(date)) ||
      (coverage.get(date)?.groups.length ?? 0) > 0 ||
      [...shifts, ...beside].some((shift) => shift.date === date),
  );
}

/** Staff of the week in the order of posts and names: those employed in it, and whoever has a shift. */
export function staffShown({ staff, shifts, beside, monday, sunday }: RosterScene, t: T): Staff[] {
  const busy = new Set([...shifts, ...beside].map((shift) => shift.staffId));
  const byName = alphabetical(t.language);
  return staff
    .filter(
      (each) =>
        busy.has(each.id) || (each.startsOn <= sunday && (each.endsOn === null || each.endsOn >= monday)),
    )
    .toSorted((a, b) => POSTS.indexOf(a.post) - POSTS.indexOf(b.post) || byName(a, b));
}

/** How many half-hours of a date, group by group and skill by skill, have fewer staff than the law asks for. */
export function shortHalfHours(date: DateCoverage | undefined): number {
  if (!date) return 0;
  return [...date.groups, ...date.skills].reduce((sum, each) => sum + each.short.length, 0);
}

/** All of one person's that a week's cells are drawn from, sorted out once: a roster has hundreds of shifts. */
interface PersonsWeek {
  readonly row: Staff;
  readonly own: readonly StoredShift[];
  readonly beside: readonly StoredShift[];
  readonly leave: readonly Leave[];
  readonly wishes: readonly DayWish[];
  /** Days on which a rule is broken. */
  readonly broken: ReadonlySet<PlainDate>;
}

function weeksOf(scene: RosterScene, rows: readonly Staff[]): PersonsWeek[] {
  const shifts = Map.groupBy(scene.shifts, (each) => each.staffId);
  const beside = Map.groupBy(scene.beside, (each) => each.staffId);
  const leave = Map.groupBy(scene.leave, (each) => each.staffId);
  const wishes = Map.groupBy(scene.wishes, (each) => each.staffId);
  const findings = Map.groupBy(scene.findings, (each) => each.staffId);
  return rows.map((row) => ({
    row,
    own: shifts.get(row.id) ?? [],
    beside: beside.get(row.id) ?? [],
    leave: leave.get(row.id) ?? [],
    wishes: wishes.get(row.id) ?? [],
    broken: new Set((findings.get(row.id) ?? []).map(({ date }) => date)),
  }));
}

/** A wish for the day, kept or not; of the weekly ones only those that a shift is against. */
function wishMark({ row, wishes }: PersonsWeek, date: PlainDate, shifts: readonly StoredShift[], t: T) {
  const wish = wishOn(
    date,
    wishes.find((each) => each.date === date),
    row.preferences,
  );
  if (!wish) return undefined;
  const kept = wishKept(wish, shifts);
  if (wish.of === 'week' && kept) return undefined;
  const what =
    wish.hours === null ? t('wish.free_mark') : t('wish.hours_mark', { hours: formatSlot(wish.hours) });
  return { tone: kept ? 'good' : 'warn', text: t(kept ? 'wish.kept' : 'wish.not_kept', { wish: what }) };
}

function cellOf(
  { centre, roster }: Pick<RosterScene, 'centre' | 'roster'>,
  week: PersonsWeek,
  { iso: date, long }: { readonly iso: PlainDate; readonly long: string },
  { groups, editable }: { readonly groups: ReadonlyMap<number, string>; readonly editable: boolean },
  t: T,
) {
  const { row } = week;
  const own = week.own.filter((shift) => shift.date === date);
  const other = week.beside.filter((shift) => shift.date === date);
  const within = date >= roster.startsOn && date <= roster.endsOn;
  return {
    shifts: own.map((shift) => ({
      ...shiftWords(shift, groups, t),
      href: editable ? paths.shift(centre.id, roster.id, shift.id) : '',
    })),
    beside: other.map((shift) => shiftWords(shift, groups, t)),
    broken: week.broken.has(date),
    wish: wishMark(week, date, [...own, ...other], t),
    leave: week.leave.some((each) => each.startsOn <= date && date <= each.endsOn),
    add:
      editable && within && own.length === 0
        ? paths.newShift(centre.id, roster.id, { staff: row.id, date })
        : '',
    says: editable ? t('roster.add_for', { name: row.name, day: long }) : '',
  };
}

/** The table of a week: staff in rows, dates in columns, hours and burden at the end. */
export function rosterTable(scene: RosterScene, editable: boolean, chosen: PlainDate | undefined, t: T) {
  const { centre, roster, coverage, monday, sunday } = scene;
  const { language } = t;
  const { opens, closes } = openingOf(coverage);
  const groups = new Map(scene.groups.map((group) => [group.id, group.name]));
  const dates = datesOf(scene).map((date) => {
    const short = shortHalfHours(coverage.get(date));
    const open = (coverage.get(date)?.groups.length ?? 0) > 0;
    return {
      href: open ? paths.roster(centre.id, roster.id, { week: monday, day: date }) : '',
      weekday: weekdayName(weekdayOf(date), language, 'short'),
      date: formatDate(date).slice(0, 5),
      long: longDate(date, language),
      current: date === chosen,
      iso: date,
      tone: !open ? 'off' : short > 0 ? 'bad' : 'good',
      cover: !open ? t('day.closed') : short > 0 ? t('roster.short', { n: short }) : t('roster.covered'),
    };
  });
  return {
    dates,
    rows: weeksOf(scene, staffShown(scene, t)).map((week) => {
      const { row, own } = week;
      const inWeek = [...own, ...week.beside]
        .filter(({ date }) => date >= monday && date <= sunday)
        .toSorted((a, b) => (a.date < b.date ? -1 : 1));
      const { planned, contract, overtime } = weekMinutes(row, inWeek);
      return {
        staffId: row.id,
        name: row.name,
        post: t.say({ key: `roster.post.${row.post}` as Key }),
        cells: dates.map((date) => cellOf(scene, week, date, { groups, editable }, t)),
        hours: t('roster.hours_of', {
          planned: hoursOf(planned, language),
          contract: hoursOf(contract, language),
        }),
        overtime: overtime > 0 ? t('roster.overtime', { hours: hoursOf(overtime, language) }) : '',
        overtimeMinutes: overtime,
        early: own.filter((shift) => shift.from < opens + FIRST_HOUR).length,
        late: own.filter((shift) => shift.to > closes - FIRST_HOUR).length,
      };
    }),
  };
}
