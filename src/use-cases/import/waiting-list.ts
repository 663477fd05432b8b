import type { Instant, PlainDate } from '../../domain/calendar.ts';
import type { PatternJson } from '../../domain/pattern.ts';
import { insertAll } from '../../data/import.ts';
import { listEntries, updateEntry } from '../../data/import-waiting-list.ts';
import type { ImportedChild } from './children.ts';
import { Fields } from './fields.ts';
import type { ImportedGroup } from './groups.ts';
import { changesOf, Tally, type ImportWork } from './matching.ts';
import type { Problems } from './problems.ts';
import type { WaitingJson } from './shape.ts';

export interface WaitingRow {
  readonly at: Fields;
  readonly childRef: string;
  readonly choices: readonly string[];
  readonly values: {
    readonly pattern: PatternJson;
    readonly startsOn: PlainDate;
    readonly minimumMinutesPerWeek?: number | null;
    /** Undefined: now, for an entry that is new. */
    readonly registeredAt?: Instant;
  };
}

export function readWaitingList(
  json: readonly WaitingJson[],
  now: Instant,
  problems: Problems,
): WaitingRow[] {
  const seen = new Map<string, number>();
  return json.map((each, index) => {
    const at = new Fields(problems, 'waitingList', index + 1);
    const minimum = each.minimumMinutesPerWeek;
    const startsOn = at.date('startsOn', each.startsOn);
    const registeredAt =
      each.registeredAt === undefined ? undefined : at.instant('registeredAt', each.registeredAt);
    if (registeredAt !== undefined && registeredAt > now) at.bad('registeredAt', 'is in the future');
    const key = JSON.stringify([each.child, startsOn]);
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, at.row);
    else at.bad('startsOn', `is also asked for this child in row ${earlier}`);
    each.choices.forEach((ref, choice) => {
      if (each.choices.indexOf(ref) < choice) at.bad(`choices.${choice}`, 'is named twice');
    });
    return {
      at,
      childRef: each.child,
      choices: each.choices,
      values: {
        pattern: at.pattern('pattern', each.pattern, true),
        startsOn,
        ...(minimum === undefined ? {} : { minimumMinutesPerWeek: minimum }),
        ...(registeredAt === undefined ? {} : { registeredAt }),
      },
    };
  });
}

/** Writes the waiting list. An entry is the same as before when its child and the day it asks for are. */
export async function writeWaitingList(
  { tx, now }: ImportWork,
  rows: readonly WaitingRow[],
  children: ReadonlyMap<string, ImportedChild>,
  groups: ReadonlyMap<string, ImportedGroup>,
): Promise<Tally> {
  const tally = new Tally();
  const childIds = [...new Set(rows.map((row) => children.get(row.childRef)!.id))];
  const keyOf = (childId: number, startsOn: PlainDate) => `${childId} ${startsOn}`;
  const known = new Map(
    (await listEntries(tx, childIds)).map((entry) => [keyOf(entry.childId, entry.startsOn), entry]),
  );
  const fresh: { row: WaitingRow; childId: number; choices: number[] }[] = [];
  for (const row of rows) {
    const child = children.get(row.childRef)!;
    const wanted = row.choices.map((ref) => groups.get(ref)!);
    wanted.forEach((group, at) => {
      if (group.category !== child.category)
        row.at.bad(`choices.${at}`, 'is a group of another category', 'wrong_category');
    });
    const choices = wanted.map((group) => group.id);
    const stored = known.get(keyOf(child.id, row.values.startsOn));
    if (!stored) {
      fresh.push({ row, childId: child.id, choices });
      continue;
    }
    const changes = changesOf<object>(stored, { ...row.values, choices });
    if (changes) {
      const fields = changesOf(stored, row.values) ?? {};
      await updateEntry(tx, stored.id, fields, choices);
    }
    tally.count(changes ? 'updated' : 'unchanged');
  }
  const ids = await insertAll(
    tx,
    tx.t.waitingListEntry,
    fresh.map(({ row, childId }) => ({
      childId,
      registeredAt: now,
      minimumMinutesPerWeek: null,
      ...row.values,
    })),
  );
  await insertAll(
    tx,
    tx.t.waitingListChoice,
    fresh.flatMap(({ choices }, at) =>
      choices.map((groupId, index) => ({ entryId: ids[at]!, groupId, preference: index + 1 })),
    ),
  );
  for (const _ of fresh) tally.count('created');
  return tally;
}
