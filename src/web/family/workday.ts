import { weekdayName } from '../../domain/calendar-words.ts';
import { WEEKDAYS } from '../../domain/calendar.ts';
import { parsePattern } from '../../domain/pattern.ts';
import { formatTime, HALF_HOURS } from '../../domain/slots.ts';
import { findWorkday } from '../../data/workdays.ts';
import { setWorkday } from '../../use-cases/workday.ts';
import { guardian } from '../access.ts';
import type { Context } from '../context.ts';
import { parseForm, type FieldError, type Typed } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { monthsOf } from './month-taps.ts';
import { KINDS, patternOf, SHAPES, stretchOf, typedOf, type Kind } from './workday-form.ts';

const TIMES = Array.from({ length: HALF_HOURS + 1 }, (_, at) => formatTime(at));
const USUAL: Typed = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '18:00',
  commute: '30',
  on: '2',
  off: '2',
};

const isKind = (text: string): text is Kind => (KINDS as readonly string[]).includes(text);

/** Where to go on to: a page of ours that asked for the workday. */
function nextOf(context: Context): string {
  const next = context.query('next');
  return /^\/children\/\d+\/hours(\?[^#\\]*)?$/.test(next) ? next : paths.children();
}

function show(context: Context, kind: Kind, values: Typed, errors: readonly FieldError[] = []): void {
  const { t, language, today } = context;
  const next = nextOf(context);
  const chosen = [values['dates'] ?? []].flat();
  page(
    context.res,
    'family/workday',
    {
      title: t('workday.title'),
      kind,
      kinds: KINDS.map((each) => ({
        href: paths.workday(next, each),
        text: t(`workday.${each}`),
        current: each === kind,
      })),
      action: paths.workday(next, kind),
      back: next,
      days: WEEKDAYS.map((day) => ({ value: day, text: weekdayName(day, language, 'long') })),
      heads: WEEKDAYS.map((day) => ({
        short: weekdayName(day, language, 'short'),
        long: weekdayName(day, language, 'long'),
      })),
      months: kind === 'dates' ? monthsOf(today, chosen, language) : [],
      taps: { legend: t('workday.month'), hint: t('workday.month_hint') },
      times: TIMES.map((time) => ({ value: time, text: time })),
      values: { first: today, ...values },
      errors,
    },
    { width: 'narrow', address: paths.workday(next, kind) },
  );
}

async function showWorkday(context: Context): Promise<void> {
  const { actor, today } = context;
  const stored = await context.database.read((tx) => findWorkday(tx, actor.personId, today));
  const parsed = stored && parsePattern(stored.pattern);
  const pattern = parsed && 'pattern' in parsed ? parsed.pattern : undefined;
  const asked = context.query('kind');
  const kind = isKind(asked) ? asked : (pattern?.kind ?? 'weekly');
  const [from, to] = (pattern && stretchOf(pattern)) ?? [];
  const values: Typed = {
    ...USUAL,
    ...(pattern && typedOf(pattern)),
    ...(from !== undefined && to !== undefined && { from: formatTime(from), to: formatTime(to) }),
    ...(stored && { commute: String(stored.commuteMinutes) }),
  };
  show(context, kind, values);
}

async function saveWorkday(context: Context): Promise<void> {
  const asked = context.query('kind');
  const kind = isKind(asked) ? asked : 'weekly';
  const form = parseForm(SHAPES[kind], context.req.body);
  if (form.errors) return show(context, kind, form.input, form.errors);
  const read = patternOf(kind, form.values, context.today);
  if ('errors' in read) return show(context, kind, form.input, read.errors);
  await context.perform(setWorkday, { pattern: read.pattern, commuteMinutes: form.values.commute });
  return context.done(nextOf(context), { key: 'workday.saved' });
}

/** One's own work: entered once, kept, and what hours are looked for by. */
export const workday = routes('/workday').get('', guardian, showWorkday).post('', guardian, saveWorkday);
