import { and, asc, desc, eq, inArray, isNull, lte, notInArray, sql } from './sql.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Language } from '../domain/language.ts';
import type { Reading, Writing } from './database.ts';
import { prepared } from './prepared.ts';

export type MessageKind =
  | 'closure'
  | 'emergency'
  | 'reopened'
  | 'changed_terms'
  | 'group_closed'
  | 'choice_ends'
  | 'calendar_change'
  | 'roster_firm'
  | 'roster_at_risk'
  | 'code'
  | 'phone_code'
  | 'phone_changed'
  | 'invitation'
  | 'invitation_registered'
  | 'invitation_rights'
  | 'rights_given'
  | 'rights_changed'
  | 'rights_withdrawn'
  | 'reset'
  | 'accepted'
  | 'discharged'
  | 'offer'
  | 'offer_reminder'
  | 'offer_accepted'
  | 'offer_expired'
  | 'offer_withdrawn'
  | 'offer_told'
  | 'offer_told_accepted'
  | 'offer_told_over'
  | 'candidacy_papers_asked'
  | 'candidacy_papers_complete'
  | 'candidacy_invited'
  | 'candidacy_passed'
  | 'candidacy_not_passed'
  | 'candidacy_hired'
  | 'candidacy_refused'
  | 'rescue'
  | 'rescue_won'
  | 'rescue_lost'
  | 'release_request'
  | 'shift_ask'
  | 'shift_yours'
  | 'shift_gone'
  | 'shift_off'
  | 'shift_barred'
  | 'shift_lent'
  | 'curtailed'
  | 'swap_asked'
  | 'swap_agreed'
  | 'swap_to_confirm'
  | 'swap_declined'
  | 'swap_withdrawn'
  | 'swap_confirmed'
  | 'swap_refused'
  | 'swap_past'
  | 'sms_accepted'
  | 'sms_refused'
  | 'sms_over'
  | 'sms_unknown';

/** These carry a code or a link that signs in: never listed, and blank once they are sent or given up. */
const SECRET_KINDS: readonly MessageKind[] = [
  'code',
  'phone_code',
  'invitation',
  'invitation_registered',
  'invitation_rights',
  'reset',
];

export function carriesSecret(kind: MessageKind): boolean {
  return SECRET_KINDS.includes(kind);
}

export interface NewMessage {
  readonly personId: number;
  readonly kind: MessageKind;
  readonly data: Record<string, string | number>;
  readonly createdAt: Instant;
}

/** Puts messages into the outbox, in the transaction of what they tell. */
export async function insertMessages(tx: Writing, messages: readonly NewMessage[]): Promise<void> {
  for (let at = 0; at < messages.length; at += 500) {
    const rows = messages.slice(at, at + 500).map((message) => ({ ...message, dueAt: message.createdAt }));
    await tx.db.insert(tx.t.message).values(rows);
  }
}

type Message = Reading['t']['message']['$inferSelect'];

const unreadOf = prepared<{ personId: number; limit: number }, Message[]>(({ db, t }) =>
  db
    .select()
    .from(t.message)
    .where(
      and(
        eq(t.message.personId, sql.placeholder('personId')),
        notInArray(t.message.kind, [...SECRET_KINDS]),
        isNull(t.message.readAt),
      ),
    )
    .orderBy(desc(t.message.id))
    .limit(sql.placeholder('limit')),
);

export async function listMessages(
  tx: Reading,
  personId: number,
  options: { unread: boolean; limit: number },
): Promise<Message[]> {
  if (options.unread) return await unreadOf(tx, { personId, limit: options.limit });
  const { message: m } = tx.t;
  return await tx.db
    .select()
    .from(m)
    .where(and(eq(m.personId, personId), notInArray(m.kind, [...SECRET_KINDS])))
    .orderBy(desc(m.id))
    .limit(options.limit);
}

export async function markMessageRead(tx: Writing, personId: number, id: number, at: Instant): Promise<void> {
  const { message: m } = tx.t;
  await tx.db
    .update(m)
    .set({ readAt: at })
    .where(and(eq(m.id, id), eq(m.personId, personId), isNull(m.readAt)));
}

/** A message on its way, with where it may go. */
export interface DueMessage {
  readonly id: number;
  readonly personId: number;
  readonly kind: MessageKind;
  readonly data: Record<string, string | number>;
  readonly attempts: number;
  readonly createdAt: Instant;
  readonly login: string | null;
  readonly phone: string | null;
  readonly language: Language;
}

/** Messages to be sent now, the longest due first and those to one adult together; two processes never take the same one. */
export async function lockDueMessages(tx: Writing, now: Instant, limit: number): Promise<DueMessage[]> {
  const { message: m, person: p } = tx.t;
  const query = tx.db
    .select({
      id: m.id,
      personId: m.personId,
      kind: sql<MessageKind>`${m.kind}`,
      data: m.data,
      attempts: m.attempts,
      createdAt: m.createdAt,
      login: p.login,
      phone: p.phone,
      language: p.language,
    })
    .from(m)
    .innerJoin(p, eq(p.id, m.personId))
    .where(lte(m.dueAt, now))
    .orderBy(asc(m.dueAt), asc(m.personId), asc(m.id))
    .limit(limit);
  return await (tx.dialect === 'postgres' ? query.for('update', { of: m, skipLocked: true }) : query);
}

/** Counts an attempt and sets when the next one may be, should this one not succeed. */
export async function postponeMessages(
  tx: Writing,
  ids: readonly number[],
  dueAt: Instant | null,
): Promise<void> {
  if (ids.length === 0) return;
  const { message: m } = tx.t;
  await tx.db
    .update(m)
    .set({ dueAt, attempts: sql`${m.attempts} + 1` })
    .where(inArray(m.id, [...ids]));
}

/** Puts messages off without counting an attempt: nobody has tried to send them. */
export async function delayMessages(tx: Writing, ids: readonly number[], dueAt: Instant): Promise<void> {
  if (ids.length === 0) return;
  const { message: m } = tx.t;
  await tx.db
    .update(m)
    .set({ dueAt })
    .where(inArray(m.id, [...ids]));
}

export async function markMessageSent(tx: Writing, id: number, at: Instant): Promise<void> {
  await tx.db.update(tx.t.message).set({ sentAt: at, dueAt: null }).where(eq(tx.t.message.id, id));
  await blankSecret(tx, id);
}

/** Nowhere to send it: it stays on the person's page. */
export async function giveUpMessage(tx: Writing, id: number): Promise<void> {
  await tx.db.update(tx.t.message).set({ dueAt: null }).where(eq(tx.t.message.id, id));
  await blankSecret(tx, id);
}

async function blankSecret(tx: Writing, id: number): Promise<void> {
  const { message: m } = tx.t;
  await tx.db
    .update(m)
    .set({ data: {} })
    .where(and(eq(m.id, id), inArray(m.kind, [...SECRET_KINDS])));
}
