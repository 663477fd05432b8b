import { z } from 'zod';
import { daysBetween } from '../../../domain/calendar.ts';
import type { IdleContract, OpenDemand, Shortage } from '../../../domain/draft.ts';
import type { RosterFinding } from '../../../domain/working-time.ts';
import type { StoredRoster } from '../../../data/rosters.ts';
import type { StoredShift } from '../../../data/shifts.ts';
import type { Staff } from '../../../data/staff.ts';
import { MOST_DRAFT_DAYS } from '../../../use-cases/drafting.ts';
import { named } from './named.ts';
import { rosterFinding } from './problem.ts';
import { count, date, dateAsked, id, instant, issue, ref, time, timeOf } from './values.ts';

const stretch = z.strictObject({ groupId: id, from: time, to: time });

const shift = named(
  'Shift',
  z.strictObject({
    id,
    staff: z.strictObject({ id, ref, name: z.string(), post: z.string() }),
    date,
    from: time,
    to: time,
    breakFrom: time.nullable().meta({ description: 'Half an hour that is neither work nor presence.' }),
    fixed: z.boolean().meta({ description: 'Set by a person: the solver keeps it.' }),
    groups: z
      .array(stretch)
      .meta({ description: 'Which group it serves when; capacity follows from these.' }),
  }),
);

const uncovered = named(
  'Uncovered',
  z.strictObject({
    date,
    from: time,
    to: time,
    level: z.int().min(0).max(2).nullable(),
    skill: z.string().nullable(),
    missing: count,
    kind: z.enum(['legal', 'quality']),
    why: z.array(z.string()),
    closes: z.string().meta({ description: 'What would close it.' }),
  }),
);

const idle = named(
  'IdleContract',
  z.strictObject({
    staffId: id,
    week: date.meta({ description: 'Its Monday.' }),
    minutes: count,
    why: z
      .array(z.strictObject({ reason: z.string(), halfHours: count, date: date.nullable() }))
      .meta({ description: 'At how many half-hours that lack somebody, and the first of them.' }),
  }),
);

const shortage = named(
  'Shortage',
  z.strictObject({
    groupId: id,
    date,
    at: z.array(time).meta({ description: 'Half-hours at which staff, or a skill, are fewer than booked.' }),
    children: z.array(id).meta({ description: 'Children with a stay then. Nothing of it is cancelled.' }),
    skills: z.array(z.string()),
  }),
);

export const roster = named(
  'Roster',
  z.strictObject({
    id,
    centreId: id,
    from: date,
    to: date,
    state: z.enum(['draft', 'published']),
    madeAt: instant,
    publishedAt: instant.nullable(),
    version: count,
    shifts: z.array(shift),
    uncovered: z.array(uncovered).meta({ description: 'Demand that the draft leaves open, and why.' }),
    idle: z.array(idle).meta({ description: 'Contract minutes that the draft leaves unused, and why.' }),
    cost: z.record(z.string(), z.number()).nullable(),
    bound: z.number().nullable(),
    gap: z.number().nullable().meta({ description: '(cost − bound) / payroll.' }),
    proved: z.boolean(),
    continuity: z.number().nullable().meta({ description: 'Share of half-hours with a known face, 0–1.' }),
    shortages: z.array(shortage).meta({ description: 'As it was published.' }),
  }),
);

export const publication = named(
  'RosterPublication',
  z.strictObject({
    id,
    days: count,
    groupDays: count,
    shortages: z.array(shortage),
    warnings: z.array(rosterFinding),
    told: count.meta({ description: 'Adults told of days that became firm or are at risk.' }),
  }),
);

const LONGEST_SOLVING = 60;

export const rosterAsked = z
  .strictObject({
    from: dateAsked,
    to: dateAsked,
    seconds: z.int().min(1).max(LONGEST_SOLVING).optional(),
    keep: z.string().max(100).optional().meta({ description: 'A draft whose shifts set by hand are kept.' }),
  })
  .superRefine(({ from, to }, context) => {
    if (to < from) context.addIssue(issue('invalid', 'to'));
    else if (daysBetween(from, to) >= MOST_DRAFT_DAYS) context.addIssue(issue('too_wide', 'to'));
  });

export const publicationAsked = z.strictObject({
  version: z.int().min(1).optional().meta({ description: 'Of the draft as it was seen.' }),
});

const showUncovered = (gap: OpenDemand): z.output<typeof uncovered> => ({
  date: gap.date,
  from: timeOf(gap.from),
  to: timeOf(gap.to),
  level: gap.level,
  skill: gap.skill,
  missing: gap.missing,
  kind: gap.kind,
  why: [...gap.why],
  closes: gap.closes,
});

const showIdle = ({ staffId, week, minutes, why }: IdleContract): z.output<typeof idle> => ({
  staffId: String(staffId),
  week,
  minutes,
  why: why.map((each) => ({ ...each })),
});

export const showShortage = (each: Shortage): z.output<typeof shortage> => ({
  groupId: String(each.groupId),
  date: each.date,
  at: each.halfHours.map(timeOf),
  children: each.childIds.map(String),
  skills: [...each.skills],
});

export const showFinding = (finding: RosterFinding): z.output<typeof rosterFinding> => ({
  ...finding,
  staffId: finding.staffId === null ? null : String(finding.staffId),
});

function showShift(row: StoredShift, staff: ReadonlyMap<number, Staff>): z.output<typeof shift> {
  const who = staff.get(row.staffId)!;
  return {
    id: String(row.id),
    staff: { id: String(who.id), ref: who.ref, name: who.name, post: who.post },
    date: row.date,
    from: timeOf(row.from),
    to: timeOf(row.to),
    breakFrom: row.breakFrom === null ? null : timeOf(row.breakFrom),
    fixed: row.fixed,
    groups: row.stretches.map(({ groupId, from, to }) => ({
      groupId: String(groupId),
      from: timeOf(from),
      to: timeOf(to),
    })),
  };
}

export function showRoster(
  row: StoredRoster,
  shifts: readonly StoredShift[],
  staff: readonly Staff[],
): z.output<typeof roster> {
  const byId = new Map(staff.map((each) => [each.id, each]));
  const { outcome } = row;
  return {
    id: String(row.id),
    centreId: String(row.centreId),
    from: row.startsOn,
    to: row.endsOn,
    state: row.publishedAt === null ? 'draft' : 'published',
    madeAt: row.madeAt,
    publishedAt: row.publishedAt,
    version: row.version,
    shifts: shifts.map((each) => showShift(each, byId)),
    uncovered: (outcome?.uncovered ?? []).map(showUncovered),
    idle: (outcome?.idle ?? []).map(showIdle),
    cost: outcome ? { ...outcome.cost } : null,
    bound: outcome?.bound ?? null,
    gap: outcome?.gap ?? null,
    proved: outcome?.proved ?? false,
    continuity: outcome?.continuity ?? null,
    shortages: (row.shortages ?? []).map(showShortage),
  };
}
