import { describe, expect, test } from 'vitest';
import { TestApp } from '../../support/app.ts';
import { FILLED } from '../../support/applications.ts';
import { World } from '../../support/world.ts';

async function stage(options: { limits?: boolean } = {}) {
  const world = await World.create();
  const app = await TestApp.start(world, options);
  const centreId = await world.centre();
  await world.group(centreId);
  const path = `/places/75/${centreId}/application`;
  const close = async () => {
    await app[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  };
  return { world, app, centreId, path, [Symbol.asyncDispose]: close };
}

const reasons: [string, Record<string, string>, string][] = [
  ['a wrong check digit', { iin: '180515599918' }, 'One digit of this IIN is wrong'],
  ['an IIN of another day', { birthDate: '2018-05-16' }, 'another date of birth'],
  ['no name', { childName: ' \u200f ' }, 'Check this field'],
  ['a child not born', { birthDate: '2027-05-15', iin: '' }, 'still ahead'],
  ['three hours', { to: '11:30' }, '4 hours'],
  ['a start in the past', { startsOn: '2027-02-02' }, 'from today'],
  ['a paper that has expired', { rehabilitationExpiresOn: '2027-02-01' }, 'expired'],
  ['a paper without its number', { rehabilitationNumber: '' }, 'Fill in this field'],
  ['no phone', { phone: '' }, 'Fill in this field'],
  ['a wrong phone', { phone: '12' }, 'Enter a phone number'],
  ['no consent', { consent: '' }, 'Without your consent'],
];

describe('an application', () => {
  test.each(reasons)('refuses %s and keeps what was typed', async (_, change, words) => {
    await using at = await stage();
    const answer = await at.app.visitor().post(at.path, { ...FILLED, ...change, step: 'check' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(words);
    expect(answer.text).toContain('Сабақтар, дәрі беру');
    expect(answer.text).toContain('<title>Error:');
  });

  test('is checked, sent once however often the button is tapped, and found again', async () => {
    await using at = await stage();
    const visitor = at.app.visitor();
    expect((await visitor.get(at.path)).headers.get('cache-control')).toBe('no-store');
    const hostile = { ...FILLED, childName: '<b>"Айару"</b> \u202eсер' };
    const check = await visitor.post(at.path, { ...hostile, step: 'check' });
    expect(check.status).toBe(200);
    expect(check.text).toContain('Mon 08:30–17:30, Wed 08:30–17:30');
    expect(check.text).not.toContain('<b>"Айару"</b>');
    expect((await visitor.post(at.path, { ...FILLED, step: 'change' })).text).toContain(
      'value="180515599919"',
    );

    const sent = { ...hostile, step: 'send', operation: 'one-tap' };
    const [first, second] = [await visitor.post(at.path, sent), await visitor.post(at.path, sent)];
    expect(first.status).toBe(303);
    expect(second.location).toBe(first.location);
    const rows = await at.world.database.read(async (tx) => await tx.db.select().from(tx.t.application));
    expect(rows).toHaveLength(1);
    const reference = rows[0]!.reference;
    expect(reference).toMatch(/^[ACDEFGHJKMNPQRTUVWXY34679]{10}$/);

    const shown = await visitor.get(first.location);
    expect(shown.text).toContain(`${reference.slice(0, 5)}-${reference.slice(5)}`);
    expect(shown.text).not.toContain('Айару');

    const own = await visitor.get(`/application?reference=${reference.toLowerCase()}&phone=87010000001`);
    expect(own.text).toContain('received');
    expect(own.text).not.toContain('Айару');
    expect(own.headers.get('cache-control')).toBe('no-store');
  });

  test('an unknown reference and a wrong phone get the same answer', async () => {
    await using at = await stage();
    const visitor = at.app.visitor();
    await visitor.post(at.path, { ...FILLED, step: 'send' });
    const [row] = await at.world.database.read(async (tx) => await tx.db.select().from(tx.t.application));
    const ask = async (reference: string, phone: string) => {
      const { status, text } = await visitor.get(`/application?reference=${reference}&phone=${phone}`);
      return { status, text: text.replaceAll(reference, 'R').replaceAll(phone, 'P') };
    };
    expect(await ask(row!.reference, '87010000002')).toEqual(await ask('AAAAAAAAAA', '87010000001'));
    expect((await visitor.get('/application/sent?reference=AAAAAAAAAA')).location).toBe('/application');
  });

  test('too many from one address have to wait', async () => {
    await using at = await stage({ limits: true });
    const visitor = at.app.visitor();
    let last = 0;
    for (let each = 0; each < 31; each++)
      last = (await visitor.post(at.path, { ...FILLED, step: 'send' })).status;
    expect(last).toBe(429);
  });
});
