import { z } from 'zod';
import type { PlainDate } from '../../domain/calendar.ts';
import type { Pattern } from '../../domain/pattern.ts';
import { parseForm, type FieldError, type Form, type Typed } from '../form.ts';
import { dateField, timeField } from '../shapes.ts';
import { saidOfBooking } from './series-answers.ts';
import { patternOf, SHAPES } from './workday-form.ts';

export const KINDS = ['once', 'weekly', 'cycle', 'dates'] as const;
export type Kind = (typeof KINDS)[number];
export const isKind = (text: string): text is Kind => (KINDS as readonly string[]).includes(text);

/** The inputs of each kind's form: what a refusal may be said beside. */
export const FIELDS: Readonly<Record<Kind, readonly string[]>> = {
  once: ['date', 'from', 'to'],
  weekly: ['days', 'from', 'to', 'startsOn', 'endsOn'],
  cycle: ['first', 'on', 'off', 'from', 'to', 'endsOn'],
  dates: ['dates', 'from', 'to'],
};

export const onceShape = z.object({ date: dateField(), from: timeField(), to: timeField() });

const ifFull = z.enum(['refuse_all', 'book_free']).default('book_free');
const weekly = SHAPES.weekly
  .omit({ commute: true })
  .extend({ startsOn: dateField(), endsOn: dateField(), ifFull });
const cycle = SHAPES.cycle.omit({ commute: true }).extend({ endsOn: dateField(), ifFull });
const dates = SHAPES.dates.omit({ commute: true }).extend({ ifFull });

/** What is asked to be booked, day by day. */
export interface Repeated {
  readonly pattern: Pattern;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly ifFull: 'refuse_all' | 'book_free';
}

type Read =
  | { readonly wish: Repeated; readonly input: Typed }
  | { readonly errors: readonly FieldError[]; readonly input: Typed };

/** The first and last day: as typed, or those of the pattern itself. */
function daysOf(pattern: Pattern, from: PlainDate | undefined, to: PlainDate | undefined) {
  const chosen = pattern.kind === 'dates' ? (Object.keys(pattern.dates) as PlainDate[]).toSorted() : [];
  const first = pattern.kind === 'cycle' ? pattern.from : chosen[0];
  return { startsOn: from ?? first!, endsOn: to ?? chosen.at(-1)! };
}

/** Reads the form of a series; its rules (12 months, lengths) speak later, as refusals. */
export function readRepeated(kind: Exclude<Kind, 'once'>, body: unknown, today: PlainDate): Read {
  const form: Form<z.output<typeof weekly> | z.output<typeof cycle> | z.output<typeof dates>> =
    kind === 'weekly'
      ? parseForm(weekly, body)
      : kind === 'cycle'
        ? parseForm(cycle, body)
        : parseForm(dates, body);
  if (form.errors) return form;
  const { values, input } = form;
  const read = patternOf(kind, values, today);
  if ('errors' in read) return { errors: read.errors.map(saidOfBooking), input };
  const from = 'startsOn' in values ? values.startsOn : undefined;
  const to = 'endsOn' in values ? values.endsOn : undefined;
  return { wish: { pattern: read.pattern, ...daysOf(read.pattern, from, to), ifFull: values.ifFull }, input };
}
