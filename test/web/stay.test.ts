import { expect, test } from 'vitest';
import { instant, plainDate } from '../../src/domain/calendar.ts';
import { translator, type Language } from '../../src/i18n/translate.ts';
import { stayWords, type Stay } from '../../src/web/stay.ts';

const stay = { date: plainDate('2027-02-09'), from: 17, to: 33, state: 'absent', absence: 'illness' } as Stay;
const BEFORE = instant('2027-02-08T06:00:00.000Z');
const THAT_EVENING = instant('2027-02-09T14:00:00.000Z');
const AFTER = instant('2027-02-10T06:00:00.000Z');

test.each([
  ['kk', 'келмейді: ауру', 'келмеді: ауру'],
  ['ru', 'отсутствует: болезнь', 'отсутствие: болезнь'],
  ['en', 'absent: illness', 'was absent: illness'],
] as [Language, string, string][])(
  'an absence in %s: ahead and today “%s”, of a day gone “%s”',
  (language, ahead, gone) => {
    const t = translator(language);
    expect(stayWords(stay, BEFORE, t)).toBe(ahead);
    expect(stayWords(stay, THAT_EVENING, t)).toBe(ahead);
    expect(stayWords(stay, AFTER, t)).toBe(gone);
  },
);
