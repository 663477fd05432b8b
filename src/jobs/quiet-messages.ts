import { isQuiet, type QuietHours } from '../domain/quiet-hours.ts';
import type { Instant } from '../domain/calendar.ts';
import { carriesSecret, type DueMessage, type MessageKind } from '../data/messages.ts';

/** Sent at any hour: somebody has just asked for it, or must act at once. */
const AT_ANY_HOUR: readonly MessageKind[] = [
  'code',
  'phone_code',
  'reset',
  'emergency',
  'sms_accepted',
  'sms_refused',
  'sms_over',
  'sms_unknown',
];

/** Whether an SMS waits for the morning. Who stands by with a time of its own has asked to be told until then. */
export function waitsForMorning({ kind, data }: Pick<DueMessage, 'kind' | 'data'>): boolean {
  return !AT_ANY_HOUR.includes(kind) && data['night'] !== 1;
}

/**
 * What goes out together: several messages to one adult that were written in the quiet hours are one. What holds a link
 * or a code of its own goes by itself.
 */
export function bundles(messages: readonly DueMessage[], now: Instant, quiet: QuietHours): DueMessage[][] {
  if (isQuiet(now, quiet)) return messages.map((message) => [message]);
  const joins = (message: DueMessage) =>
    waitsForMorning(message) && !carriesSecret(message.kind) && isQuiet(message.createdAt, quiet);
  const together = Map.groupBy(messages.filter(joins), (message) => message.personId);
  return [...together.values(), ...messages.filter((message) => !joins(message)).map((each) => [each])];
}

/** A batch that was cut off leaves its last adult to the next one: nobody's digest is torn in two. */
export function wholePeople(messages: readonly DueMessage[], most: number): readonly DueMessage[] {
  const last = messages.at(-1)?.personId;
  if (messages.length < most || messages[0]?.personId === last) return messages;
  return messages.filter((message) => message.personId !== last);
}
