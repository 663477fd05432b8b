import { formatDate } from '../../domain/calendar-words.ts';
import { dateAt, maxOf } from '../../domain/calendar.ts';
import { minutesPerWeek, parsePattern } from '../../domain/pattern.ts';
import { Refusal, type Reason } from '../../domain/refusal.ts';
import { grows } from '../../domain/waiting-list.ts';
import { listChildren, mayBookFor } from '../../data/children.ts';
import type { Reading } from '../../data/database.ts';
import { listOffers } from '../../data/offers.ts';
import { listRanks } from '../../data/ranks.ts';
import { listChoices, listEntriesOf } from '../../data/waiting-list.ts';
import { checkWish, findRival } from '../../use-cases/wishes.ts';
import type { Context } from '../context.ts';
import { typed, type FieldError, type Typed } from '../form.ts';
import { hoursOf } from '../figures.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { patternWords, storedPatternWords } from '../pattern-words.ts';
import type { Wished } from './answers.ts';
import { groupsNamed, type NamedGroup } from './groups.ts';
import type { WishSide } from './side.ts';

const nameOf = ({ group, centre }: NamedGroup, { language }: Context) =>
  `${centreName(centre, language)} · ${group.name}`;

/** What the rules say of a wish, each beside the group or answer that it is about. */
export function wishErrors(
  { reason, details }: Refusal,
  named: readonly NamedGroup[],
  context: Context,
): FieldError[] {
  const { t } = context;
  const said = (field: string, why: Reason): FieldError => {
    const [, at] = /^choices\.(\d+)$/.exec(field) ?? [];
    const group = at === undefined ? undefined : named[Number(at)];
    if (group)
      return {
        field: '',
        key: 'waiting.group_problem',
        params: { group: nameOf(group, context), why: t(`refusal.${why}`) },
      };
    if (field === 'pattern' && why === 'stale') return { field: '', key: 'waiting.answer_first' };
    return field === 'minimumMinutesPerWeek'
      ? { field: '', key: 'waiting.minimum_too_large' }
      : { field: '', key: `refusal.${why}` };
  };
  return details.errors?.map((error) => said(error.field, error.reason)) ?? [said('', reason)];
}

/** Everything that speaks against a wish, found before anybody sends it. */
export async function problemsOf(
  context: Context,
  tx: Reading,
  side: WishSide,
  wish: Wished,
): Promise<FieldError[]> {
  const { now, today } = context;
  const named = await groupsNamed(tx, wish.choices);
  const known = new Map(named.map((each) => [each.group.id, each]));
  const gone = wish.choices.filter((id) => {
    const group = known.get(id)?.group;
    const elsewhere = side.centreId !== null && group?.centreId !== side.centreId;
    return !group || elsewhere || (group.endsOn !== null && group.endsOn < maxOf([today, wish.startsOn]));
  });
  if (gone.length > 0)
    return gone.map((id) => {
      const each = known.get(id);
      if (!each || (side.centreId !== null && each.centre.id !== side.centreId))
        return { field: '', key: 'waiting.group_unknown' };
      const [group, { endsOn }] = [nameOf(each, context), each.group];
      return endsOn === null || endsOn < today
        ? { field: '', key: 'waiting.group_ended', params: { group } }
        : { field: '', key: 'waiting.group_ends', params: { group, date: formatDate(endsOn) } };
    });
  try {
    await checkWish({ tx, now }, side.child, wish);
  } catch (error) {
    if (error instanceof Refusal) return wishErrors(error, named, context);
    throw error;
  }
  const entryId = side.entry?.id;
  if (entryId !== undefined && (await listOffers(tx, { entryId, live: true })).length > 0)
    return [{ field: '', key: 'waiting.answer_first' }];
  const rival = await findRival({ tx, now }, side.child.id, wish.choices, entryId);
  return rival ? [{ field: '', key: 'refusal.already_waiting' }] : [];
}

/** Entries of the family's other children that wait: those a child may come together with. */
export async function siblingEntries(context: Context, tx: Reading, childId: number) {
  const { actor, today } = context;
  if (actor.role !== 'guardian') return [];
  const others = (await listChildren(tx, actor, today)).filter((child) => child.id !== childId);
  const found = [];
  for (const child of others) {
    if (!(await mayBookFor(tx, actor, child.id, today))) continue;
    for (const entry of await listEntriesOf(tx, [child.id]))
      if (entry.endedAt === null) found.push({ child, entry });
  }
  return found;
}

/** Whether the date of registration stays as it is, said before a change is sent. */
async function keptDate(tx: Reading, { entry }: WishSide, wish: Wished): Promise<boolean | undefined> {
  if (!entry) return undefined;
  const before = parsePattern(entry.pattern);
  const choices = (await listChoices(tx, entry.id)).map(({ groupId }) => groupId);
  return !grows(
    { minutesPerWeek: 'pattern' in before ? minutesPerWeek(before.pattern) : 0, choices },
    { minutesPerWeek: minutesPerWeek(wish.pattern), choices: wish.choices },
  );
}

/** All answers with ways to change each, and the one button that sends them. */
export async function showWishCheck(
  context: Context,
  side: WishSide,
  given: Typed,
  wish: Wished,
  problem?: { readonly errors: readonly FieldError[]; readonly status?: number },
): Promise<void> {
  const { t, language } = context;
  const seen = await context.database.read(async (tx) => {
    const named = await groupsNamed(tx, wish.choices);
    const lengths = new Map<number, number>();
    for (const { group } of named) lengths.set(group.id, (await listRanks(tx, group.id)).length);
    return {
      named,
      lengths,
      kept: await keptDate(tx, side, wish),
      siblings: side.entry || side.centreId !== null ? [] : await siblingEntries(context, tx, side.child.id),
      errors: problem?.errors ?? (await problemsOf(context, tx, side, wish)),
    };
  });
  const change = (ask: string) => side.address({ ...given, ask });
  const { tolerance, minimumMinutesPerWeek: minimum } = wish;
  const by = (halfHours: number) =>
    halfHours === 0
      ? t('waiting.by_none')
      : t('waiting.by_hours', { hours: hoursOf(halfHours * 30, language) });
  page(
    context.res,
    'family/_wish-check',
    {
      title: t(side.entry ? 'waiting.check_change' : 'waiting.check'),
      back: change('groups'),
      action: side.action,
      kept: Object.entries(given).flatMap(([name, value]) => [value].flat().map((each) => [name, each])),
      answers: [
        { term: t('find.child'), value: side.child.name, change: '' },
        { term: t('waiting.hours'), value: patternWords(wish.pattern, t), change: change('kind') },
        { term: t('waiting.starts_on'), value: formatDate(wish.startsOn), change: change('start') },
        {
          term: t('waiting.tolerance'),
          value: tolerance
            ? t('waiting.tolerance_words', { earlier: by(tolerance.earlier), later: by(tolerance.later) })
            : t('waiting.by_open'),
          change: change('start'),
        },
        ...(minimum === null
          ? []
          : [
              {
                term: t('waiting.minimum'),
                value: t('waiting.hours_a_week', { hours: hoursOf(minimum, language) }),
                change: change('start'),
              },
            ]),
      ],
      groups: seen.named.map((each, at) => ({
        name: `${at + 1}. ${nameOf(each, context)}`,
        length: t('waiting.length', { n: seen.lengths.get(each.group.id) ?? 0 }),
      })),
      changeGroups: change('groups'),
      siblings: seen.siblings.map(({ child, entry }) => ({
        value: String(entry.id),
        text: child.name,
        hint: storedPatternWords(entry.pattern, t),
      })),
      date:
        seen.kept === undefined
          ? ''
          : seen.kept
            ? t('waiting.date_kept', { date: formatDate(dateAt(side.entry!.registeredAt)) })
            : t('waiting.date_new'),
      dateTone: seen.kept === false ? 'warn' : '',
      button: t(side.entry ? 'button.save' : 'waiting.join_button'),
      blocked: problem === undefined && seen.errors.length > 0,
      values: problem ? typed(context.req.body) : {},
      errors: seen.errors,
    },
    {
      width: 'narrow',
      address: side.address(given),
      // What is found before anything was sent is no failed form.
      status: problem ? (problem.status ?? 422) : 200,
    },
  );
}
