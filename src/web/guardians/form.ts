import { z } from 'zod';
import { formatDate } from '../../domain/calendar-words.ts';
import { mayOf, RIGHTS, signsIn } from '../../domain/guardianship.ts';
import { LANGUAGES as LANGUAGE_CODES } from '../../domain/language.ts';
import { formatPhone } from '../../domain/phone.ts';
import { LANGUAGES } from '../../i18n/translate.ts';
import { giveRights } from '../../use-cases/guardianships.ts';
import { countSending } from '../account/entering.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError, type Typed } from '../form.ts';
import type { GuardianSide } from './side.ts';
import { guardianErrors, rightOptions, rightWords } from './words.ts';
import { page } from '../page.ts';
import {
  dateField,
  manyOf,
  nameField,
  optionalDate,
  optionalEmail,
  optionalPhone,
  ticked,
} from '../shapes.ts';

const shape = z.strictObject({
  name: nameField(),
  phone: optionalPhone(),
  email: optionalEmail(),
  language: z.enum(LANGUAGE_CODES).optional(),
  may: manyOf(RIGHTS),
  startsOn: dateField(),
  endsOn: optionalDate(),
  confirmed: ticked(),
});

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** The form by which an adult is given rights: a family's and a centre's. */
export function showNewGuardian(context: Context, side: GuardianSide, problem?: Problem): void {
  const { t, today } = context;
  page(
    context.res,
    `${side.views}/new-guardian`,
    {
      title: t(side.addTitle),
      back: side.list(context),
      backText: t(side.listTitle),
      action: side.gifts(context),
      rights: rightOptions(t),
      languages: LANGUAGES.map(({ code, name }) => ({ value: code, text: name })),
      language: t.language,
      today,
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: side.newGift(context),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

type Values = z.output<typeof shape>;

/** Everything typed, to be sent a second time. */
function carried(input: Typed): { name: string; value: string }[] {
  return Object.entries(input)
    .filter(([name]) => name !== 'confirmed')
    .flatMap(([name, value]) => [value].flat().map((each) => ({ name, value: each })));
}

/** The right to book is the right to everything: it is given with a second yes. */
function askFirst(context: Context, side: GuardianSide, values: Values, input: Typed): void {
  const { t } = context;
  const ends = values.endsOn === null ? t('guardians.no_end') : formatDate(values.endsOn);
  page(
    context.res,
    'errors/confirm',
    {
      title: t('guardians.confirm_title'),
      text: t('guardians.confirm_text'),
      facts: [
        { term: t('child.guardian_name'), value: values.name },
        ...(values.phone === null ? [] : [{ term: t('child.phone'), value: formatPhone(values.phone) }]),
        { term: t('child.rights'), value: rightWords(mayOf(values.may), t).join(', ') },
        { term: t('guardians.from'), value: formatDate(values.startsOn) },
        { term: t('guardians.until'), value: ends },
      ],
      action: side.gifts(context),
      fields: [...carried(input), { name: 'confirmed', value: 'yes' }],
      button: t('guardians.confirm_button'),
      cancel: { href: side.newGift(context) },
    },
    { width: 'narrow', address: side.newGift(context) },
  );
}

/** Gives rights as the form says. The answer is the same whether the telephone is known or not. */
export async function giveAsTyped(context: Context, side: GuardianSide): Promise<void> {
  const form = parseForm(shape, context.req.body);
  if (form.errors) return showNewGuardian(context, side, form);
  const { values } = form;
  const may = mayOf(values.may);
  const byFamily = side.views === 'family';
  if (byFamily && values.email !== null) {
    return showNewGuardian(context, side, { errors: [{ field: '', key: 'form.unknown_field' }] });
  }
  if (byFamily && may.book && !values.confirmed) return askFirst(context, side, values, form.input);
  if (byFamily && signsIn(may) && values.phone !== null) await countSending(context, values.phone);
  const { refused } = await attempt(
    context.perform(giveRights, {
      ...side.which(context),
      adult: {
        name: values.name,
        phone: values.phone,
        email: values.email,
        language: values.language ?? context.language,
        may,
      },
      startsOn: values.startsOn,
      endsOn: values.endsOn,
    }),
  );
  if (refused)
    return showNewGuardian(context, side, {
      errors: guardianErrors(refused),
      status: statusOf(refused.reason),
    });
  return context.done(side.list(context), { key: 'guardians.added' });
}
