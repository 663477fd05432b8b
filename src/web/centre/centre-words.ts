import { z } from 'zod';
import { weekdayName } from '../../domain/calendar-words.ts';
import { WEEKDAYS } from '../../domain/calendar.ts';
import { formatTime, HALF_HOURS } from '../../domain/slots.ts';
import type { T } from '../../i18n/translate.ts';
import type { CentreSettings } from '../../use-cases/centre-settings.ts';
import { nameField, timeField } from '../shapes.ts';
import { timeOptions } from '../times.ts';

const LATE = ['accepted', 'staff_only'] as const;

/** What a centre says of itself, as both of its forms send it; the hours come in fields of their own. */
export const centreWordsShape = {
  nameKk: nameField(),
  nameRu: nameField(),
  district: nameField(),
  address: nameField(),
  deadlineWeekday: z.enum(['1', '2', '3', '4', '5', '6', '7']).transform(Number),
  deadlineTime: timeField(),
  lateChanges: z.enum(LATE),
};

type Words = Omit<CentreSettings, 'hours'>;

export function centreWordsForm(centre: Words | undefined, t: T) {
  return {
    nameKk: centre?.nameKk ?? '',
    nameRu: centre?.nameRu ?? '',
    district: centre?.district ?? '',
    address: centre?.address ?? '',
    deadlineWeekday: centre?.deadlineWeekday ?? 1,
    deadlineTime: formatTime(centre?.deadlineHalfHour ?? 36),
    lateChanges: centre?.lateChanges ?? 'accepted',
    weekdays: WEEKDAYS.map((weekday, at) => ({
      value: String(at + 1),
      text: weekdayName(weekday, t.language, 'long'),
    })),
    times: timeOptions(0, HALF_HOURS),
    late: LATE.map((value) => ({ value, text: t(`settings.late_${value}`) })),
  };
}

/** The settings with their names, for a comparison. */
export function centreWordsRows(centre: Words, t: T) {
  const weekday = WEEKDAYS[centre.deadlineWeekday - 1] ?? 'mon';
  return [
    { field: 'nameKk', term: t('settings.name_kk'), value: centre.nameKk },
    { field: 'nameRu', term: t('settings.name_ru'), value: centre.nameRu },
    { field: 'district', term: t('settings.district'), value: centre.district },
    { field: 'address', term: t('settings.address'), value: centre.address },
    {
      field: 'deadlineWeekday',
      term: t('settings.deadline_weekday'),
      value: weekdayName(weekday, t.language, 'long'),
    },
    { field: 'deadlineTime', term: t('settings.deadline_time'), value: formatTime(centre.deadlineHalfHour) },
    { field: 'lateChanges', term: t('settings.late'), value: t(`settings.late_${centre.lateChanges}`) },
  ];
}
