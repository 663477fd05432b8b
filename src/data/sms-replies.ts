import { and, desc, eq, or } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { Reading } from './database.ts';
import { holdsOn } from './dated.ts';

/** An offer that somebody with this telephone may answer, and who that is. */
export interface RepliedOffer {
  readonly offerId: number;
  readonly endedAt: Instant | null;
  readonly nameRu: string;
  readonly nameKk: string;
  readonly startsOn: PlainDate;
  readonly personId: number;
  readonly name: string;
  readonly login: string | null;
}

/** Offers with a reply code to children for whom an adult with this telephone may book on a day; the newest first. */
export async function listRepliedOffers(
  tx: Reading,
  { phone, code, on }: { phone: string; code: string; on: PlainDate },
): Promise<RepliedOffer[]> {
  const { offer: o, guardianship: g, person: p, careGroup, centre: c } = tx.t;
  return await tx.db
    .select({
      offerId: o.id,
      endedAt: o.endedAt,
      nameRu: c.nameRu,
      nameKk: c.nameKk,
      startsOn: o.startsOn,
      personId: p.id,
      name: p.name,
      login: p.login,
    })
    .from(o)
    .innerJoin(careGroup, eq(careGroup.id, o.groupId))
    .innerJoin(c, eq(c.id, careGroup.centreId))
    .innerJoin(g, eq(g.childId, o.childId))
    .innerJoin(p, eq(p.id, g.personId))
    .where(
      and(
        eq(o.replyCode, code),
        or(eq(p.phone, phone), eq(p.login, phone)),
        eq(g.mayBook, true),
        holdsOn(g, on),
      ),
    )
    .orderBy(desc(o.id), desc(p.id));
}

/** Somebody to whom an answer to this telephone is addressed; undefined where nobody has it. */
export async function findPhoneOwner(tx: Reading, phone: string): Promise<number | undefined> {
  const { person: p } = tx.t;
  const [row] = await tx.db
    .select({ id: p.id })
    .from(p)
    .where(or(eq(p.phone, phone), eq(p.login, phone)))
    .orderBy(p.id)
    .limit(1);
  return row?.id;
}
