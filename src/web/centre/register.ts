import { alphabetical } from '../../domain/names.ts';
import { listRegister, type RegisteredChild } from '../../data/registration.ts';
import type { Context } from '../context.ts';

/** The children a centre knows by a part of their name, in the alphabet of the reader. */
export async function findInRegister(context: Context, search: string): Promise<RegisteredChild[]> {
  const found = await context.database.read((tx) => listRegister(tx, context.id('centreId'), search));
  return found.toSorted(alphabetical(context.language));
}
