import { expect, test } from 'vitest';
import { plainDate, WEEKDAYS } from '../../src/domain/calendar.ts';
import { formatDate, longDate, monthName, weekdayName } from '../../src/domain/calendar-words.ts';

const months = (language: 'kk' | 'ru' | 'en'): string =>
  Array.from({ length: 12 }, (_, at) => monthName(at + 1, language)).join(' ');
const weekdays = (language: 'kk' | 'ru' | 'en', length: 'long' | 'short'): string =>
  WEEKDAYS.map((weekday) => weekdayName(weekday, language, length)).join(' ');

test('Kazakh words', () => {
  expect(months('kk')).toBe(
    'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан',
  );
  expect(weekdays('kk', 'long')).toBe('дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі');
  expect(weekdays('kk', 'short')).toBe('дс сс ср бс жм сб жс');
});

test('Russian words', () => {
  expect(months('ru')).toBe(
    'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь',
  );
  expect(weekdays('ru', 'long')).toBe('понедельник вторник среда четверг пятница суббота воскресенье');
  expect(weekdays('ru', 'short')).toBe('пн вт ср чт пт сб вс');
});

test('English words', () => {
  expect(months('en')).toBe(
    'January February March April May June July August September October November December',
  );
  expect(weekdays('en', 'long')).toBe('Monday Tuesday Wednesday Thursday Friday Saturday Sunday');
  expect(weekdays('en', 'short')).toBe('Mon Tue Wed Thu Fri Sat Sun');
});

test('a day in figures and in words', () => {
  const date = plainDate('2027-01-14');
  expect(formatDate(date)).toBe('14.01.2027');
  expect(longDate(date, 'kk')).toBe('бейсенбі, 14 қаңтар');
  expect(longDate(date, 'ru')).toBe('четверг, 14 января');
  expect(longDate(date, 'en')).toBe('Thursday, 14 January');
  expect(longDate(plainDate('2027-05-03'), 'ru')).toBe('понедельник, 3 мая');
});

test.each([0, 13, 1.5])('there is no month %d', (month) => {
  expect(() => monthName(month, 'kk')).toThrow(RangeError);
});
