import { z } from 'zod';
import { formatDate } from '../../domain/calendar-words.ts';
import { RIGHTS, rightsOf } from '../../domain/guardianship.ts';
import { refuse, type Refusal } from '../../domain/refusal.ts';
import { findChild } from '../../data/children.ts';
import { listGivenNames } from '../../data/guardianships.ts';
import { listGuardians } from '../../data/registration.ts';
import { changeLastDay, withdrawRights } from '../../use-cases/guardianships.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import type { GuardianSide } from './side.ts';
import { guardianErrors, mayOfRow, rightOptions, rightWords } from './words.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { manyOf, optionalDate } from '../shapes.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** The row of the address, as this side may call its adult; a past one or another child's does not exist. */
async function rowOfAddress(context: Context, side: GuardianSide) {
  const { childId } = side.which(context);
  const id = context.id('guardianshipId');
  return await context.database.read(async (tx) => {
    const rows = await listGuardians(tx, childId, context.today);
    const row = rows.find((each) => each.id === id) ?? refuse('missing');
    const given = side.views === 'family' ? (await listGivenNames(tx, childId)).get(id) : undefined;
    return { ...row, name: given?.name ?? row.name };
  });
}

/** One adult's rights: until when they last, and which of them end today. */
export async function showGuardianship(
  context: Context,
  side: GuardianSide,
  problem?: Problem,
): Promise<void> {
  const { t, today } = context;
  const row = await rowOfAddress(context, side);
  const may = mayOfRow(row);
  page(
    context.res,
    `${side.views}/guardianship`,
    {
      title: t('guardians.one'),
      back: side.list(context),
      backText: t(side.listTitle),
      facts: [
        { term: t('child.guardian_name'), value: row.name },
        { term: t('child.rights'), value: rightWords(may, t).join(', ') },
        { term: t('guardians.from'), value: formatDate(row.startsOn) },
        {
          term: t('guardians.until'),
          value: row.endsOn === null ? t('guardians.no_end') : formatDate(row.endsOn),
        },
      ],
      rights: rightOptions(t, may),
      all: rightsOf(may),
      lastDay: side.lastDay(context),
      withdrawal: side.withdrawal(context),
      endsOn: row.endsOn ?? '',
      today,
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: side.one(context),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const ofRefusal = (refused: Refusal, rename: Readonly<Record<string, string>> = {}): Problem => ({
  errors: guardianErrors(refused, rename),
  status: statusOf(refused.reason),
});

/** A row that somebody ended meanwhile has no page any more: its list says how it stands. */
async function showRefused(
  context: Context,
  side: GuardianSide,
  refused: Refusal,
  rename?: Readonly<Record<string, string>>,
): Promise<void> {
  if (refused.reason !== 'stale') return await showGuardianship(context, side, ofRefusal(refused, rename));
  return context.done(side.list(context), { tone: 'warn', key: 'refusal.stale' });
}

const lastDayShape = z.strictObject({ rights: manyOf(RIGHTS), endsOn: optionalDate() });

export async function changeAsTyped(context: Context, side: GuardianSide): Promise<void> {
  const guardianshipId = context.id('guardianshipId');
  const form = parseForm(lastDayShape, context.req.body);
  if (form.errors) return await showGuardianship(context, side, form);
  const input = { ...side.which(context), guardianshipId, ...form.values };
  const { refused } = await attempt(context.perform(changeLastDay, input));
  if (refused) return await showRefused(context, side, refused);
  return context.done(side.list(context), { key: 'guardians.changed' });
}

const withdrawalShape = z.strictObject({ withdrawn: manyOf(RIGHTS) });

export async function withdrawAsTyped(context: Context, side: GuardianSide): Promise<void> {
  const guardianshipId = context.id('guardianshipId');
  const form = parseForm(withdrawalShape, context.req.body);
  if (form.errors) return await showGuardianship(context, side, form);
  const which = side.which(context);
  const input = { ...which, guardianshipId, rights: form.values.withdrawn };
  const { refused } = await attempt(context.perform(withdrawRights, input));
  if (refused) return await showRefused(context, side, refused, { rights: 'withdrawn' });
  // Who has given up their own sight of the child has no list to come back to.
  const { actor, today } = context;
  const seen = await context.database.read((tx) => findChild(tx, actor, which.childId, today));
  return context.done(seen ? side.list(context) : paths.children(), { key: 'guardians.withdrawn' });
}
