import { z } from 'zod';
import { addDays, dateAt } from '../../domain/calendar.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { listBookings } from '../../data/bookings.ts';
import { listChildren, mayBookFor } from '../../data/children.ts';
import { listMessages, markMessageRead } from '../../data/messages.ts';
import { messageWords, type StoredMessage } from '../../i18n/message-words.ts';
import { isKey, type T } from '../../i18n/translate.ts';
import type { Work } from '../../use-cases/perform.ts';
import { guardian } from '../access.ts';
import type { Context } from '../context.ts';
import { parseForm } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { idField } from '../shapes.ts';
import { placesOf } from './places.ts';
import { offerNotices, queueLines, readQueue } from './queue-card.ts';
import { stayLine } from './stay-line.ts';

const SHOWN = 3;
const AHEAD_DAYS = 60;
const MESSAGES = 5;

const LINK = '\u0000';
// eslint-disable-next-line no-control-regex -- see LINK
const AFTER_COLON = /:? *\u0000/g;

/** A message that asks for the answer to an offer which is still to be answered: the notice above says it. */
const asksForOffer = ({ kind, data }: StoredMessage, live: ReadonlySet<number>) =>
  (kind === 'offer' || kind === 'offer_reminder') && live.has(Number(data['offerId']));

/** What a message says; one of a kind that has no words yet, or lacks what its words name, is told without details. */
function wordsOfMessage({ kind, data }: StoredMessage, t: T): { subject: string; text: string } {
  if (isKey(`message.${kind}.text`)) {
    // On a page the way is a button: the address and the colon that leads to it are left out.
    const { subject, text } = messageWords({ kind, data }, t.language, LINK);
    if (!/\{\w+\}/.test(text)) return { subject, text: text.replaceAll(AFTER_COLON, '.').replaceAll(LINK, '') };
  }
  return { subject: t('children.message'), text: t('children.message_text') };
}

/** A guardian's home: what needs an answer, then each child's next days and what can be done in one tap. */
async function showChildren(context: Context): Promise<void> {
  const { t, actor, today, now } = context;
  const seen = await context.database.read(async (tx) => {
    const children = await listChildren(tx, actor, today);
    const childIds = children.map((child) => child.id);
    const bookable = new Set<number>();
    for (const id of childIds) if (await mayBookFor(tx, actor, id, today)) bookable.add(id);
    const bookings = await listBookings(tx, { childIds, from: today, to: addDays(today, AHEAD_DAYS) });
    const messages = await listMessages(tx, actor.personId, { unread: true, limit: MESSAGES });
    const queue = await readQueue(context, tx, children);
    return { children, bookable, bookings, messages, queue, places: await placesOf(tx, bookings) };
  });
  const live = new Set(seen.queue.offers.map((offer) => offer.id));
  page(context.res, 'family/children', {
    title: t('children.title'),
    offers: offerNotices(seen.queue, context),
    messages: seen.messages
      .filter((message) => !asksForOffer(message, live))
      .map((message) => ({
        id: message.id,
        when: formatDate(dateAt(message.createdAt)),
        open: /^\/offers\/\d+$/.test(String(message.data['path'])) ? String(message.data['path']) : '',
        ...wordsOfMessage(message, t),
      })),
    read: paths.messagesRead(),
    workday: paths.workday(),
    children: seen.children.map((child) => {
      const mayBook = seen.bookable.has(child.id);
      const own = seen.bookings.filter((booking) => booking.childId === child.id);
      const next = own.filter((booking) => booking.state === 'booked' || booking.date === today);
      return {
        name: child.name,
        href: paths.child(child.id),
        book: mayBook ? paths.hours(child.id) : '',
        groups: mayBook ? paths.childGroups(child.id) : '',
        queue: queueLines(seen.queue, child.id, context),
        lines: next.slice(0, SHOWN).map((booking, at) => {
          const line = stayLine(booking, seen.places, today, now, t);
          // The way to an absence stands beside the next stay only; the others have it on their own page.
          return at === 0 && mayBook ? line : { ...line, absence: '' };
        }),
        more: next.length > SHOWN ? t('children.more', { n: next.length - SHOWN }) : '',
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

export const children = routes('/children')
  .get('', guardian, showChildren)
  .post('/messages', guardian, markRead);
