import { instantAt, type PlainDate } from '../../domain/calendar.ts';
import type { IcsEvent } from '../../domain/ics.ts';
import { formatSlot, MINUTES_PER_HALF_HOUR } from '../../domain/slots.ts';
import { findCentre, type Centre } from '../../data/centres.ts';
import type { Reading } from '../../data/database.ts';
import { listGroups } from '../../data/groups.ts';
import { countRosterChanges } from '../../data/roster-changes.ts';
import type { StoredShift } from '../../data/shifts.ts';
import { listStandingShifts } from '../../data/standing-shifts.ts';
import { leaveHolds, listContractsOf, listLeaveOf, type Leave } from '../../data/staff.ts';
import type { T } from '../../i18n/translate.ts';
import { centreAddress, centreName } from '../names.ts';
import { paths } from '../paths.ts';

/** A person's published shifts as their calendar needs them, under each of their contracts. */
export interface FeedShifts {
  readonly shifts: readonly StoredShift[];
  readonly leave: readonly Leave[];
  /** By contract. */
  readonly centres: ReadonlyMap<number, Centre>;
  readonly groups: ReadonlyMap<number, string>;
  /** By contract: how often rosters were changed at its centre. Programs show the newest of one day. */
  readonly changes: ReadonlyMap<number, number>;
}

export async function readFeedShifts(
  tx: Reading,
  personId: number,
  span: { readonly from: PlainDate; readonly to: PlainDate },
): Promise<FeedShifts> {
  const contracts = await listContractsOf(tx, [personId]);
  const staffIds = contracts.map((each) => each.id);
  const centres = new Map<number, Centre>();
  const groups = new Map<number, string>();
  const changes = new Map<number, number>();
  for (const { id, centreId } of contracts) {
    const centre = await findCentre(tx, centreId);
    if (centre) centres.set(id, centre);
    for (const group of await listGroups(tx, centreId)) groups.set(group.id, group.name);
    changes.set(id, await countRosterChanges(tx, centreId));
  }
  return {
    shifts: await listStandingShifts(tx, { staffIds, ...span }),
    leave: (await listLeaveOf(tx, staffIds, span)).filter(leaveHolds),
    centres,
    groups,
    changes,
  };
}

/** Own shifts, one a day and contract: groups by name, and nothing of any child. On leave the day is called off. */
export function shiftEvents(
  { shifts, leave, centres, groups, changes }: FeedShifts,
  baseUrl: string,
  t: T,
): IcsEvent[] {
  return shifts.map(({ staffId, date, from, to, stretches }) => {
    const centre = centres.get(staffId);
    const away = leave.some(
      (each) => each.staffId === staffId && each.startsOn <= date && date <= each.endsOn,
    );
    const parts = stretches.map(
      (stretch) => `${formatSlot(stretch)} · ${groups.get(stretch.groupId) ?? '–'}`,
    );
    return {
      uid: `shift-${staffId}-${date}@kundiz`,
      sequence: changes.get(staffId) ?? 0,
      start: instantAt(date, from * MINUTES_PER_HALF_HOUR),
      end: instantAt(date, to * MINUTES_PER_HALF_HOUR),
      summary: away
        ? t('feed.on_leave')
        : t('feed.shift', { centre: centre ? centreName(centre, t.language) : '–' }),
      description: parts.join('\n'),
      location: centre ? centreAddress(centre, t.language) : '',
      url: `${baseUrl}${paths.myShifts()}`,
      cancelled: away,
    };
  });
}
