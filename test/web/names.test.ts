import { expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import { storeWorkday } from '../../src/data/workdays.ts';
import { centreAddress, districtName } from '../../src/web/names.ts';
import { FamilyStage } from '../support/family-stage.ts';

const KAZAKH = 'Талғар ауданы';
const RUSSIAN = 'Талгарский район';
const BOTH = `${KAZAKH} / ${RUSSIAN}`;

test('a district is told in the language of the page, and as it is written where it has one name', () => {
  expect(districtName(BOTH, 'kk')).toBe(KAZAKH);
  expect([districtName(BOTH, 'ru'), districtName(BOTH, 'en')]).toEqual([RUSSIAN, RUSSIAN]);
  expect([districtName('Есіл', 'kk'), districtName('Есіл', 'ru'), districtName('', 'ru')]).toEqual([
    'Есіл',
    'Есіл',
    '',
  ]);
  expect(centreAddress({ district: BOTH, address: 'Абай, 1' }, 'kk')).toBe(`${KAZAKH}, Абай, 1`);
  expect(centreAddress({ district: '', address: 'Абай, 1' }, 'kk')).toBe('Абай, 1');
});

test('every page with a district says it in one language only, and finds by it whatever the language', async () => {
  await using at = await FamilyStage.create();
  const { world, app, visitor, childId, centreId, mother } = at;
  const other = await world.centre({ name: 'Күн' });
  await world.group(other);
  await world.insert(async (tx) => {
    await tx.db.update(tx.t.centre).set({ district: BOTH });
    await tx.db.update(tx.t.careGroup).set({ languages: ['kk', 'sign'] });
    await storeWorkday(tx, {
      personId: mother.personId,
      startsOn: plainDate('2027-01-01'),
      pattern: { mon: ['09:00', '17:00'] },
      commuteMinutes: 0,
    });
  });
  const bookingId = await at.book('2027-02-08');
  const manager = await app.as(await world.person('regional_manager', { regionCode: '75' }));
  const system = await app.as(await world.person('system_admin'));
  const pages = [
    [app.visitor(), '/places/75'],
    [app.visitor(), `/places/75/${centreId}`],
    [visitor, `/children/${childId}/groups?region=75`],
    [visitor, `/children/${childId}/hours?from=2027-02-08&region=75`],
    [visitor, `/bookings/${bookingId}`],
    [manager, '/regions/75/occupancy'],
    [manager, `/regions/75/centres/${centreId}/occupancy`],
    [manager, '/regions/75/occupancy.csv'],
    [manager, '/regions/75/occupancy/hours'],
    [system, '/centres'],
  ] as const;
  for (const [language, name, foreign] of [
    ['kk', KAZAKH, RUSSIAN],
    ['ru', RUSSIAN, KAZAKH],
  ] as const) {
    for (const [who, path] of pages) {
      const cookie = [
        ...(who.cookie('kundiz') ? [`kundiz=${who.cookie('kundiz')}`] : []),
        `lang=${language}`,
      ];
      const { status, text } = await who.get(path, { cookie: cookie.join('; ') });
      const says = text.replaceAll(/value="[^"]*"/g, '');
      expect([language, path, status]).toEqual([language, path, 200]);
      expect([path, says.includes(name)]).toEqual([path, true]);
      expect([path, says.includes(foreign)]).toEqual([path, false]);
    }
  }
  const found = await visitor.get(`/children/${childId}/hours?from=2027-02-08&region=75&speaks=sign`);
  expect(found.text).toContain('Working languages: Kazakh, sign language');
});
