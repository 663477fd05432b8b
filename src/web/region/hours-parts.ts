import { addDays, type Instant, type PlainDate } from '../../domain/calendar.ts';
import { collator } from '../../domain/names.ts';
import { addProfiles, profileOf, type WeekProfile } from '../../domain/week-profile.ts';
import { findCentre, listCentres } from '../../data/centres.ts';
import { listDaysOf } from '../../data/group-days.ts';
import { findGroup, listGroups } from '../../data/groups.ts';
import { findProfiles } from '../../data/week-profiles.ts';
import type { Context } from '../context.ts';
import { centreAddress, centreName, districtName } from '../names.ts';
import { paths } from '../paths.ts';
import type { Filter } from './filter.ts';
import type { Part } from './hours-table.ts';

/** What the half-hours of a week are made of, as at an instant. */
export interface HoursSeen {
  readonly profile: WeekProfile;
  readonly parts: readonly Part[];
  readonly asAt: Instant;
}

type Kept = Partial<Filter>;

/** A region's centres: their profiles as they were last written, those that are not written counted now. */
export async function readRegionParts(
  context: Context,
  week: PlainDate,
  kept: Kept,
): Promise<Omit<HoursSeen, 'profile'>> {
  const { now, language } = context;
  const code = context.text('regionCode');
  const { centres, profiles } = await context.database.read(async (tx) => {
    const all = await listCentres(tx, { regionCode: code });
    return {
      centres: all,
      profiles: await findProfiles(
        tx,
        all.map((centre) => centre.id),
        week,
        now,
      ),
    };
  });
  const { compare } = collator(language);
  const parts = centres
    .map((centre, at): Part => ({
      name: centreName(centre, language),
      note: districtName(centre.district, language),
      href: paths.regionCentreHours(code, centre.id, { ...kept, week }),
      profile: profiles[at]!,
    }))
    .toSorted((a, b) => compare(a.name, b.name));
  const asAt = profiles.map((profile) => profile.asAt).reduce((a, b) => (a < b ? a : b), now);
  return { parts, asAt };
}

/** The same with all of them together. */
export async function readRegionHours(context: Context, week: PlainDate, kept: Kept): Promise<HoursSeen> {
  const { parts, asAt } = await readRegionParts(context, week, kept);
  return { profile: addProfiles(parts.map((part) => part.profile)), parts, asAt };
}

/** A centre's groups as they stand now. */
export async function readCentreHours(context: Context, week: PlainDate, kept: Kept) {
  const { now, language } = context;
  const code = context.text('regionCode');
  const centreId = context.id('centreId');
  const { centre, groups, days } = await context.database.read(async (tx) => {
    const all = await listGroups(tx, centreId);
    const ids = all.map((group) => group.id);
    return {
      centre: (await findCentre(tx, centreId))!,
      groups: all,
      days: await listDaysOf(tx, { groupIds: ids, from: week, to: addDays(week, 6) }),
    };
  });
  const ofGroup = Map.groupBy(days, (day) => day.groupId);
  const { compare } = collator(language);
  const parts = groups
    .filter((group) => ofGroup.has(group.id))
    .map((group): Part => ({
      name: group.name,
      note: context.t(`category.${group.category}`),
      href: paths.regionGroupHours(code, centreId, group.id, { ...kept, week }),
      profile: profileOf(ofGroup.get(group.id) ?? []),
    }))
    .toSorted((a, b) => compare(a.name, b.name));
  return {
    name: centreName(centre, language),
    address: centreAddress(centre, language),
    profile: profileOf(days),
    parts,
    asAt: now,
  };
}

/** One group as it stands now: its seven days. */
export async function readGroupHours(context: Context, week: PlainDate) {
  const { now, language } = context;
  const groupId = context.id('groupId');
  const { centre, group, days } = await context.database.read(async (tx) => ({
    centre: (await findCentre(tx, context.id('centreId')))!,
    group: (await findGroup(tx, groupId))!,
    days: await listDaysOf(tx, { groupIds: [groupId], from: week, to: addDays(week, 6) }),
  }));
  const profile = profileOf(days);
  const note = context.t(`category.${group.category}`);
  const parts: Part[] = [{ name: group.name, note, href: '', profile }];
  return { name: group.name, centre: centreName(centre, language), note, profile, parts, asAt: now };
}
