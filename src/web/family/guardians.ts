import { collator } from '../../domain/names.ts';
import { refuse } from '../../domain/refusal.ts';
import { findChild, mayBookFor } from '../../data/children.ts';
import { listGivenNames } from '../../data/guardianships.ts';
import { listGuardians } from '../../data/registration.ts';
import { guardianWhoSees } from '../access.ts';
import type { Context } from '../context.ts';
import { mayOfRow, periodWords, rightWords } from '../guardians/words.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';

/** Who has which rights over a child, and until when. No telephone is shown: adults of a child may have parted. */
async function showGuardians(context: Context): Promise<void> {
  const { t, actor, today, language } = context;
  const childId = context.id('childId');
  const seen = await context.database.read(async (tx) => ({
    child: (await findChild(tx, actor, childId, today)) ?? refuse('missing'),
    mayBook: await mayBookFor(tx, actor, childId, today),
    rows: await listGuardians(tx, childId, today),
    given: await listGivenNames(tx, childId),
  }));
  const { compare } = collator(language);
  const adults = seen.rows.map((row) => ({
    name: seen.given.get(row.id)?.name ?? row.name,
    you: row.personId === actor.personId,
    rights: rightWords(mayOfRow(row), t),
    period: periodWords(row, today, t),
    change: seen.mayBook ? paths.guardianship(childId, row.id) : '',
  }));
  page(
    context.res,
    'family/guardians',
    {
      title: t('guardians.title'),
      child: seen.child.name,
      back: paths.child(childId),
      add: seen.mayBook ? paths.newGuardian(childId) : '',
      adults: adults.toSorted((a, b) => Number(b.you) - Number(a.you) || compare(a.name, b.name)),
    },
    { width: 'narrow' },
  );
}

export const guardians = routes('/children/:childId/guardians').get('', guardianWhoSees, showGuardians);
