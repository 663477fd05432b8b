import { dateAt, type PlainDate } from '../../domain/calendar.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { restorableUntil } from '../../domain/waiting-list.ts';
import type { listEnds, Entry } from '../../data/waiting-list.ts';
import type { T } from '../../i18n/translate.ts';

type Ends = Awaited<ReturnType<typeof listEnds>>;

/** Until when a lapsed entry may be restored; undefined where it may not: it was once already, or it is too late. */
export function restorable(ends: Ends, today: PlainDate): PlainDate | undefined {
  const last = ends.find((end) => end.restoredAt === null);
  if (!last || last.reason !== 'lapsed' || ends.some((end) => end.restoredAt !== null)) return undefined;
  const until = restorableUntil(last.at);
  return today <= until ? until : undefined;
}

/** How an entry stands, as a tag. */
export function entryState(entry: Entry, offered: boolean, t: T): { tone: string; text: string } {
  if (entry.endReason !== null)
    return {
      tone: entry.endReason === 'placed' ? 'good' : 'off',
      text: t(`waiting.ended.${entry.endReason}`),
    };
  if (offered) return { tone: 'warn', text: t('waiting.offered') };
  return entry.pausedAt === null
    ? { tone: 'info', text: t('waiting.waits') }
    : { tone: 'off', text: t('waiting.paused_since', { date: formatDate(dateAt(entry.pausedAt)) }) };
}
