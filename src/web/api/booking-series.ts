import { Refusal, refuse } from '../../domain/refusal.ts';
import type { Pattern } from '../../domain/pattern.ts';
import { bookSeries, type RefusedDay } from '../../use-cases/booking-series.ts';
import { groupToBook, lockChildToBook } from '../../use-cases/bookings.ts';
import type { Work } from '../../use-cases/perform.ts';
import { families } from '../access.ts';
import { resource } from './resource.ts';
import { series, seriesAsked, showRefused, type PatternAsked } from './schemas/booking-series.ts';
import { STAY_REFUSALS } from './stay-refusals.ts';

/** Refuses times off the grid and stays of a wrong length, worst first, but only to those who may book at all. */
async function requireGrid(
  work: Work,
  { pattern, errors }: PatternAsked,
  wish: { readonly childId: number; readonly groupId: number },
): Promise<Pattern> {
  if (pattern) return pattern;
  await lockChildToBook(work, wish.childId);
  await groupToBook(work, wish.groupId);
  return refuse(errors[0]?.reason ?? 'invalid', { errors });
}

/** The refusal of a whole series lists its days in the form of this API. */
function withDaysShown(error: unknown): unknown {
  if (!(error instanceof Refusal) || !Array.isArray(error.details['refused'])) return error;
  const refused = (error.details['refused'] as RefusedDay[]).map(showRefused);
  return new Refusal(error.reason, { ...error.details, refused });
}

export const bookingSeries = resource('/booking-series').write(
  '',
  families,
  {
    summary: 'Books every day of a pattern between two dates, at most 12 months',
    body: seriesAsked,
    answer: series,
    reasons: ['missing', ...STAY_REFUSALS],
  },
  async (work, { body: { pattern: asked, ...wish } }) => {
    const pattern = await requireGrid(work, asked, wish);
    try {
      const { id, booked, refused } = await bookSeries(work, { ...wish, pattern });
      return { id: String(id), booked, refused: refused.map(showRefused) };
    } catch (error) {
      throw withDaysShown(error);
    }
  },
);
