import { eq } from './sql.ts';
import type { Writing } from './database.ts';
import type { NewShift } from './shifts.ts';

/** Writes a shift anew under its id, with its time in groups. */
export async function rewriteShift(tx: Writing, id: number, shift: NewShift): Promise<void> {
  const { shift: s, shiftStretch: stretch } = tx.t;
  const { staffId, date, from, to, breakFrom, fixed = false, stretches } = shift;
  await tx.db
    .update(s)
    .set({ staffId, date, fromHalfHour: from, toHalfHour: to, breakFrom, fixed })
    .where(eq(s.id, id));
  await tx.db.delete(stretch).where(eq(stretch.shiftId, id));
  if (stretches.length === 0) return;
  await tx.db.insert(stretch).values(
    stretches.map(({ groupId, from: fromHalfHour, to: toHalfHour }) => ({
      shiftId: id,
      groupId,
      fromHalfHour,
      toHalfHour,
    })),
  );
}
