import { formatPhone, parsePhone } from '../../domain/phone.ts';
import { isRegionCode, regionName } from '../../domain/regions.ts';
import type { Contact } from '../../data/contacts.ts';
import type { Context } from '../context.ts';
import { districtName } from '../names.ts';
import { paths } from '../paths.ts';

/** One's telephone and, for a family, where it lives; each with the page that changes it. */
export function contactLines(
  { t, actor, language }: Context,
  contact: Contact | undefined,
  home: { readonly region: string | null; readonly district: string | null },
): { term: string; value: string; href: string }[] {
  const none = t('account.not_stated');
  const phone = parsePhone(contact?.phone ?? contact?.login ?? '');
  const region = home.region !== null && isRegionCode(home.region) ? regionName(home.region, language) : none;
  const lines = [
    {
      term: t('account.phone'),
      value: phone === undefined ? none : formatPhone(phone),
      href: paths.accountPhone(),
    },
  ];
  if (actor.role !== 'guardian') return lines;
  const where = [region, districtName(home.district ?? '', language)]
    .filter((text) => text !== '')
    .join(', ');
  return [...lines, { term: t('home.title'), value: where, href: paths.accountHome() }];
}
