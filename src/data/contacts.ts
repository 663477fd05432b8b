import { and, eq, ne } from './sql.ts';
import type { Reading, Writing } from './database.ts';

/** How a person is reached and signs in. */
export interface Contact {
  readonly name: string;
  readonly login: string | null;
  readonly phone: string | null;
  readonly hasPassword: boolean;
}

export async function findContact(tx: Reading, personId: number): Promise<Contact | undefined> {
  const { person: p } = tx.t;
  const [row] = await tx.db
    .select({ name: p.name, login: p.login, phone: p.phone, passwordHash: p.passwordHash })
    .from(p)
    .where(eq(p.id, personId));
  return (
    row && { name: row.name, login: row.login, phone: row.phone, hasPassword: row.passwordHash !== null }
  );
}

/** Whether somebody else signs in with this. */
export async function isLoginTaken(tx: Reading, login: string, by: number): Promise<boolean> {
  const { person: p } = tx.t;
  const rows = await tx.db
    .select({ id: p.id })
    .from(p)
    .where(and(eq(p.login, login), ne(p.id, by)))
    .limit(1);
  return rows.length > 0;
}

export async function updateContact(
  tx: Writing,
  personId: number,
  contact: { readonly login: string | null; readonly phone: string },
): Promise<void> {
  await tx.db.update(tx.t.person).set(contact).where(eq(tx.t.person.id, personId));
}
