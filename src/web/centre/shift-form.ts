import { z } from 'zod';
import { datesBetween, parsePlainDate, type PlainDate } from '../../domain/calendar.ts';
import { planOf, type ShiftPart } from '../../domain/shift-parts.ts';
import { formatSlot, formatTime, HALF_HOURS, parseTime, type HalfHour } from '../../domain/slots.ts';
import type { StoredShift } from '../../data/shifts.ts';
import type { Staff } from '../../data/staff.ts';
import type { T } from '../../i18n/translate.ts';
import type { FieldError, Typed } from '../form.ts';
import { paths } from '../paths.ts';
import { dateField, idField, numberField, optional, ticked, timeField } from '../shapes.ts';
import { timeOptions } from '../times.ts';
import type { RosterScene } from './roster-scene.ts';
import { staffShown } from './roster-table.ts';
import { dayWords } from './roster-words.ts';

/** As many parts of a shift may be spent elsewhere than with its group. */
const MOST_PARTS = 8;
const NO_GROUP = 'none';
/** Where nothing is open, a day of this length is offered. */
const DAY = { from: 16, to: 37 };
/** How long before the opening and after the closing a shift may be. */
const MARGIN = 4;

const readGroup = (text: string): number | 'none' | undefined =>
  text === NO_GROUP ? NO_GROUP : /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
const group = () => optional(readGroup, 'form.choose_one');
const optionalTime = () => optional(parseTime, 'form.invalid_time');

const numbers = Array.from({ length: MOST_PARTS }, (_, number) => number);
const partShape = Object.fromEntries(
  numbers.flatMap((number) => [
    [`part.${number}.group`, group()],
    [`part.${number}.from`, optionalTime()],
    [`part.${number}.to`, optionalTime()],
  ]),
);

const mainShape = {
  version: numberField(),
  staff: idField(),
  date: dateField(),
  from: timeField(),
  to: timeField(),
  breakFrom: optionalTime(),
  group: group(),
  fixed: ticked(),
};

export type ShiftValues = z.output<z.ZodObject<typeof mainShape>>;

/** The parts' fields are read by readParts: their names are made, and no type knows them. */
export const shiftShape = z.strictObject({
  ...mainShape,
  ...partShape,
}) as unknown as z.ZodType<ShiftValues>;

const idOf = (value: number | 'none' | null): number | null => (typeof value === 'number' ? value : null);

/** The parts of a form that are filled in, and what is missing in those that are half so. */
export function readParts(values: ShiftValues): { parts: ShiftPart[]; errors: FieldError[] } {
  const fields = values as unknown as Record<string, number | 'none' | null>;
  const [parts, errors]: [ShiftPart[], FieldError[]] = [[], []];
  for (const number of numbers) {
    const name = `part.${number}`;
    const [groupId, from, to] = ['group', 'from', 'to'].map((field) => fields[`${name}.${field}`] ?? null);
    if (groupId === null && from === null && to === null) continue;
    if (groupId === null) errors.push({ field: `${name}.group`, key: 'form.choose_one' });
    if (typeof from !== 'number') errors.push({ field: `${name}.from`, key: 'form.required' });
    if (typeof to !== 'number') errors.push({ field: `${name}.to`, key: 'form.required' });
    if (groupId !== null && typeof from === 'number' && typeof to === 'number')
      parts.push({ groupId: idOf(groupId ?? null), from, to });
  }
  return { parts, errors };
}

/** A form's answers as the use-case takes them. */
export function wishOf(values: ShiftValues, parts: readonly ShiftPart[]) {
  const { version, staff, date, from, to, breakFrom, fixed } = values;
  return { version, staffId: staff, date, from, to, breakFrom, fixed, groupId: idOf(values.group), parts };
}

interface Times {
  readonly from: HalfHour;
  readonly to: HalfHour;
}

/** The hours of a date, wider where a shift stands outside them. */
function hoursOf(scene: RosterScene, shift: StoredShift | undefined): Times {
  const days = [...scene.coverage.values()].flatMap(({ groups }) => groups.map(({ day }) => day));
  const from = Math.min(...(days.length > 0 ? days.map((day) => day.opensAt!) : [DAY.from])) - MARGIN;
  const to = Math.max(...(days.length > 0 ? days.map((day) => day.closesAt!) : [DAY.to])) + MARGIN;
  return {
    from: Math.max(0, Math.min(from, shift?.from ?? from)),
    to: Math.min(HALF_HOURS, Math.max(to, shift?.to ?? to)),
  };
}

/** Eight hours and a half from the opening, a break in the middle: what a new shift begins with. */
function usual(scene: RosterScene, date: PlainDate | undefined) {
  const opens = scene.coverage.get(date ?? scene.monday)?.groups.map(({ day }) => day.opensAt!);
  const from = opens && opens.length > 0 ? Math.min(...opens) : DAY.from;
  return { from, to: Math.min(HALF_HOURS, from + 17), breakFrom: from + 8 };
}

/** The form of a shift: an existing one, or a new one for a person and a date. */
export function shiftEditor(
  scene: RosterScene,
  which: { shift?: StoredShift | undefined; staffId?: number | undefined; date?: PlainDate | undefined },
  t: T,
) {
  const { centre, roster, groups, shifts } = scene;
  const { shift } = which;
  const times = hoursOf(scene, shift);
  const plan = shift ? planOf(shift, shift.stretches) : { groupId: groups[0]?.id ?? null, parts: [] };
  const said = shift ?? usual(scene, which.date);
  const nameOf = new Map(scene.staff.map((each) => [each.id, each.name]));
  const people = staffShown(scene, t);
  const chosen = shift?.staffId ?? which.staffId;
  const own = scene.staff.find((each) => each.id === chosen);
  const staff: readonly Staff[] = own && !people.includes(own) ? [own, ...people] : people;
  const groupOptions = [
    ...groups.map((each) => ({ value: String(each.id), text: each.name })),
    { value: NO_GROUP, text: t('roster.no_group') },
  ];
  const at = shift?.date ?? which.date;
  const others = shift
    ? shifts.filter((each) => each.date === shift.date && each.staffId !== shift.staffId)
    : [];
  return {
    title: shift
      ? t('roster.shift_of', {
          name: nameOf.get(shift.staffId) ?? '–',
          day: dayWords(shift.date, t.language),
        })
      : t('roster.new_shift'),
    action: shift ? paths.shift(centre.id, roster.id, shift.id) : paths.shifts(centre.id, roster.id),
    close: paths.roster(centre.id, roster.id, { week: scene.monday, day: at }),
    staff: staff.map((each) => ({ value: String(each.id), text: each.name })),
    dates: datesBetween(roster.startsOn, roster.endsOn).map((date) => ({
      value: date,
      text: dayWords(date, t.language),
    })),
    times: timeOptions(times.from, times.to),
    breaks: [{ value: '', text: t('roster.no_break') }, ...timeOptions(times.from, times.to)],
    groups: groupOptions,
    partGroups: [{ value: '', text: '–' }, ...groupOptions],
    partTimes: [{ value: '', text: '–' }, ...timeOptions(times.from, times.to)],
    values: {
      staff: String(chosen ?? ''),
      date: at ?? '',
      from: formatTime(said.from),
      to: formatTime(said.to),
      breakFrom: said.breakFrom === null ? '' : formatTime(said.breakFrom),
      group: plan.groupId === null ? NO_GROUP : String(plan.groupId),
      fixed: shift?.fixed ?? true,
    },
    parts: numbers.slice(0, Math.min(MOST_PARTS, plan.parts.length + 1)).map((number) => {
      const part = plan.parts[number];
      return {
        name: `part.${number}`,
        number: String(number + 1),
        group: part ? (part.groupId === null ? NO_GROUP : String(part.groupId)) : '',
        from: part ? formatTime(part.from) : '',
        to: part ? formatTime(part.to) : '',
      };
    }),
    deletion: shift ? paths.shiftDeletion(centre.id, roster.id, shift.id) : '',
    swap: shift && others.length > 0 ? paths.shiftSwap(centre.id, roster.id, shift.id) : '',
    stale: [] as { term: string; value: string; typed: string }[],
    swaps: others.map((each) => ({
      value: String(each.id),
      text: `${nameOf.get(each.staffId) ?? '–'}, ${formatSlot(each)}`,
    })),
  };
}

type Editor = ReturnType<typeof shiftEditor>;

/** What a colleague left in the form's fields, beside what was typed where that differs. */
export function staleRows(editor: Editor, typed: Typed, t: T) {
  const rows = [
    ['staff', t('roster.staff'), editor.staff],
    ['date', t('booking.date'), editor.dates],
    ['from', t('booking.from'), editor.times],
    ['to', t('booking.to'), editor.times],
    ['breakFrom', t('roster.break_from'), editor.breaks],
    ['group', t('booking.group'), editor.groups],
  ] as const;
  return rows.map(([field, term, options]) => {
    const words = (value: string) => options.find((option) => option.value === value)?.text ?? '–';
    const [stored, mine] = [editor.values[field], String(typed[field] ?? editor.values[field])];
    return { term, value: words(stored), typed: mine === stored ? '' : words(mine) };
  });
}

/** A date of the address, if it is one of the roster's. */
export function dateAsked(text: string, { startsOn, endsOn }: RosterScene['roster']): PlainDate | undefined {
  const date = parsePlainDate(text);
  return date !== undefined && date >= startsOn && date <= endsOn ? date : undefined;
}
