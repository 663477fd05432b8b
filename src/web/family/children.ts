import { z } from 'zod';
import { addDays, dateAt, type PlainDate } from '../../domain/calendar.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { countStays, listBookings, type Booking } from '../../data/bookings.ts';
import { listBookable, listChildren } from '../../data/children.ts';
import type { Reading } from '../../data/database.ts';
import { listMessages, markMessageRead } from '../../data/messages.ts';
import { findOffer } from '../../data/offers.ts';
import { messageWords, type StoredMessage } from '../../i18n/message-words.ts';
import { isKey, type Key, type T } from '../../i18n/translate.ts';
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
const NEAR_DAYS = 10;
const MESSAGES = 5;

const LINK = '\u0000';
// eslint-disable-next-line no-control-regex -- see LINK
const AFTER_COLON = /:? *\u0000/g;

const asksForOffer = ({ kind }: StoredMessage) => kind === 'offer' || kind === 'offer_reminder';

/** Leaves out what asks for an answer about a child that is seen here: a notice of its own does so while it is due. */
async function toldMessages<Message extends StoredMessage>(
  tx: Reading,
  messages: readonly Message[],
  childIds: readonly number[],
): Promise<Message[]> {
  const told: Message[] = [];
  for (const message of messages) {
    const offer = asksForOffer(message) ? await findOffer(tx, Number(message.data['offerId'])) : undefined;
    if (offer === undefined || !childIds.includes(offer.childId)) told.push(message);
  }
  return told.slice(0, MESSAGES);
}

/** What a message says; one of a kind that has no words yet, or lacks what its words name, is told without details. */
function wordsOfMessage({ kind, data }: StoredMessage, t: T): { subject: string; text: string } {
  if (isKey(`message.${kind}.text`)) {
    // On a page the way is a button: the address and the colon that leads to it are left out.
    const { subject, text } = messageWords({ kind, data }, t.language, LINK);
    if (!/\{\w+\}/.test(text))
      return { subject, text: text.replaceAll(AFTER_COLON, '.').replaceAll(LINK, '') };
  }
  return { subject: t('children.message'), text: t('children.message_text') };
}

/** Where a message leads, by its path; what asks for an answer is a button. */
const WAYS: readonly { readonly path: RegExp; readonly key: Key; readonly asks?: true }[] = [
  { path: /^\/offers\/\d+$/, key: 'offer.open' },
  { path: /^\/(rescues|release-requests)\/\d+$/, key: 'rescue.open', asks: true },
  { path: /^\/candidacies\/\d+$/, key: 'candidacy.open' },
  { path: /^\/children\/\d+\/waiting-list\/\d+$/, key: 'queue.open' },
];

function wayOf({ data }: StoredMessage, t: T) {
  const href = String(data['path'] ?? '');
  const way = WAYS.find(({ path }) => path.test(href));
  return way && { href, text: t.say({ key: way.key }), asks: way.asks === true };
}

/** What a child comes to next; today's stay stands there however it went. */
const nextOf = (bookings: readonly Booking[], childId: number, today: PlainDate): Booking[] =>
  bookings.filter((each) => each.childId === childId && (each.state === 'booked' || each.date === today));

/** The stays of the next days, and how many come after them; everything ahead where a child has few of them near. */
async function readStays(tx: Reading, childIds: readonly number[], today: PlainDate) {
  const ahead = { from: today, to: addDays(today, AHEAD_DAYS) };
  const near = addDays(today, NEAR_DAYS);
  const bookings = await listBookings(tx, { childIds, from: today, to: near });
  const later = await countStays(tx, childIds, addDays(near, 1), ahead.to);
  if (childIds.every((id) => !later.has(id) || nextOf(bookings, id, today).length >= SHOWN))
    return { bookings, later };
  return { bookings: await listBookings(tx, { childIds, ...ahead }), later: new Map<number, number>() };
}

/** A guardian's home: what needs an answer, then each child's next days and what can be done in one tap. */
async function showChildren(context: Context): Promise<void> {
  const { t, actor, today, now } = context;
  const seen = await context.database.read(async (tx) => {
    const children = await listChildren(tx, actor, today);
    const childIds = children.map((child) => child.id);
    const bookable = await listBookable(tx, actor.personId, today);
    const { bookings, later } = await readStays(tx, childIds, today);
    const unread = await listMessages(tx, actor.personId, { unread: true, limit: MESSAGES * 4 });
    const messages = await toldMessages(tx, unread, childIds);
    const queue = await readQueue(context, tx, children);
    return { children, bookable, bookings, later, messages, queue, places: await placesOf(tx, bookings) };
  });
  page(context.res, 'family/children', {
    title: t('children.title'),
    offers: offerNotices(seen.queue, context),
    messages: seen.messages.map((message) => ({
      id: message.id,
      when: formatDate(dateAt(message.createdAt)),
      way: wayOf(message, t),
      ...wordsOfMessage(message, t),
    })),
    read: paths.messagesRead(),
    workday: paths.workday(),
    children: seen.children.map((child) => {
      const mayBook = seen.bookable.has(child.id);
      const next = nextOf(seen.bookings, child.id, today);
      const more = next.length + (seen.later.get(child.id) ?? 0) - SHOWN;
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
        more: more > 0 ? t('children.more', { n: more }) : '',
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
