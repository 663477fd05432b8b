import { addDays } from '../../src/domain/calendar.ts';
import { previewRound } from '../../src/use-cases/round-preview.ts';
import { approvePreview, endRound, openRound, publishRound } from '../../src/use-cases/rounds.ts';
import {
  acceptOffer,
  expireOffer,
  refuseOffer,
  seeOffer,
  withdrawOffer,
} from '../../src/use-cases/offers.ts';
import { joinWithSiblings } from '../../src/use-cases/joint-entries.ts';
import { postponeArrival } from '../../src/use-cases/arrival-postponement.ts';
import { allowAgain } from '../../src/use-cases/taken-back.ts';
import {
  changeEntry,
  joinTogether,
  pauseEntry,
  restoreEntry,
  resumeEntry,
  withdrawEntry,
} from '../../src/use-cases/waiting-list.ts';
import { patternOf } from './walk-family.ts';
import type { Verb, Walk } from './walk.ts';

async function wishOf(walk: Walk) {
  const { random } = walk;
  const groups = random.shuffle(await walk.rows('careGroup'));
  return {
    pattern: await patternOf(walk, groups[0]!.id),
    startsOn: random.chance(0.4) ? walk.date() : addDays(walk.today, random.int(0, 30)),
    choices: groups.slice(0, random.int(1, 3)).map(({ id }) => id),
    minimumMinutesPerWeek: random.chance(0.3) ? 240 : null,
    tolerance: random.chance(0.4) ? { earlier: random.int(0, 4), later: random.int(0, 4) } : null,
  };
}

/** Entries that still wait, or others where these are meant. */
async function entryOf(walk: Walk, waiting = true) {
  const ended = new Set(
    (await walk.rows('waitingListEnd'))
      .filter(({ restoredAt, reason }) => restoredAt === null && (waiting || reason === 'lapsed'))
      .map(({ entryId }) => entryId),
  );
  const entries = await walk.rows('waitingListEntry');
  const entry = walk.pick(entries.filter(({ id }) => ended.has(id) !== waiting));
  return { entry, actor: await walk.for(entry.childId) };
}

/** An entry of another child of the same adults as come with it. */
async function siblingsOf(walk: Walk, childId: number): Promise<number[]> {
  const rights = await walk.rows('guardianship');
  const adults = new Set(rights.filter((row) => row.childId === childId).map(({ personId }) => personId));
  const children = new Set(
    rights.filter((row) => adults.has(row.personId) && row.childId !== childId).map((row) => row.childId),
  );
  const ended = new Set(
    (await walk.rows('waitingListEnd'))
      .filter((row) => row.restoredAt === null)
      .map(({ entryId }) => entryId),
  );
  const entries = (await walk.rows('waitingListEntry')).filter(
    (entry) => children.has(entry.childId) && !ended.has(entry.id),
  );
  return walk.random
    .shuffle(entries)
    .slice(0, 1)
    .map(({ id }) => id);
}

async function offerOf(walk: Walk, ended = false) {
  const offer = walk.pick((await walk.rows('offer')).filter(({ endedAt }) => (endedAt !== null) === ended));
  const group = (await walk.rows('careGroup')).find(({ id }) => id === offer.groupId)!;
  return { offer, admin: walk.admin(group.centreId), actor: await walk.for(offer.childId, group.centreId) };
}

/** Rounds that are open, with those who may decide on them. */
async function roundOf(walk: Walk) {
  const open = (await walk.rows('allocationRound')).filter(({ closedAt }) => closedAt === null);
  const due = open.filter(({ wishesUntil }) => wishesUntil < walk.today);
  const round = walk.pick(walk.random.chance(0.9) ? due : open);
  const { managers } = walk.country;
  return { round, actor: walk.pick(managers) };
}

const entryVerb = (name: string, weight: number, verb: typeof pauseEntry, waiting = true): Verb => ({
  name,
  weight,
  try: async (walk) => {
    const { entry, actor } = await entryOf(walk, waiting);
    return await walk.act(actor, verb, { entryId: entry.id });
  },
});

export const QUEUE_VERBS: readonly Verb[] = [
  {
    name: 'join queue',
    weight: 8,
    try: async (walk) => {
      const childId = walk.pick(await walk.rows('child')).id;
      const wish = await wishOf(walk);
      const withIds = walk.random.chance(0.25) ? await siblingsOf(walk, childId) : [];
      return await walk.act(await walk.for(childId), joinWithSiblings, { childId, withIds, ...wish });
    },
  },
  {
    name: 'change entry',
    weight: 3,
    try: async (walk) => {
      const { entry, actor } = await entryOf(walk);
      return await walk.act(actor, changeEntry, { entryId: entry.id, ...(await wishOf(walk)) });
    },
  },
  {
    name: 'siblings together',
    weight: 2,
    try: async (walk) => {
      const { entry, actor } = await entryOf(walk);
      const withIds = walk.random.chance(0.8) ? await siblingsOf(walk, entry.childId) : [];
      return await walk.act(actor, joinTogether, { entryId: entry.id, withIds });
    },
  },
  entryVerb('pause entry', 1, pauseEntry),
  entryVerb('resume entry', 2, resumeEntry),
  entryVerb('withdraw entry', 1, withdrawEntry),
  entryVerb('restore entry', 3, restoreEntry, false),
  {
    name: 'accept offer',
    weight: 8,
    try: async (walk) => {
      const { offer, actor } = await offerOf(walk);
      const channel = walk.random.pick(['page', 'sms'] as const);
      return await walk.act(actor, acceptOffer, { offerId: offer.id, channel });
    },
  },
  {
    name: 'refuse offer',
    weight: 3,
    try: async (walk) => {
      const { offer, actor } = await offerOf(walk);
      return await walk.act(actor, refuseOffer, { offerId: offer.id, channel: 'page' });
    },
  },
  {
    name: 'see offer',
    weight: 1,
    try: async (walk) => {
      const { offer, actor } = await offerOf(walk);
      return await walk.act(actor, seeOffer, { offerId: offer.id });
    },
  },
  {
    name: 'withdraw offer',
    weight: 2,
    try: async (walk) => {
      const { offer, admin } = await offerOf(walk);
      return await walk.act(admin, withdrawOffer, { offerId: offer.id, reason: 'Mistake' });
    },
  },
  {
    name: 'allow again',
    weight: 1,
    try: async (walk) => {
      const { offer, admin } = await offerOf(walk, true);
      return await walk.act(admin, allowAgain, { offerId: offer.id });
    },
  },
  {
    name: 'expire offer',
    weight: 1,
    try: async (walk) => {
      const { offer, admin } = await offerOf(walk);
      return await walk.act(admin, expireOffer, { offerId: offer.id });
    },
  },
  {
    name: 'answer again',
    weight: 1,
    try: async (walk) => {
      const { offer, actor } = await offerOf(walk, true);
      const verb = walk.random.pick([acceptOffer, refuseOffer] as const);
      return await walk.act<{ offerId: number; channel: 'page' }, unknown>(actor, verb, {
        offerId: offer.id,
        channel: 'page',
      });
    },
  },
  {
    name: 'postpone arrival',
    weight: 3,
    try: async (walk) => {
      const accepted = (await walk.rows('offerEnd')).filter(({ outcome }) => outcome === 'accepted');
      const { offerId } = walk.pick(accepted);
      const offer = (await walk.rows('offer')).find(({ id }) => id === offerId)!;
      const toDate = addDays(offer.startsOn, walk.random.int(1, 12));
      return await walk.act(await walk.for(offer.childId), postponeArrival, { offerId, toDate });
    },
  },
  {
    name: 'open round',
    weight: 3,
    try: async (walk) => {
      const { random, today } = walk;
      const wishesUntil = addDays(today, random.int(0, 1));
      const { entry } = await entryOf(walk);
      if (entry.startsOn <= wishesUntil && random.chance(0.9)) return walk.pick([]);
      return await walk.act(walk.pick(walk.country.managers), openRound, {
        regionCode: '75',
        centreId: random.chance(0.5) ? walk.pick(walk.country.centreIds) : null,
        name: 'Round',
        startsOn: addDays(wishesUntil, random.pick([1, 1, 1, 5])),
        wishesUntil,
      });
    },
  },
  {
    name: 'preview round',
    weight: 2,
    try: async (walk) => {
      const { round, actor } = await roundOf(walk);
      const wish = { roundId: round.id, rule: walk.random.pick(['stable', 'common', 'strict'] as const) };
      walk.tell(actor, wish);
      const { database, now } = walk.world;
      return await previewRound(database, { now, actor, operation: walk.world.operation() }, wish);
    },
  },
  {
    name: 'approve preview',
    weight: 3,
    try: async (walk) => {
      const { round, actor } = await roundOf(walk);
      const previews = (await walk.rows('allocationPreview')).filter(({ roundId }) => roundId === round.id);
      return await walk.act(actor, approvePreview, {
        roundId: round.id,
        previewId: walk.pick(previews.slice(-1)).id,
      });
    },
  },
  {
    name: 'publish round',
    weight: 3,
    try: async (walk) => {
      const { round, actor } = await roundOf(walk);
      const approved = new Set((await walk.rows('allocationApproval')).map(({ previewId }) => previewId));
      const previews = (await walk.rows('allocationPreview')).filter(
        ({ id, roundId }) => roundId === round.id && approved.has(id),
      );
      return await walk.act(actor, publishRound, { roundId: round.id, previewId: walk.pick(previews).id });
    },
  },
  {
    name: 'decide a round',
    weight: 3,
    try: async (walk) => {
      const { round } = await roundOf(walk);
      const [one, two] = walk.country.managers as [never, never];
      const { database, now } = walk.world;
      walk.tell(one, { roundId: round.id });
      const request = { now, actor: one, operation: walk.world.operation() };
      const rule = walk.random.pick(['stable', 'common', 'strict'] as const);
      const { id: previewId } = await previewRound(database, request, { roundId: round.id, rule });
      const chosen = { roundId: round.id, previewId };
      await walk.act(two, approvePreview, chosen);
      return await walk.act(two, publishRound, chosen);
    },
  },
  {
    name: 'end round',
    weight: 0.3,
    try: async (walk) => {
      const { round, actor } = await roundOf(walk);
      return await walk.act(actor, endRound, { roundId: round.id });
    },
  },
];
