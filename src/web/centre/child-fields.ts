import { z } from 'zod';
import { formatDate } from '../../domain/calendar-words.ts';
import { parsePlainDate } from '../../domain/calendar.ts';
import { CATEGORIES } from '../../domain/people.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { SKILLS } from '../../domain/staffing.ts';
import { isKey, type T } from '../../i18n/translate.ts';
import { tenths } from '../figures.ts';
import type { FieldError } from '../form.ts';
import { dateField, manyOf, nameField, optionalName } from '../shapes.ts';

/** Support weights in hundredths: 1, 1.5, 2, 3 and 4 ordinary children. */
const WEIGHTS: readonly string[] = ['100', '150', '200', '300', '400'];

/** The child's own part of a form of the register. */
export const childShape = {
  name: nameField(),
  birthDate: dateField(),
  iin: z.string().trim().max(20).optional(),
  iinMissingReason: optionalName(),
  category: z.enum(CATEGORIES),
  skills: manyOf(SKILLS),
};

/** A weight of the list, or the one that the child has already. */
export const weightField = (own: readonly string[] = []) =>
  z.enum([...WEIGHTS, ...own] as [string, ...string[]]);

/** What the child's part of a form offers to choose from. */
export function childChoices(t: T, own: readonly string[] = []) {
  const weights = [...new Set([...WEIGHTS, ...own])].toSorted((a, b) => Number(a) - Number(b));
  return {
    categories: CATEGORIES.map((category) => ({ value: category, text: t(`category.${category}`) })),
    weights: weights.map((weight) => ({ value: weight, text: tenths(Number(weight) / 100, t.language) })),
    skills: SKILLS.map((skill) => ({ value: skill, text: t(`need.${skill}`) })),
  };
}

/** What the register says of a field, in words of its own. */
export function registerErrors({ reason, details }: Refusal): FieldError[] {
  const { count, first } = details;
  const date = typeof first === 'string' ? parsePlainDate(first) : undefined;
  const params = { n: Number(count ?? 0), date: date ? formatDate(date) : '' };
  const named = details.errors?.map(({ field, reason: why, detail }): FieldError => {
    const key = `child.problem.${detail}`;
    return { field, key: isKey(key) ? key : `refusal.${why}`, params };
  });
  return named ?? [{ field: '', key: `refusal.${reason}` }];
}
