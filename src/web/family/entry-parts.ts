import { formatDate } from '../../domain/calendar-words.ts';
import { listBookings } from '../../data/bookings.ts';
import type { Reading } from '../../data/database.ts';
import type { Entry } from '../../data/waiting-list.ts';
import { findPart } from '../../use-cases/part-places.ts';
import type { Context } from '../context.ts';
import { patternWords } from '../pattern-words.ts';

/** What of a wish could be taken now in each of some groups, with what it would replace. */
export async function readParts(context: Context, tx: Reading, entry: Entry, groupIds: readonly number[]) {
  const parts = [];
  for (const groupId of groupIds) {
    const part = await findPart(tx, context.now, entry, groupId);
    if (!part) continue;
    const dates = new Set(part.slots.map(({ date }) => date));
    const bookings = await listBookings(tx, {
      childIds: [entry.childId],
      from: part.startsOn,
      to: part.endsOn,
      occupying: true,
    });
    const replaced = bookings.filter((each) => dates.has(each.date) && each.state === 'booked').length;
    parts.push({ groupId, part, replaced });
  }
  return parts;
}

type SeenPart = Awaited<ReturnType<typeof readParts>>[number];

export function partWords({ groupId, part, replaced }: SeenPart, group: string, { t }: Context) {
  return {
    groupId: String(groupId),
    pattern: JSON.stringify(part.json),
    group,
    hours: patternWords(part.pattern, t),
    from: t('waiting.part_from', {
      date: formatDate(part.slots[0]?.date ?? part.startsOn),
      until: formatDate(part.endsOn),
      n: part.slots.length,
    }),
    replaced: replaced > 0 ? t('offer.replaces_count', { n: replaced }) : '',
  };
}
