import { describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { addDays, plainDate } from '../../../src/domain/calendar.ts';
import { mayOf } from '../../../src/domain/guardianship.ts';
import { addGuardianship, listGuardianships } from '../../../src/data/guardianships.ts';
import { setWorkday } from '../../../src/use-cases/workday.ts';
import { TestApp } from '../../support/app.ts';
import { FamilyStage } from '../../support/family-stage.ts';
import { fieldOf, textOf } from '../../support/page-stage.ts';

const FORM = {
  name: 'Сәуле <b>Әже</b>',
  phone: '',
  may: ['collect'],
  startsOn: '03.02.2027',
  endsOn: '09.02.2027',
};
const pathOf = (at: FamilyStage) => `/children/${at.childId}/guardians`;
const rowsOf = (at: FamilyStage) => at.world.database.read((tx) => listGuardianships(tx, at.childId));
const bare = (text: string) => text.replaceAll(/[0-9a-f-]{36}/g, '').replaceAll(/\d+\./g, '');

describe('who has rights over a child', () => {
  test('from the child’s page: the list, each right and its dates, oneself first; no telephone', async () => {
    await using at = await FamilyStage.create();
    await at.world.insert(async (tx) => {
      const { person } = tx.t;
      await tx.db.update(person).set({ phone: '+77010000001' }).where(eq(person.id, at.mother.personId));
    });
    const child = await at.visitor.get(`/children/${at.childId}`);
    expect(child.text).toContain(`href="${pathOf(at)}"`);
    const page = await at.visitor.submit(pathOf(at), FORM);
    expect(page.status).toBe(200);
    expect(textOf(page)).toContain('Сәуле <b>Әже</b>');
    expect(textOf(page)).toContain('collect the child until 09.02.2027');
    expect(page.text.indexOf(at.mother.name)).toBeLessThan(page.text.indexOf('Сәуле'));
    expect(page.text).not.toContain('701');
  });

  test('who only sees the child sees the list and changes nothing; a stranger finds no page', async () => {
    await using at = await FamilyStage.create();
    const [own] = await rowsOf(at);
    const sees = await at.relative({ maySee: true });
    const page = await sees.get(pathOf(at));
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/guardians\/(new|\d+)/);
    for (const visitor of [sees, at.stranger, await at.relative({})]) {
      expect((await visitor.get(`${pathOf(at)}/new`)).status).toBe(404);
      expect((await visitor.get(`${pathOf(at)}/${own!.id}`)).status).toBe(404);
      expect((await visitor.post(pathOf(at), FORM)).status).toBe(404);
      expect((await visitor.post(`${pathOf(at)}/${own!.id}/withdrawal`, { withdrawn: 'book' })).status).toBe(
        404,
      );
      expect((await visitor.post(`${pathOf(at)}/${own!.id}/last-day`, { rights: 'book' })).status).toBe(404);
    }
    expect((await at.stranger.get(pathOf(at))).status).toBe(404);
    // Their own child in the address opens no row of another's.
    const cousin = await at.world.guardian();
    const other = await at.world.child(cousin);
    const visitor = await at.app.as(cousin);
    expect((await visitor.get(`/children/${other}/guardians/${own!.id}`)).status).toBe(404);
    const foreign = await visitor.post(`/children/${other}/guardians/${own!.id}/withdrawal`, {
      withdrawn: 'book',
    });
    expect(foreign.status).toBe(404);
  });

  test('rights that have ended or not begun open nothing', async () => {
    await using at = await FamilyStage.create();
    const [ended, coming] = [await at.world.guardian(), await at.world.guardian()];
    await at.world.insert(async (tx) => {
      const row = { childId: at.childId, may: mayOf(['see', 'book', 'collect', 'told']) };
      const startsOn = plainDate('2027-01-01');
      await addGuardianship(tx, {
        ...row,
        personId: ended.personId,
        startsOn,
        endsOn: plainDate('2027-02-02'),
      });
      const later = plainDate('2027-02-04');
      await addGuardianship(tx, { ...row, personId: coming.personId, startsOn: later, endsOn: null });
    });
    for (const actor of [ended, coming]) {
      const visitor = await at.app.as(actor);
      expect((await visitor.get(pathOf(at))).status).toBe(404);
      expect((await visitor.post(pathOf(at), FORM)).status).toBe(404);
    }
    const page = textOf(await at.visitor.get(pathOf(at)));
    expect(page).toContain(coming.name);
    expect(page).toContain('from 04.02.2027');
    expect(page).not.toContain(ended.name);
  });
});

describe('adding somebody', () => {
  test('what is wrong stands beside its field, and everything typed stays', async () => {
    await using at = await FamilyStage.create();
    const shape = await at.visitor.post(pathOf(at), {
      ...FORM,
      name: '',
      phone: '12',
      startsOn: '2027-02-30',
    });
    expect(shape.status).toBe(422);
    for (const field of ['name', 'phone', 'startsOn']) expect(shape.text).toContain(`href="#f-${field}"`);
    expect(fieldOf(shape, 'phone')).toBe('12');
    expect(fieldOf(shape, 'endsOn')).toBe('09.02.2027');
    const rule = await at.visitor.post(pathOf(at), { ...FORM, endsOn: '2027-02-02' });
    expect(textOf(rule)).toContain('This day has gone by');
    expect(fieldOf(rule, 'name')).toBe('Сәуле &lt;b&gt;Әже&lt;/b&gt;');
    const nothing = await at.visitor.post(pathOf(at), { ...FORM, may: [] });
    expect(nothing.text).toContain('href="#f-may"');
    expect((await at.visitor.post(pathOf(at), { ...FORM, may: ['everything'] })).status).toBe(422);
    expect((await at.visitor.post(pathOf(at), { ...FORM, email: 'a@example.kz' })).status).toBe(422);
    expect((await at.visitor.post(pathOf(at), { ...FORM, may: ['see'] })).text).toContain('href="#f-phone"');
    expect(await rowsOf(at)).toHaveLength(1);
  });

  test('the right to book asks for a second yes, and changes nothing before it', async () => {
    await using at = await FamilyStage.create();
    const form = { ...FORM, phone: '8 701 000 00 08', may: ['book', 'collect'] };
    const asked = await at.visitor.post(pathOf(at), form);
    expect(asked.status).toBe(200);
    expect(textOf(asked)).toContain('Give the right to book?');
    expect(textOf(asked)).toContain('+7 701 000 00 08');
    expect(await rowsOf(at)).toHaveLength(1);
    const fields = [...asked.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
    const carried: Record<string, string[]> = {};
    for (const [, name = '', value = ''] of fields)
      (carried[name] ??= []).push(value.replaceAll('&lt;', '<').replaceAll('&gt;', '>'));
    const done = await at.visitor.submit(pathOf(at), carried);
    expect(textOf(done)).toContain('Added.');
    expect((await rowsOf(at))[1]!.may).toEqual(mayOf(['see', 'book', 'collect']));
    // A second tap of the same form adds nobody.
    await at.visitor.post(pathOf(at), carried);
    expect(await rowsOf(at)).toHaveLength(2);
  });

  test('a known and an unknown telephone get the same pages, here and where hours are looked for', async () => {
    await using at = await FamilyStage.create();
    const known = await at.world.person('guardian', { login: '+77010000009' });
    const pattern = { kind: 'weekly', days: { mon: [18, 36] } } as const;
    await at.world.act(known, setWorkday, { pattern, commuteMinutes: 45 });
    await at.world.act(at.mother, setWorkday, { pattern, commuteMinutes: 30 });
    const answers = async (phone: string) => {
      await using own = await FamilyStage.create();
      await own.world.act(own.mother, setWorkday, { pattern, commuteMinutes: 30 });
      if (phone === '+77010000009') {
        const there = await own.world.person('guardian', { login: phone });
        await own.world.act(there, setWorkday, { pattern, commuteMinutes: 45 });
      } else await own.world.guardian();
      const form = { ...FORM, phone, may: ['see', 'book'], confirmed: 'yes' };
      const answer = await own.visitor.post(pathOf(own), form);
      const list = await own.visitor.get(pathOf(own));
      const [, row] = await rowsOf(own);
      const one = await own.visitor.get(`${pathOf(own)}/${row!.id}`);
      const hours = await own.visitor.get(`/children/${own.childId}/hours`);
      const pages = [list, one, hours].map(({ status, text }) => [status, bare(text)]);
      return [answer.status, answer.location, pages];
    };
    expect(await answers('+77010000009')).toEqual(await answers('+77010000006'));
    // The same in one country: the name that the family typed, not the one that is known.
    const form = { ...FORM, name: 'Ержан', phone: '+77010000009', may: ['see', 'book'], confirmed: 'yes' };
    const list = await at.visitor.submit(pathOf(at), form);
    expect(list.text).toContain('Ержан');
    const hours = await at.visitor.get(`/children/${at.childId}/hours`);
    for (const page of [list, hours]) expect(page.text).not.toContain(known.name);
    expect(textOf(hours)).not.toContain('way 45 min');
    // Once the one who was named says when they work, it counts, under the family's name for them.
    at.world.now = '2027-02-04T05:00:00.000Z' as typeof at.world.now;
    await at.world.act(known, setWorkday, { pattern, commuteMinutes: 45 });
    const later = textOf(await at.visitor.get(`/children/${at.childId}/hours`));
    expect(later).toContain('Ержан: ');
    expect(later).toContain('way 45 min');
  });

  test('too many messages to one number have to wait', async () => {
    await using at = await FamilyStage.create();
    await using app = await TestApp.start(at.world, { limits: true });
    const visitor = await app.as(at.mother);
    const statuses: number[] = [];
    for (let each = 0; each < 11; each++) {
      const form = { ...FORM, name: `Synthetic ${each}`, phone: '+77010000009', may: ['told'] };
      statuses.push((await visitor.post(pathOf(at), form)).status);
    }
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('one adult’s rights', () => {
  async function added(at: FamilyStage) {
    await at.visitor.post(pathOf(at), { ...FORM, may: ['collect'] });
    return (await rowsOf(at))[1]!;
  }

  test('the last day is changed, and a right withdrawn from today on', async () => {
    await using at = await FamilyStage.create();
    const row = await added(at);
    const page = await at.visitor.get(`${pathOf(at)}/${row.id}`);
    expect(fieldOf(page, 'endsOn')).toBe('2027-02-09');
    const later = await at.visitor.submit(`${pathOf(at)}/${row.id}/last-day`, {
      rights: ['collect'],
      endsOn: '2027-02-16',
    });
    expect(textOf(later)).toContain('collect the child until 16.02.2027');
    const wrong = await at.visitor.post(`${pathOf(at)}/${row.id}/last-day`, {
      rights: ['collect'],
      endsOn: '31.13.2027',
    });
    expect(wrong.status).toBe(422);
    expect(fieldOf(wrong, 'endsOn')).toBe('31.13.2027');
    const none = await at.visitor.post(`${pathOf(at)}/${row.id}/withdrawal`);
    expect(none.status).toBe(422);
    expect(none.text).toContain('href="#f-withdrawn"');
    const gone = await at.visitor.submit(`${pathOf(at)}/${row.id}/withdrawal`, { withdrawn: 'collect' });
    expect(textOf(gone)).toContain('The rights are withdrawn from today on.');
    expect(gone.text).not.toContain('Сәуле');
    expect((await rowsOf(at))[1]!.endsOn).toBe('2027-02-02');
    // Somebody else was quicker.
    expect((await at.visitor.get(`${pathOf(at)}/${row.id}`)).status).toBe(404);
    const twice = await at.visitor.submit(`${pathOf(at)}/${row.id}/withdrawal`, { withdrawn: 'collect' });
    expect(textOf(twice)).toContain('Somebody changed this before you');
  });

  test('the last right to book is not given up; a right that is given up shows the child no longer', async () => {
    await using at = await FamilyStage.create();
    const [own] = await rowsOf(at);
    const last = await at.visitor.post(`${pathOf(at)}/${own!.id}/withdrawal`, { withdrawn: 'book' });
    expect(last.status).toBe(422);
    expect(textOf(last)).toContain('Then nobody could book for the child');
    await at.relative({ maySee: true, mayBook: true });
    const gone = await at.visitor.post(`${pathOf(at)}/${own!.id}/withdrawal`, {
      withdrawn: ['see', 'book', 'collect', 'told'],
    });
    expect([gone.status, gone.location]).toEqual([303, '/children']);
    expect((await at.visitor.get(`/children/${at.childId}`)).status).toBe(404);
  });

  test('nobody lengthens their own right', async () => {
    await using at = await FamilyStage.create();
    const aunt = await at.world.guardian();
    const endsOn = addDays(plainDate('2027-02-03'), 7);
    const may = mayOf(['see', 'book']);
    const row = {
      childId: at.childId,
      personId: aunt.personId,
      startsOn: plainDate('2027-01-01'),
      endsOn,
      may,
    };
    const id = await at.world.insert((tx) => addGuardianship(tx, row));
    const visitor = await at.app.as(aunt);
    const longer = await visitor.post(`${pathOf(at)}/${id}/last-day`, { rights: ['book'], endsOn: '' });
    expect(longer.status).toBe(422);
    expect(textOf(longer)).toContain('Nobody lengthens their own rights');
    const given = await visitor.post(pathOf(at), { ...FORM, endsOn: '' });
    expect(textOf(given)).toContain('Your own right to book ends earlier');
  });
});

test('the others read on their own page what was given', async () => {
  await using at = await FamilyStage.create();
  const father = await at.world.guardian();
  await at.world.insert((tx) =>
    addGuardianship(tx, {
      childId: at.childId,
      personId: father.personId,
      startsOn: plainDate('2027-01-01'),
      endsOn: null,
      may: mayOf(['see', 'told']),
    }),
  );
  await at.visitor.post(pathOf(at), { ...FORM, name: 'Сәуле Әже' });
  const page = textOf(await (await at.app.as(father)).get('/children'));
  expect(page).toContain('СӘ may now collect the child, 03.02.2027–09.02.2027');
  expect(textOf(await at.visitor.get('/children'))).not.toContain('may now');
});
