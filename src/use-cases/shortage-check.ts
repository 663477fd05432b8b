import type { Finding } from '../domain/day-check.ts';
import { listUncut } from '../data/curtailments.ts';
import type { Reading } from '../data/database.ts';
import { listUncovered } from '../data/open-shifts.ts';

/** An open shift that is closed has its end, one that is covered its shift; whoever was cut for want of staff lost minutes. */
export async function checkShortages(tx: Reading): Promise<Finding[]> {
  const uncovered = (await listUncovered(tx)).map(({ id, shiftId }): Finding => ({
    rule: 'open_shift',
    where: `open shift ${id}`,
    detail:
      shiftId === null
        ? 'is closed without an end, ended and open, or covered by no shift'
        : `shift ${shiftId} does not cover it`,
  }));
  const uncut = (await listUncut(tx)).map(({ bookingId, lostMinutes }): Finding => ({
    rule: 'curtailment',
    where: `booking ${bookingId}`,
    detail: `should have lost ${lostMinutes} minutes, and was neither cancelled nor shortened then`,
  }));
  return [...uncovered, ...uncut];
}
