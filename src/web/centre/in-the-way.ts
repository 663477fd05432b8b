import { z } from 'zod';
import { formatDate } from '../../domain/calendar-words.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { BookingInTheWay, Confirmation } from '../../use-cases/confirmation.ts';
import type { CentreInTheWay } from '../../use-cases/national-calendar.ts';
import { centreName } from '../names.ts';
import type { Context } from '../context.ts';
import { typed } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';

/** What the second form carries besides the first one's answers: exactly which bookings may go, and the yes. */
export const confirmShape = {
  listed: z.string().max(64).optional(),
  listedCount: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
  agreed: z.literal('yes').optional(),
};

const CARRIED = new Set(['listed', 'listedCount', 'agreed']);

interface Confirmed {
  readonly listed?: string | undefined;
  readonly listedCount?: string | undefined;
  readonly agreed?: 'yes' | undefined;
}

/** The confirmation, once the list has been seen and its box ticked. */
export function confirmationOf({ listed, listedCount, agreed }: Confirmed): { confirm?: Confirmation } {
  if (agreed !== 'yes' || listed === undefined || listedCount === undefined) return {};
  return { confirm: { token: listed, count: Number(listedCount) } };
}

interface Details {
  readonly count: number;
  readonly held: number;
  readonly token: string;
  readonly families?: number;
  readonly bookings?: readonly BookingInTheWay[];
  readonly centres?: readonly CentreInTheWay[];
}

export interface Change {
  /** What is about to be done, as the heading of the page. */
  readonly title: string;
  readonly action: string;
  /** The page with the form, unchanged. */
  readonly back: string;
}

/**
 * The bookings that stand in the way of a change, with the offer to cancel exactly these and tell their families. The
 * list that comes back with the yes must still be the one that was shown; otherwise it is shown anew.
 */
export function showInTheWay(context: Context, refusal: Refusal, change: Change): void {
  const { t, req } = context;
  const details = refusal.details as unknown as Details;
  const { count, held, token } = details;
  const body = typed(req.body);
  const before = String(body['listed'] ?? '');
  const agreed = body['agreed'] === 'yes';
  const centreId = context.text('centreId');
  page(
    context.res,
    'centre/in-the-way',
    {
      title: change.title,
      action: change.action,
      back: change.back,
      lead:
        details.families === undefined
          ? t('in_the_way.lead', { n: count })
          : t('in_the_way.lead_families', {
              n: count,
              families: t('count.families', { n: details.families }),
            }),
      held: held > 0 ? t('in_the_way.held', { n: held }) : '',
      changed: before !== '' && before !== token ? t('in_the_way.changed') : '',
      bookings: (details.bookings ?? []).map((each) => ({
        name: each.childName,
        href: paths.centreBooking(centreId, each.bookingId),
        date: formatDate(each.date),
        time: `${each.from}–${each.to}`,
      })),
      centres: (details.centres ?? []).map((each) => ({
        name: centreName(each, t.language),
        bookings: t('count.bookings', { n: each.bookings }),
      })),
      more:
        details.bookings && count > details.bookings.length
          ? t('in_the_way.more', { n: count - details.bookings.length })
          : '',
      fields: Object.entries(body)
        .filter(([name]) => !CARRIED.has(name))
        .flatMap(([name, value]) => [value].flat().map((each) => ({ name, value: each }))),
      token,
      count,
      agree: count > 0 ? t('in_the_way.agree', { n: count }) : t('in_the_way.agree_held', { n: held }),
      errors: before !== '' && !agreed ? [{ field: 'agreed', key: 'in_the_way.tick' as const }] : undefined,
    },
    { status: 409, address: change.back },
  );
}
