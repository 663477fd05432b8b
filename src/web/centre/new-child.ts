import { z } from 'zod';
import { LANGUAGES as LANGUAGE_CODES } from '../../domain/language.ts';
import { LANGUAGES } from '../../i18n/translate.ts';
import { registerChild, type NewGuardian } from '../../use-cases/children.ts';
import { centreStaff } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { manyOf, nameField, optionalEmail, optionalName, optionalPhone } from '../shapes.ts';
import { childChoices, childShape, registerErrors, weightField } from './child-fields.ts';

const RIGHTS = ['see', 'book', 'collect', 'told'] as const;

const shape = z.strictObject({
  ...childShape,
  supportWeight: weightField(),
  guardian1Name: nameField(),
  guardian1Phone: optionalPhone(),
  guardian1Email: optionalEmail(),
  guardian1Language: z.enum(LANGUAGE_CODES),
  guardian1May: manyOf(RIGHTS),
  guardian2Name: optionalName(),
  guardian2Phone: optionalPhone(),
  guardian2Email: optionalEmail(),
  guardian2Language: z.enum(LANGUAGE_CODES),
  guardian2May: manyOf(RIGHTS),
});

type Values = z.output<typeof shape>;

function mayOf(rights: readonly (typeof RIGHTS)[number][]): NewGuardian['may'] {
  return {
    see: rights.includes('see'),
    book: rights.includes('book'),
    collect: rights.includes('collect'),
    told: rights.includes('told'),
  };
}

function guardiansOf(values: Values): NewGuardian[] {
  const first: NewGuardian = {
    name: values.guardian1Name,
    phone: values.guardian1Phone,
    email: values.guardian1Email,
    language: values.guardian1Language,
    may: mayOf(values.guardian1May),
  };
  if (values.guardian2Name === null) return [first];
  return [
    first,
    {
      name: values.guardian2Name,
      phone: values.guardian2Phone,
      email: values.guardian2Email,
      language: values.guardian2Language,
      may: mayOf(values.guardian2May),
    },
  ];
}

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

function showForm(context: Context, problem?: Problem): void {
  const { t, today } = context;
  const centreId = context.id('centreId');
  page(
    context.res,
    'centre/new-child',
    {
      title: t('child.new'),
      back: paths.centreChildren(centreId),
      action: paths.centreChildren(centreId),
      today,
      ...childChoices(t),
      languages: LANGUAGES.map(({ code, name }) => ({ value: code, text: name })),
      language: t.language,
      rights: RIGHTS.map((right) => ({ value: right, text: t(`right.${right}`) })),
      allRights: RIGHTS,
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.centreNewChild(centreId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

async function register(context: Context): Promise<void> {
  const form = parseForm(shape, context.req.body);
  if (form.errors) return showForm(context, form);
  const { values } = form;
  if (values.guardian2Name === null && (values.guardian2Phone ?? values.guardian2Email) !== null) {
    return showForm(context, { errors: [{ field: 'guardian2Name', key: 'form.required' }] });
  }
  const centreId = context.id('centreId');
  const { refused, answer } = await attempt(
    context.perform(registerChild, {
      centreId,
      name: values.name,
      birthDate: values.birthDate,
      iin: values.iin || null,
      iinMissingReason: values.iinMissingReason,
      category: values.category,
      supportWeight: Number(values.supportWeight),
      skillsNeeded: values.skills,
      guardians: guardiansOf(values),
    }),
  );
  if (refused)
    return showForm(context, { errors: registerErrors(refused), status: statusOf(refused.reason) });
  context.done(paths.centreChild(centreId, answer.id), {
    key: answer.known
      ? 'child.registered_known'
      : answer.invited > 0
        ? 'child.registered_invited'
        : 'child.registered',
  });
}

/** Takes a child and its guardians into the centre's register. */
export const newChild = routes('/centres/:centreId/children')
  .get('/new', centreStaff, (context) => showForm(context))
  .post('', centreStaff, register);
