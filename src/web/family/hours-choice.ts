import { z } from 'zod';
import { addMonths, type PlainDate } from '../../domain/calendar.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { refuse } from '../../domain/refusal.ts';
import { findHours, type FoundHours } from '../../data/hours-search.ts';
import { bookSeries } from '../../use-cases/booking-series.ts';
import { guardianWhoBooks } from '../access.ts';
import { attempt } from '../attempt.ts';
import { bookingErrors } from '../booking-errors.ts';
import { centreName } from '../names.ts';
import type { Context } from '../context.ts';
import { parseForm, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { patternWords } from '../pattern-words.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { filtersOf, hoursQuestion, waitFor, type HoursQuestion } from './hours-wish.ts';

const MONTHS = ['0', '1', '3', '6', '12'] as const;

interface Chosen {
  readonly question: HoursQuestion;
  readonly found: FoundHours;
}

/** The hours found for one group, worked out again: what is booked is what the rules say now, not what a form holds. */
async function chosen(context: Context): Promise<Chosen> {
  return await context.database.read(async (tx) => {
    const question = await hoursQuestion(context, tx);
    if (!question.wish) return refuse('missing');
    const asked = context.query('group');
    const groupId = /^[1-9]\d{0,8}$/.test(asked) ? Number(asked) : refuse('missing');
    const [found] = await findHours(tx, { ...question.wish, regionCode: undefined, groupId });
    return found?.cover.pattern ? { question, found } : refuse('missing');
  });
}

const firstDay = ({ question, found }: Chosen): PlainDate =>
  found.bookableFrom > question.from ? found.bookableFrom : question.from;

const lastDay = (choice: Chosen, months: string): PlainDate =>
  months === '0' ? choice.question.to : addMonths(firstDay(choice), Number(months));

interface Sent {
  readonly months?: string;
  readonly errors?: readonly FieldError[];
}

function show(context: Context, choice: Chosen, { months: until = '1', errors = [] }: Sent = {}): void {
  const { t, language } = context;
  const { question, found } = choice;
  const { cover, group, centre } = found;
  const filters = filtersOf(question);
  const here = paths.hoursChoice(question.child.id, { group: group.id, from: question.from, ...filters });
  const back = paths.hours(question.child.id, { from: question.from, ...filters });
  page(
    context.res,
    'family/hours-choice',
    {
      title: t('find.check'),
      back,
      action: here,
      answers: [
        { term: t('find.child'), value: question.child.name, change: paths.children() },
        { term: t('find.where'), value: `${centreName(centre, language)} · ${group.name}`, change: back },
        {
          term: t('find.hours'),
          value: cover.pattern ? patternWords(cover.pattern, t) : '',
          change: paths.workday(here.replace('/choice', '')),
        },
        { term: t('find.from'), value: formatDate(firstDay(choice)), change: back },
        {
          term: t('find.free_now'),
          value: t('find.free_dates', {
            n: cover.freeDates.length + cover.fullDates.length,
            free: cover.freeDates.length,
          }),
          change: '',
        },
      ],
      until: MONTHS.map((months) => ({
        value: months,
        text:
          months === '0'
            ? t('find.until_weeks', { date: formatDate(lastDay(choice, months)) })
            : t('find.until_months', { n: Number(months), date: formatDate(lastDay(choice, months)) }),
      })),
      wait:
        found.eligibility !== null || cover.fullDates.length > 0
          ? paths.newEntry(question.child.id, waitFor(found, question))
          : '',
      values: { months: until },
      errors,
    },
    { width: 'narrow', address: here },
  );
}

async function book(context: Context): Promise<void> {
  const choice = await chosen(context);
  const form = parseForm(z.strictObject({ months: z.enum(MONTHS) }), context.req.body);
  if (form.errors)
    return show(context, choice, { months: String(form.input['months']), errors: form.errors });
  const { months } = form.values;
  const { question, found } = choice;
  const wish = {
    childId: question.child.id,
    groupId: found.group.id,
    pattern: found.cover.pattern!,
    startsOn: firstDay(choice),
    endsOn: lastDay(choice, months),
    ifFull: 'book_free' as const,
  };
  const { refused, answer } = await attempt(context.perform(bookSeries, wish));
  if (refused)
    return show(context, choice, {
      months,
      errors: bookingErrors(refused).map((error) => ({ ...error, field: '' })),
    });
  return context.done(paths.series(question.child.id, answer.id));
}

export const hoursChoice = routes('/children/:childId/hours/choice')
  .get('', guardianWhoBooks, async (context) => show(context, await chosen(context)))
  .post('', guardianWhoBooks, book);
