import { and, asc, eq, inArray, or } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import { searchName } from '../domain/names.ts';
import { listAdultsBy } from './registration.ts';
import type { Reading } from './database.ts';

export interface LikelyChild {
  readonly id: number;
  readonly name: string;
  readonly searchName: string;
  readonly birthDate: PlainDate;
  readonly iin: string | null;
}

/** Children who may be the same one: of this IIN, or of this name and date of birth. */
export async function listLikelyChildren(
  tx: Reading,
  about: { readonly name: string; readonly birthDate: PlainDate; readonly iin: string | null },
): Promise<LikelyChild[]> {
  const { child: c } = tx.t;
  const sameName = and(eq(c.searchName, searchName(about.name)), eq(c.birthDate, about.birthDate));
  return await tx.db
    .select({ id: c.id, name: c.name, searchName: c.searchName, birthDate: c.birthDate, iin: c.iin })
    .from(c)
    .where(about.iin === null ? sameName : or(eq(c.iin, about.iin), sameName))
    .orderBy(asc(c.id))
    .limit(10);
}

export interface LikelyAdult {
  readonly id: number;
  readonly name: string;
  readonly searchName: string;
}

/** People who have this phone or e-mail already. */
export async function listLikelyAdults(
  tx: Reading,
  contact: { readonly phone: string; readonly email: string | null },
): Promise<LikelyAdult[]> {
  const { person: p } = tx.t;
  const known = await listAdultsBy(tx, contact);
  if (known.length === 0) return [];
  const ids = known.slice(0, 10).map((each) => each.id);
  return await tx.db
    .select({ id: p.id, name: p.name, searchName: p.searchName })
    .from(p)
    .where(inArray(p.id, ids))
    .orderBy(asc(p.id));
}
