import { z } from 'zod';
import { LANGUAGES } from '../../domain/language.ts';
import { CATEGORIES, ROLES } from '../../domain/people.ts';
import { POSTS } from '../../domain/staffing.ts';
import { SHEETS, type Problems, type Sheet } from './problems.ts';

/** Hours and patterns have a parser of their own (domain/pattern.ts), which is as strict. */
const pattern = z.unknown();
/** Without control characters and halves of letters, which databases refuse. */
const ref = z
  .string()
  .regex(/^\P{C}+$/u, 'is empty or holds invisible characters')
  .max(200);
const text = z.string().max(1000);

const group = z.strictObject({
  ref,
  name: text,
  category: z.enum(CATEGORIES),
  places: z.number(),
  fromAgeMonths: z.number().optional(),
  toAgeMonths: z.number().optional(),
  hours: pattern.optional(),
});

const centre = z.strictObject({
  ref,
  name: z.strictObject({ ru: text.optional(), kk: text.optional() }),
  region: z.string(),
  district: text.optional(),
  address: text.optional(),
  lat: z.number().min(-90).max(90).nullish(),
  lon: z.number().min(-180).max(180).nullish(),
  hours: pattern,
  groups: z.array(group).default([]),
});

const person = {
  ref,
  name: text,
  login: text.optional(),
  phone: text.optional(),
  password: z.string().min(1).max(1000).optional(),
  language: z.enum(LANGUAGES).optional(),
};

const guardian = z.strictObject({
  ...person,
  work: z.strictObject({ pattern, commuteMinutes: z.number().int().min(0).max(600).default(0) }).optional(),
});

export const RIGHTS = ['see', 'book', 'collect', 'told'] as const;

const child = z.strictObject({
  ref,
  name: text,
  iin: z.string().nullish(),
  iinMissingReason: text.nullish(),
  birthDate: z.string(),
  category: z.enum(CATEGORIES),
  supportWeight: z.number().optional(),
  skillsNeeded: z.array(text).optional(),
  guardians: z
    .array(z.union([ref, z.strictObject({ ref, may: z.array(z.enum(RIGHTS)).optional() })]))
    .optional(),
  priority: z.number().int().min(0).max(1000).optional(),
});

const staff = z.strictObject({
  ref,
  centre: ref,
  name: text,
  post: z.enum(POSTS),
  weeklyMinutes: z
    .number()
    .int()
    .min(1)
    .max(7 * 24 * 60),
  skills: z.array(text).optional(),
  availability: pattern.optional(),
  leave: z.array(z.tuple([z.string(), z.string()])).optional(),
});

const user = z.strictObject({ ...person, role: z.enum(ROLES), scope: z.string().nullish() });

const booking = z.strictObject({
  child: ref,
  group: ref,
  date: z.string(),
  from: z.string(),
  to: z.string(),
});

const waiting = z.strictObject({
  child: ref,
  choices: z.array(ref).min(1).max(50),
  pattern,
  startsOn: z.string(),
  registeredAt: z.string().optional(),
  minimumMinutesPerWeek: z
    .number()
    .int()
    .min(0)
    .max(7 * 24 * 60)
    .nullish(),
});

const File = z.strictObject({
  centres: z.array(centre).default([]),
  guardians: z.array(guardian).default([]),
  children: z.array(child).default([]),
  staff: z.array(staff).default([]),
  users: z.array(user).default([]),
  bookings: z.array(booking).default([]),
  waitingList: z.array(waiting).default([]),
});

export type ImportJson = z.infer<typeof File>;
export type CentreJson = ImportJson['centres'][number];
export type GroupJson = CentreJson['groups'][number];
export type GuardianJson = ImportJson['guardians'][number];
export type ChildJson = ImportJson['children'][number];
export type StaffJson = ImportJson['staff'][number];
export type UserJson = ImportJson['users'][number];
export type BookingJson = ImportJson['bookings'][number];
export type WaitingJson = ImportJson['waitingList'][number];

const isSheet = (name: unknown): name is Sheet => (SHEETS as readonly unknown[]).includes(name);

/** Where an issue stands: groups are a sheet of their own, numbered through all centres. */
function placeOf(
  path: readonly PropertyKey[],
  json: unknown,
): { sheet: Sheet | 'file'; row: number; field: string } {
  const [sheet, at, ...rest] = path;
  const dotted = (parts: readonly PropertyKey[]) => parts.map(String).join('.');
  if (!isSheet(sheet) || sheet === 'groups') return { sheet: 'file', row: 0, field: dotted(path) };
  if (typeof at !== 'number') return { sheet, row: 0, field: dotted(path.slice(1)) };
  const [inner, groupAt, ...field] = rest;
  if (sheet === 'centres' && inner === 'groups' && typeof groupAt === 'number') {
    return { sheet: 'groups', row: groupsBefore(json, at) + groupAt + 1, field: dotted(field) };
  }
  return { sheet, row: at + 1, field: dotted(rest) };
}

function groupsBefore(json: unknown, centreAt: number): number {
  const centres = (json as { centres: { groups?: unknown }[] }).centres.slice(0, centreAt);
  return centres.reduce((sum, { groups }) => sum + (Array.isArray(groups) ? groups.length : 0), 0);
}

/** Checks the shape of a whole file, strictly: unknown fields are refused. Every problem is named, then the file refused. */
export function readShape(json: unknown, problems: Problems): ImportJson {
  const parsed = File.safeParse(json);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        problems.add({
          ...placeOf([...issue.path, key], json),
          reason: 'invalid',
          detail: 'is not a field of this sheet',
        });
      }
    } else problems.add({ ...placeOf(issue.path, json), reason: 'invalid', detail: issue.message });
  }
  problems.settle();
  throw new TypeError('A refused shape has at least one problem.');
}
