import type { NewShift } from '../../src/data/shifts.ts';
import type { WrittenChild } from './families.ts';
import { writeCandidacies, writeRescue } from './family-moments.ts';
import type { Stage, WrittenCentre } from './stage.ts';
import { askForReplacement, closeLastMonth, writeClockings } from './staff-moments.ts';

/**
 * What the pages of the demo's own centre show besides plans: who came and went, hours that were rescued, a replacement
 * that is being looked for, parents who want to work here. None of it changes what other centres are made of.
 */
export async function writeMoments(
  stage: Stage,
  centre: WrittenCentre,
  families: readonly WrittenChild[],
  worked: readonly NewShift[],
): Promise<void> {
  await writeClockings(stage, centre, worked);
  await closeLastMonth(stage, centre, worked);
  await writeRescue(stage, centre);
  await writeCandidacies(stage, centre, families);
  await askForReplacement(stage, centre);
}
