import { formatDate } from '../../domain/calendar-words.ts';
import { formatSlot } from '../../domain/slots.ts';
import type { PlainDate } from '../../domain/calendar.ts';
import type { SwapProblem } from '../../domain/shift-swap.ts';
import type { RosterFinding } from '../../domain/working-time.ts';
import type { Reading } from '../../data/database.ts';
import { listSwapShifts, type ShiftSwap, type SwapShift } from '../../data/shift-swaps.ts';
import { listStaff, type Staff } from '../../data/staff.ts';
import type { Language, T } from '../../i18n/translate.ts';
import { findingWords, dayWords, skillWord, type Names } from './roster-words.ts';

/** 'Дс 08.02 08:00–16:30' */
export function shiftOnDay(shift: { date: PlainDate; from: number; to: number }, language: Language): string {
  return `${dayWords(shift.date, language)} ${formatSlot(shift)}`;
}

/** Why a swap cannot be, in a sentence; names are those of the centre's staff. */
export function problemWords(problem: SwapProblem, names: Names, t: T): string {
  if (problem.kind === 'cover') {
    const day = formatDate(problem.date);
    if (problem.skills.length === 0) return t('swap.no_cover', { day });
    return t('swap.no_skill', { day, skills: problem.skills.map((skill) => skillWord(skill, t)).join(', ') });
  }
  const [first] = problem.findings;
  if (!first) return t('swap.gone');
  const { name, day, what } = findingWords(first, names, t);
  return t('swap.rule', { name, day, what });
}

/** What a refusal to swap carries, as problemWords takes it. */
export function problemOf(details: Readonly<Record<string, unknown>>): SwapProblem {
  return (
    (details['problem'] as SwapProblem | undefined) ?? {
      kind: 'law',
      findings: (details['findings'] as RosterFinding[] | undefined) ?? [],
    }
  );
}

const TONES = {
  waiting: 'warn',
  agreed: 'info',
  confirmed: 'good',
  declined: 'off',
  refused: 'off',
  withdrawn: 'off',
  past: 'off',
} as const;

/** Shifts and people of some swaps, read at once. */
export interface SwapFacts {
  readonly shifts: ReadonlyMap<number, SwapShift>;
  readonly staff: readonly Staff[];
}

export async function readSwapFacts(
  tx: Reading,
  swaps: readonly ShiftSwap[],
  centreIds: readonly number[],
): Promise<SwapFacts> {
  const ids = swaps.flatMap(({ shiftId, returnShiftId }) =>
    returnShiftId === null ? [shiftId] : [shiftId, returnShiftId],
  );
  const staff: Staff[] = [];
  for (const centreId of new Set(centreIds)) staff.push(...(await listStaff(tx, centreId)));
  return { shifts: new Map((await listSwapShifts(tx, ids)).map((shift) => [shift.id, shift])), staff };
}

/** How a swap stands, and what it is about, in words. */
export function swapWords(swap: ShiftSwap, { shifts, staff }: SwapFacts, t: T) {
  const state =
    swap.endedAt === null ? (swap.agreedAt === null ? 'waiting' : 'agreed') : (swap.outcome ?? 'past');
  const say = (id: number | null) => {
    const shift = id === null ? undefined : shifts.get(id);
    return shift ? shiftOnDay(shift, t.language) : '–';
  };
  const colleague = staff.find((each) => each.id === swap.withStaffId);
  const asker = staff.find(
    (each) =>
      each.personId !== null && each.personId === swap.askedBy && each.centreId === colleague?.centreId,
  );
  const words = {
    asker: asker?.name ?? '–',
    colleague: colleague?.name ?? '–',
    given: say(swap.shiftId),
    returned: say(swap.returnShiftId),
  };
  return {
    id: String(swap.id),
    ...words,
    text: t(swap.returnShiftId === null ? 'swap.takes' : 'swap.swaps', words),
    state: t(`swap.state_${state}`),
    tone: TONES[state],
    note: swap.note,
    endNote: swap.endNote ?? '',
  };
}
