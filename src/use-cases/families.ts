import { maxOf, minOf, type PlainDate } from '../domain/calendar.ts';
import { initials } from '../domain/names.ts';
import { listCentres } from '../data/centres.ts';
import { listPeopleToTell } from '../data/adults.ts';
import { chunksOf } from '../data/claims.ts';
import { insertMessages, type MessageKind } from '../data/messages.ts';
import { todayOf, type Work } from './perform.ts';

/** A booking about which its family is told something. */
export interface Concerned {
  readonly childId: number;
  readonly childName: string;
  readonly centreId: number;
  readonly date: PlainDate;
  /** Whether the child is, or was, at the centre. */
  readonly arrived: boolean;
}

export interface News {
  readonly kind: MessageKind;
  readonly data: Record<string, string | number>;
}

/** Adults who are told about some children today, each with those children. */
async function adultsToTell(
  work: Work,
  claims: readonly Concerned[],
): Promise<{ childId: number; personId: number; maySee: boolean }[]> {
  const childIds = [...new Set(claims.map((claim) => claim.childId))];
  const pairs: { childId: number; personId: number; maySee: boolean }[] = [];
  for (const chunk of chunksOf(childIds))
    pairs.push(...(await listPeopleToTell(work.tx, chunk, todayOf(work))));
  return pairs;
}

/** How many families are concerned: children with the same first adult to tell are one; a child with none is its own. */
export async function countFamilies(work: Work, claims: readonly Concerned[]): Promise<number> {
  const family = new Map<number, string>(claims.map(({ childId }) => [childId, `child ${childId}`]));
  const pairs = await adultsToTell(work, claims);
  for (const { childId, personId } of pairs.toSorted((a, b) => b.personId - a.personId)) {
    family.set(childId, `adult ${personId}`);
  }
  return new Set(family.values()).size;
}

const joined = (texts: readonly string[], separator: string) => [...new Set(texts)].join(separator);

/**
 * Writes one message per adult who is told about any of these bookings' children; gives how many. It speaks of the
 * adult's own children only, by their initials: the centres in Russian and Kazakh, the number of bookings and of days,
 * the first and last day, and how many of the children are there now. `news` may differ with what concerns each adult
 * and with the children whose pages they may open; where it has none for them, they are not told.
 */
export async function tellFamilies<Claim extends Concerned>(
  work: Work,
  claims: readonly Claim[],
  news: News | ((own: readonly Claim[], seen: ReadonlySet<number>) => News | undefined),
): Promise<number> {
  const pairs = await adultsToTell(work, claims);
  const centreIds = [...new Set(claims.map((claim) => claim.centreId))];
  const centres = new Map(
    (await listCentres(work.tx, { ids: centreIds })).map((centre) => [centre.id, centre]),
  );
  const claimsOf = Map.groupBy(claims, (claim) => claim.childId);
  const messages = [...Map.groupBy(pairs, (pair) => pair.personId)].flatMap(([personId, own]) => {
    const childIds = [...new Set(own.map((pair) => pair.childId))];
    const concerned = childIds.flatMap((childId) => claimsOf.get(childId) ?? []);
    const seen = new Set(own.filter((pair) => pair.maySee).map((pair) => pair.childId));
    const told = typeof news === 'function' ? news(concerned, seen) : news;
    if (told === undefined) return [];
    const { kind, data } = told;
    const dates = concerned.map((claim) => claim.date);
    const at = concerned.flatMap((claim) => centres.get(claim.centreId) ?? []);
    const present = concerned.filter((claim) => claim.arrived && claim.date === todayOf(work));
    return {
      personId,
      kind,
      createdAt: work.now,
      data: {
        centreRu: joined(
          at.map((centre) => centre.nameRu),
          '; ',
        ),
        centreKk: joined(
          at.map((centre) => centre.nameKk),
          '; ',
        ),
        children: childIds.map((childId) => initials(claimsOf.get(childId)?.[0]?.childName ?? '')).join(', '),
        bookings: concerned.length,
        days: new Set(dates).size,
        firstDate: minOf(dates) ?? '',
        lastDate: maxOf(dates) ?? '',
        present: present.length,
        ...data,
      },
    };
  });
  await insertMessages(work.tx, messages);
  return messages.length;
}

/** Writes one message to each of these adults but for whoever does it. */
export async function tellAdults(work: Work, personIds: readonly number[], news: News): Promise<void> {
  const { tx, now, actor } = work;
  const others = [...new Set(personIds)].filter((personId) => personId !== actor.personId);
  await insertMessages(
    tx,
    others.map((personId) => ({ personId, ...news, createdAt: now })),
  );
}
