import { formatDate } from '../../domain/calendar-words.ts';
import { initials, searchName } from '../../domain/names.ts';
import type { Application } from '../../data/applications.ts';
import { findChild } from '../../data/children.ts';
import type { Reading } from '../../data/database.ts';
import { listLikelyAdults, listLikelyChildren } from '../../data/duplicates.ts';
import type { Context } from '../context.ts';
import { asCentre } from './as-centre.ts';

interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint: string;
}

const NEW = 'new';

/**
 * Who in the register may be the same child and adult, as choices. Where the name is another one than on the
 * application, only the centre that knows the person reads it; others see initials.
 */
export async function findLikely(tx: Reading, context: Context, application: Application) {
  const { t, today } = context;
  const { childName, birthDate, iin, guardianName, phone, email } = application;
  const adults = await listLikelyAdults(tx, { phone, email });
  const people: Choice[] = adults.map((adult) => {
    const same = adult.searchName === searchName(guardianName);
    return {
      value: String(adult.id),
      text: same ? adult.name : initials(adult.name),
      hint: t(same ? 'public.same_contact_and_name' : 'public.same_contact'),
    };
  });
  const known = await listLikelyChildren(tx, { name: childName, birthDate, iin });
  const sameIin = known.find((child) => iin !== null && child.iin === iin);
  const children: Choice[] = [];
  for (const child of known) {
    const mayRead =
      child.searchName === searchName(childName) ||
      (await findChild(tx, asCentre(context), child.id, today)) !== undefined;
    children.push({
      value: String(child.id),
      text: `${mayRead ? child.name : initials(child.name)}, ${formatDate(child.birthDate)}`,
      hint: t(child === sameIin ? 'public.same_iin' : 'public.same_name'),
    });
  }
  const byName = adults.filter((adult) => adult.searchName === searchName(guardianName));
  return {
    sameIin: sameIin !== undefined,
    people: [...people, { value: NEW, text: t('public.new_person'), hint: '' }],
    children: [...children, ...(sameIin ? [] : [{ value: NEW, text: t('public.new_child'), hint: '' }])],
    /** Chosen beforehand only where there is no doubt. */
    person: adults.length === 0 ? NEW : adults.length === 1 && byName[0] ? String(byName[0].id) : '',
    child: sameIin ? String(sameIin.id) : known.length === 0 ? NEW : '',
  };
}
