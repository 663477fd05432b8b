import { z } from 'zod';
import { DOCUMENT_KINDS } from '../../domain/application.ts';
import { WEEKDAYS, type Weekday } from '../../domain/calendar.ts';
import type { Language } from '../../domain/language.ts';
import { formatPattern, type Stretch } from '../../domain/pattern.ts';
import { CATEGORIES } from '../../domain/people.ts';
import type { FieldRefusal } from '../../domain/refusal.ts';
import { lengthReason } from '../../domain/slots.ts';
import { isKey } from '../../i18n/translate.ts';
import type { Submission } from '../../use-cases/applications.ts';
import type { FieldError } from '../form.ts';
import {
  dateField,
  manyOf,
  nameField,
  optionalDate,
  optionalEmail,
  phoneField,
  timeField,
} from '../shapes.ts';

const number = () => z.string().trim().max(60).default('');

/** An application as the form sends it. A paper is a number and the day on which it ends. */
export const applicationShape = z
  .strictObject({
    childName: nameField(),
    birthDate: dateField(),
    iin: z.string().trim().max(20).default(''),
    category: z.enum(CATEGORIES),
    need: z.string({ error: 'form.required' }).trim().min(1).max(1000),
    weekdays: manyOf(WEEKDAYS),
    from: timeField(),
    to: timeField(),
    startsOn: dateField(),
    rehabilitationNumber: number(),
    rehabilitationExpiresOn: optionalDate(),
    pmpkNumber: number(),
    pmpkExpiresOn: optionalDate(),
    medical_cardNumber: number(),
    medical_cardExpiresOn: optionalDate(),
    disabilityNumber: number(),
    disabilityExpiresOn: optionalDate(),
    guardianName: nameField(),
    phone: phoneField(),
    email: optionalEmail(),
    consent: z.literal('yes', { error: 'public.consent_needed' }),
    step: z.enum(['check', 'send', 'change']),
  })
  .superRefine((values, issues) => {
    const say = (field: string, message: string) =>
      issues.addIssue({ code: 'custom', path: [field], message });
    if (values.weekdays.length === 0) say('weekdays', 'form.choose_one');
    const length = lengthReason({ from: values.from, to: values.to });
    if (length) say('to', `refusal.${length}`);
    for (const kind of DOCUMENT_KINDS) {
      if (values[`${kind}ExpiresOn`] !== null && values[`${kind}Number`] === '')
        say(`${kind}Number`, 'form.required');
    }
  });

export type ApplicationValues = z.output<typeof applicationShape>;

export function submissionOf(values: ApplicationValues, centreId: number, language: Language): Submission {
  const stretch: Stretch = [values.from, values.to];
  const days = Object.fromEntries(values.weekdays.map((day): [Weekday, Stretch] => [day, stretch]));
  return {
    centreId,
    childName: values.childName,
    birthDate: values.birthDate,
    iin: values.iin === '' ? null : values.iin,
    category: values.category,
    need: values.need,
    pattern: formatPattern({ kind: 'weekly', days }),
    startsOn: values.startsOn,
    guardianName: values.guardianName,
    phone: values.phone,
    email: values.email,
    language,
    documents: DOCUMENT_KINDS.filter((kind) => values[`${kind}Number`] !== '').map((kind) => ({
      kind,
      number: values[`${kind}Number`],
      expiresOn: values[`${kind}ExpiresOn`],
    })),
  };
}

/** What the rules say of a field, in words of its own. */
export function applicationProblems(errors: readonly FieldRefusal[]): FieldError[] {
  return errors.map(({ field, detail }) => {
    const known = [`public.problem.${detail}`, `child.problem.${detail}`].find(isKey);
    return { field, key: known ?? 'form.invalid' };
  });
}
