import { z } from 'zod';
import { addDays, dateAt } from '../../domain/calendar.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { listBookings } from '../../data/bookings.ts';
import { listChildren } from '../../data/children.ts';
import { listMessages, markMessageRead } from '../../data/messages.ts';
import { messageWords } from '../../i18n/message-words.ts';
import type { Work } from '../../use-cases/perform.ts';
import { guardian } from '../access.ts';
import type { Context } from '../context.ts';
import { parseForm } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { idField } from '../shapes.ts';
import { placesOf } from './places.ts';
import { stayLine } from './stay-line.ts';

const SHOWN = 3;
const AHEAD_DAYS = 60;
const MESSAGES = 5;

/** A guardian's home: what needs an answer, then each child's next days and what can be done in one tap. */
async function showChildren(context: Context): Promise<void> {
  const { t, actor, today, now, language } = context;
  const seen = await context.database.read(async (tx) => {
    const children = await listChildren(tx, actor, today);
    const childIds = children.map((child) => child.id);
    const bookings = await listBookings(tx, { childIds, from: today, to: addDays(today, AHEAD_DAYS) });
    const messages = await listMessages(tx, actor.personId, { unread: true, limit: MESSAGES });
    return { children, bookings, messages, places: await placesOf(tx, bookings) };
  });
  page(context.res, 'family/children', {
    title: t('children.title'),
    messages: seen.messages.map((message) => ({
      id: message.id,
      when: formatDate(dateAt(message.createdAt)),
      ...messageWords({ kind: message.kind, data: message.data }, language, ''),
    })),
    workday: paths.workday(),
    children: seen.children.map((child) => {
      const own = seen.bookings.filter((booking) => booking.childId === child.id);
      const standing = own.filter((booking) => booking.state === 'booked' || booking.date === today);
      return {
        name: child.name,
        href: paths.child(child.id),
        book: paths.hours(child.id),
        groups: paths.childGroups(child.id),
        lines: standing.slice(0, SHOWN).map((booking, at) => {
          const line = stayLine(booking, seen.places, today, now, t);
          // The way to an absence stands beside the next stay only; the others have it on their own page.
          return at === 0 ? line : { ...line, absence: '' };
        }),
        more: standing.length > SHOWN ? t('children.more', { n: standing.length - SHOWN }) : '',
      };
    }),
  });
}

async function readMessage({ tx, now, actor }: Work, { id }: { id: number }): Promise<void> {
  await markMessageRead(tx, actor.personId, id, now);
}

async function markRead(context: Context): Promise<void> {
  const form = parseForm(z.strictObject({ id: idField() }), context.req.body);
  if (form.values) await context.perform(readMessage, form.values);
  return context.done(paths.children());
}

export const children = routes('/children').get('', guardian, showChildren).post('/messages', guardian, markRead);
