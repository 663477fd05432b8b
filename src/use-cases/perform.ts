import { addMinutes, dateAt, type Instant, type PlainDate } from '../domain/calendar.ts';
import type { Actor } from '../domain/people.ts';
import { Refusal, refuse } from '../domain/refusal.ts';
import { Overtaken } from '../data/claims.ts';
import type { Database, Reading, Writing } from '../data/database.ts';
import { isUniqueViolation } from '../data/errors.ts';
import { deleteOperation, findOperation, insertOperation } from '../data/operations.ts';

/** What every use-case works with: one transaction, one instant, one actor. */
export interface Work {
  readonly tx: Writing;
  readonly now: Instant;
  readonly actor: Actor;
}

/** The day on which an operation happens. */
export function todayOf(work: { readonly now: Instant }): PlainDate {
  return dateAt(work.now);
}

/** Whom a row names as its author; the system itself is nobody. */
export function authorOf(actor: Actor): number | null {
  return actor.personId === 0 ? null : actor.personId;
}

/** One write as its sender sees it. The key is unique per account and route; the hash tells a repeat from a reuse. */
export interface Operation {
  readonly route: string;
  readonly key: string;
  readonly bodyHash: string;
}

/** For how long a repeated key gets the first answer again. */
const REMEMBERED_MINUTES = 24 * 60;

export interface Request {
  readonly now: Instant;
  readonly actor: Actor;
  readonly operation: Operation;
}

/** Whether a repeat of this request would be given its first answer: then nothing need be worked out for it. */
export async function isRemembered(tx: Reading, { now, actor, operation }: Request): Promise<boolean> {
  const earlier = await findOperation(tx, actor.personId, operation.route, operation.key);
  return earlier !== undefined && earlier.at > addMinutes(now, -REMEMBERED_MINUTES);
}

/**
 * Runs a use-case in one transaction and remembers its answer under the operation's key, so that a repeat (a double
 * tap, a client's or the engine's own retry after a lost COMMIT answer) is answered and not done again. Refusals are
 * not remembered: they are decided afresh. The answer must be plain JSON and hold no token.
 */
export async function perform<Input, Answer>(
  database: Database,
  { now, actor, operation }: Request,
  useCase: (work: Work, input: Input) => Promise<Answer>,
  input: Input,
): Promise<Answer> {
  const { route, key, bodyHash } = operation;
  let taken = 0;
  return await database.write(async (tx) => {
    const earlier = await findOperation(tx, actor.personId, route, key);
    if (earlier && earlier.at > addMinutes(now, -REMEMBERED_MINUTES)) {
      if (earlier.bodyHash !== bodyHash) refuse('key_reused');
      return earlier.answer as Answer;
    }
    if (earlier) await deleteOperation(tx, actor.personId, route, key);
    // A twin of this request, sent at the same time, may win while this one waits for its locks: then this one begins
    // again and is given the twin's answer.
    const answer = await useCase({ tx, now, actor }, input).catch(async (error: unknown) => {
      if (isUniqueViolation(error)) {
        // Somebody else wrote the same number, login or day between the look and the write: the second look sees theirs
        // and answers by the rule itself. SQLite has one writer, and nobody comes between.
        if (tx.dialect === 'postgres' && ++taken === 1) throw new Overtaken();
        refuse('stale');
      }
      const refused = error instanceof Refusal && !earlier;
      if (refused && (await findOperation(tx, actor.personId, route, key))) throw new Overtaken();
      throw error;
    });
    const row = { personId: actor.personId, route, key, bodyHash, answer: answer ?? null, at: now };
    await insertOperation(tx, row).catch((error: unknown) => {
      throw isUniqueViolation(error) ? new Overtaken() : error;
    });
    return answer;
  });
}
