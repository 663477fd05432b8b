import { formatDate } from '../../domain/calendar-words.ts';
import { dateAt, type Instant, type PlainDate } from '../../domain/calendar.ts';
import { formatSlot } from '../../domain/slots.ts';
import type { Reading } from '../../data/database.ts';
import type { Group } from '../../data/groups.ts';
import { findOffer, type listMatchingHolds } from '../../data/offers.ts';
import { queueReasons } from '../../use-cases/queue-reasons.ts';
import type { T } from '../../i18n/translate.ts';
import type { Context } from '../context.ts';
import { paths } from '../paths.ts';
import { dayWords } from '../family/stay-line.ts';

const DATES = 6;
const REASONS = 20;
const FREED = 12;

function datesWords(dates: readonly PlainDate[]): string {
  const shown = dates.slice(0, DATES).map((date) => formatDate(date).slice(0, 5));
  return shown.join(', ') + (dates.length > shown.length ? ' …' : '');
}

/** Hours that have just become free and wait for their matching. */
export function freedWords(
  holds: Awaited<ReturnType<typeof listMatchingHolds>>,
  now: Instant,
  t: T,
): { text: string; lines: string[] } | undefined {
  const waiting = holds.filter((hold) => hold.expiresAt >= now);
  if (waiting.length === 0) return undefined;
  const today = dateAt(now);
  return {
    text: t('waiting.freed', { n: waiting.length }),
    lines: waiting.slice(0, FREED).map((hold) => `${dayWords(hold.date, today, t)}, ${formatSlot(hold)}`),
  };
}

/** What came of 'offer now', from the address: who was offered a place, or why nobody fits. */
export async function matchedWords(
  context: Context,
  tx: Reading,
  group: Group,
  names: ReadonlyMap<number, string>,
) {
  const { t, now } = context;
  const asked = context.query('offered');
  if (asked === '') return undefined;
  const offers = [];
  for (const text of asked.split('-').slice(0, 10)) {
    const offer = /^[1-9]\d{0,8}$/.test(text) ? await findOffer(tx, Number(text)) : undefined;
    if (offer?.groupId === group.id) offers.push(offer);
  }
  if (offers.length > 0)
    return {
      tone: 'good',
      text: t('waiting.offered_to', { n: offers.length }),
      lines: offers.map((offer) => ({
        text: offer.childName,
        href: paths.centreOffer(group.centreId, offer.id),
      })),
    };
  const { notOffered, fits } = await queueReasons(tx, now, group);
  // Somebody may have become fit since: then asking again is the answer.
  if (fits.length > 0) return { tone: '', text: t('waiting.ask_again'), lines: [] };
  return {
    tone: 'warn',
    text: t(
      notOffered.length > 0
        ? 'waiting.nobody_fits'
        : names.size > 0
          ? 'waiting.nobody_ready'
          : 'waiting.nobody_waits',
    ),
    lines: notOffered.slice(0, REASONS).map(({ entryId, full, kept, withheld }) => ({
      text: [
        `${names.get(entryId) ?? ''}:`,
        full.length > 0
          ? t('waiting.full_on', { n: full.length, dates: datesWords(full) })
          : kept.length > 0
            ? t('waiting.kept_on', { n: kept.length, dates: datesWords(kept) })
            : t('waiting.withheld_on', { n: withheld.length, dates: datesWords(withheld) }),
      ].join(' '),
      href: '',
    })),
  };
}
