import { refuse } from '../domain/refusal.ts';
import { insertFeed, listFeeds, revokeFeed } from '../data/calendar-feeds.ts';
import type { Work } from './perform.ts';
import { newToken } from './sign-in.ts';

/** Nobody needs more calendars at once; revoked ones do not count. */
const MOST_FEEDS = 10;

/**
 * A secret address of one's own calendar. `keep` is given the secret outside of the answer, which is remembered; only its
 * hash is stored. Refused: `too_many`.
 */
export async function makeFeed(
  { tx, now, actor }: Work,
  { keep }: { keep: (made: { id: number; token: string }) => void },
): Promise<{ id: number }> {
  if ((await listFeeds(tx, actor.personId)).length >= MOST_FEEDS) refuse('too_many');
  const { token, tokenHash } = newToken();
  const id = await insertFeed(tx, { personId: actor.personId, tokenHash, createdAt: now });
  keep({ id, token });
  return { id };
}

/** From now on the address answers as one that never was; somebody else's feed is `missing`. */
export async function endFeed({ tx, now, actor }: Work, { feedId }: { feedId: number }): Promise<void> {
  const own = await listFeeds(tx, actor.personId);
  if (!own.some((feed) => feed.id === feedId)) refuse('missing');
  await revokeFeed(tx, feedId, now);
}
