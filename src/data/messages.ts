import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Instant } from '../domain/calendar.ts';
import type { Reading, Writing } from './database.ts';

export type MessageKind =
  | 'closure'
  | 'emergency'
  | 'reopened'
  | 'changed_terms'
  | 'group_closed'
  | 'calendar_change';

export interface NewMessage {
  readonly personId: number;
  readonly kind: MessageKind;
  readonly data: Record<string, string | number>;
  readonly createdAt: Instant;
}

/** Puts messages into the outbox, in the transaction of what they tell. */
export async function insertMessages(tx: Writing, messages: readonly NewMessage[]): Promise<void> {
  for (let at = 0; at < messages.length; at += 500) {
    await tx.db.insert(tx.t.message).values(messages.slice(at, at + 500));
  }
}

export async function listMessages(tx: Reading, personId: number, options: { unread: boolean; limit: number }) {
  const { message: m } = tx.t;
  return await tx.db
    .select()
    .from(m)
    .where(and(eq(m.personId, personId), options.unread ? isNull(m.readAt) : undefined))
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
