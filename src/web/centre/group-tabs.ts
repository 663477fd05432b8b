import type { T } from '../../i18n/translate.ts';
import { paths } from '../paths.ts';

/** Groups and their closures stand side by side; closures are for administrators, so that others see no tabs. */
export function groupTabs(centreId: number, current: 'groups' | 'closures', administers: boolean, t: T) {
  if (!administers) return [];
  return [
    { href: paths.centreGroups(centreId), text: t('nav.groups'), current: current === 'groups' },
    { href: paths.centreClosures(centreId), text: t('nav.closures'), current: current === 'closures' },
  ];
}
