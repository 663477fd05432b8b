import { z } from 'zod';
import { POSTS } from '../../domain/staffing.ts';
import { LONGEST_DETAILS, type VacancyWish } from '../../domain/vacancy.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Vacancy } from '../../data/vacancies.ts';
import type { T } from '../../i18n/translate.ts';
import { candidacyErrors } from '../candidacy-words.ts';
import type { FieldError, Typed } from '../form.ts';
import { dateField } from '../shapes.ts';
import { hoursField } from './staff-entry.ts';
import { readWeekly, weeklyForm, weeklyShape } from './weekly-hours.ts';

export const vacancyShape = {
  post: z.enum(POSTS, { error: 'form.choose_one' }),
  weekly: hoursField(),
  startsOn: dateField(),
  applyUntil: dateField(),
  // Browsers send line ends as two letters: only one of them counts.
  details: z
    .string()
    .optional()
    .transform((text) => (text ?? '').replaceAll('\r\n', '\n').trim())
    .pipe(z.string().max(LONGEST_DETAILS)),
  ...weeklyShape('hours'),
};
const plainShape = z.object(vacancyShape);

export function vacancyWish(values: z.output<typeof plainShape>): {
  wish: VacancyWish;
  errors: FieldError[];
} {
  const { post, weekly, startsOn, applyUntil, details } = values;
  const week = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      name.includes('.') && typeof value === 'string' ? [[name, value]] : [],
    ),
  );
  const { hours, errors } = readWeekly('hours', week);
  return { wish: { post, weeklyMinutes: weekly, hours, startsOn, applyUntil, details }, errors };
}

/** What is refused, beside the fields of the form. */
export function vacancyFormErrors(refused: Refusal): FieldError[] {
  return candidacyErrors(refused).map((error) =>
    error.field === 'weeklyMinutes' ? { ...error, field: 'weekly' } : error,
  );
}

/** The fields: what holds, or what is usual for somebody new. */
export function vacancyForm(vacancy: Vacancy | undefined, typed: Typed, today: string, t: T) {
  const weekly = Math.round(((vacancy?.weeklyMinutes ?? 2400) / 60) * 100) / 100;
  return {
    post: {
      name: 'post',
      label: t('staff.post'),
      type: 'select',
      size: 'm',
      value: vacancy?.post ?? '',
      choose: vacancy === undefined,
      options: POSTS.map((value) => ({ value, text: t(`post.${value}`) })),
    },
    weekly: {
      name: 'weekly',
      label: t('vacancy.weekly'),
      hint: t('staff.hours_hint'),
      size: 'xs',
      inputmode: 'decimal',
      value: String(weekly),
    },
    hours: weeklyForm('hours', t('vacancy.hours'), t('vacancy.hours_hint'), vacancy?.hours ?? {}, typed, t),
    startsOn: {
      name: 'startsOn',
      label: t('vacancy.starts_on'),
      type: 'date',
      size: 's',
      min: today,
      value: vacancy?.startsOn ?? '',
    },
    applyUntil: {
      name: 'applyUntil',
      label: t('vacancy.apply_until'),
      type: 'date',
      size: 's',
      min: today,
      value: vacancy?.applyUntil ?? '',
    },
    details: {
      name: 'details',
      label: t('vacancy.details'),
      hint: t('vacancy.details_hint'),
      type: 'textarea',
      rows: 4,
      maxlength: LONGEST_DETAILS,
      optional: true,
      value: vacancy?.details ?? '',
    },
  };
}
