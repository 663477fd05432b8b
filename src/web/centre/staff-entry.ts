import { z } from 'zod';
import { ATTESTATIONS } from '../../domain/lapses.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { POSTS, SKILLS } from '../../domain/staffing.ts';
import type { StaffEntry } from '../../use-cases/staff-register.ts';
import type { FieldError } from '../form.ts';
import {
  dateField,
  manyOf,
  nameField,
  numberField,
  optional,
  optionalDate,
  optionalName,
  ticked,
} from '../shapes.ts';
import { readWeekly, weeklyShape } from './weekly-hours.ts';

/** Hours a week as people say them, '40' or '37.5'; minutes are kept. */
export const hoursField = () =>
  z
    .string({ error: 'form.required' })
    .trim()
    .min(1)
    .regex(/^\d{1,2}([.,]\d{1,2})?$/, 'form.invalid_number')
    .transform((text) => Math.round(Number(text.replace(',', '.')) * 60));

/** A whole number of days, or nothing. */
const optionalNumber = () =>
  optional((text) => (/^\d{1,4}$/.test(text) ? Number(text) : undefined), 'form.invalid_number');

export const QUALIFICATIONS = [1, 2, 3, 4] as const;

const optionalChoice = <Value extends string>(values: readonly Value[]) =>
  optional((text) => values.find((value) => value === text), 'form.choose_one');

export const staffShape = {
  name: nameField(),
  post: z.enum(POSTS),
  hours: hoursField(),
  daysPerWeek: numberField(),
  summedTime: ticked(),
  overtimeConsentOn: optionalDate(),
  overtimeBarred: ticked(),
  skills: manyOf(SKILLS),
  startsOn: dateField(),
  endsOn: optionalDate(),
  medicalBookUntil: optionalDate(),
  backgroundCheckedOn: optionalDate(),
  backgroundCheckUntil: optionalDate(),
  attestation: optionalChoice(ATTESTATIONS),
  attestedOn: optionalDate(),
  attestationDueOn: optionalDate(),
  annualLeaveDays: optionalNumber(),
  leaveCarriedDays: optionalNumber(),
  qualification1: optionalName(),
  institution1: optionalName(),
  issuedOn1: optionalDate(),
  validUntil1: optionalDate(),
  qualification2: optionalName(),
  institution2: optionalName(),
  issuedOn2: optionalDate(),
  validUntil2: optionalDate(),
  qualification3: optionalName(),
  institution3: optionalName(),
  issuedOn3: optionalDate(),
  validUntil3: optionalDate(),
  qualification4: optionalName(),
  institution4: optionalName(),
  issuedOn4: optionalDate(),
  validUntil4: optionalDate(),
  ...weeklyShape('availability'),
  ...weeklyShape('preferences'),
};
const plainShape = z.object(staffShape);
export type StaffValues = z.output<typeof plainShape>;

/** The fields of the weeks among all of the form. */
const hoursIn = (values: StaffValues): Readonly<Partial<Record<string, string>>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      name.includes('.') && typeof value === 'string' ? [[name, value]] : [],
    ),
  );

/** A form's values as the register takes them; a line of qualifications is whole or empty. */
export function entryOf(values: StaffValues): { entry: StaffEntry; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const qualifications: StaffEntry['qualifications'][number][] = [];
  for (const number of QUALIFICATIONS) {
    const kind = values[`qualification${number}`];
    const institution = values[`institution${number}`];
    const issuedOn = values[`issuedOn${number}`];
    const validUntil = values[`validUntil${number}`];
    if (kind === null && institution === null && issuedOn === null && validUntil === null) continue;
    if (kind === null) errors.push({ field: `qualification${number}`, key: 'form.required' });
    if (institution === null) errors.push({ field: `institution${number}`, key: 'form.required' });
    if (issuedOn === null) errors.push({ field: `issuedOn${number}`, key: 'form.required' });
    if (kind !== null && institution !== null && issuedOn !== null)
      qualifications.push({ kind, institution, issuedOn, validUntil });
  }
  const availability = readWeekly('availability', hoursIn(values));
  const preferences = readWeekly('preferences', hoursIn(values));
  errors.push(...availability.errors, ...preferences.errors);
  const { name, post, hours, daysPerWeek, summedTime, overtimeConsentOn, overtimeBarred, skills } = values;
  const { startsOn, endsOn, medicalBookUntil, backgroundCheckedOn, backgroundCheckUntil } = values;
  const { attestation, attestedOn, attestationDueOn, annualLeaveDays, leaveCarriedDays } = values;
  const entry: StaffEntry = {
    name,
    post,
    weeklyMinutes: hours,
    daysPerWeek,
    summedTime,
    overtimeConsentOn,
    overtimeBarred,
    skills,
    availability: availability.hours,
    preferences: preferences.hours,
    startsOn,
    endsOn,
    medicalBookUntil,
    backgroundCheckedOn,
    backgroundCheckUntil,
    attestation,
    attestedOn,
    attestationDueOn,
    annualLeaveDays,
    leaveCarriedDays: leaveCarriedDays ?? 0,
    qualifications,
  };
  return { entry, errors };
}

/** What the register says no to, beside the fields of the form. */
export function staffErrors({ reason, details }: Refusal): FieldError[] {
  const errors = (details.errors ?? []).map(({ field, detail }): FieldError => {
    if (field === 'weeklyMinutes') return { field: 'hours', key: 'staff.hours_bounds' };
    if (field === 'daysPerWeek') return { field, key: 'staff.days_bounds' };
    if (field === 'annualLeaveDays')
      return { field, key: 'staff.annual_leave_bounds', params: { least: detail ?? '' } };
    if (field === 'leaveCarriedDays') return { field, key: 'staff.leave_carried_bounds' };
    if (field === 'availability') return { field, key: 'hours.none' };
    const [, number] = /^qualification(\d)\.validUntil$/.exec(field) ?? [];
    return { field: number === undefined ? field : `validUntil${number}`, key: 'staff.ends_first' };
  });
  return errors.length > 0 ? errors : [{ field: '', key: `refusal.${reason}` }];
}
