import { describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { searchName } from '../../src/domain/names.ts';
import { instant } from '../../src/domain/calendar.ts';
import { FamilyStage } from '../support/family-stage.ts';
import { fieldOf, textOf } from '../support/page-stage.ts';

/** Rows may be older than the rules for names: pages must stand whatever is in them. */
const NAMES: readonly (readonly [string, string])[] = [
  ['quotes', `О’Ғ "Ару" 'Ай' \`x\` « »`],
  [
    'tags',
    '<script>alert(1)</script><img src=x onerror=alert(2)> <b>Ай</b> </title></main> <%= 1 %> {{x}} &amp;',
  ],
  ['right-to-left marks', 'Ай\u202eсер\u200f \u2066Қ\u2069 محمد'],
  ['80 letters', 'Ә'.repeat(80)],
];

describe.each(NAMES)('a name with %s', (_, name) => {
  test('is text on every page of its family and of its centre', async () => {
    await using at = await FamilyStage.create();
    const { childId, groupId, centreId, world } = at;
    await world.insert(async (tx) => {
      const { child, careGroup, centre, registration } = tx.t;
      await tx.db.update(child).set({ name, searchName: searchName(name) });
      await tx.db.update(careGroup).set({ name });
      await tx.db
        .update(centre)
        .set({ nameRu: name, nameKk: name, address: name, district: name, searchName: searchName(name) })
        .where(eq(centre.id, centreId));
      await tx.db.insert(registration).values({ childId, centreId, registeredAt: world.now });
    });
    const id = await at.book('2027-02-03', 20, 33);
    const staff = await at.app.as(await world.person('centre_admin', { centreId }));
    const own = [
      '/children',
      `/children/${childId}`,
      `/children/${childId}/month`,
      `/children/${childId}/groups?region=all`,
      `/children/${childId}/groups/${groupId}/days?from=2027-02-08`,
      `/children/${childId}/bookings/new?group=${groupId}&date=2027-02-09`,
      `/children/${childId}/bookings/series?group=${groupId}`,
      `/children/${childId}/bookings/series?group=${groupId}&kind=dates&dates=2027-02-09&from=08:30&to=16:30`,
      `/bookings/${id}`,
      `/bookings/${id}/change`,
      `/bookings/${id}/change?date=2027-02-09&from=10:00`,
      `/bookings/${id}/absence`,
      `/bookings/${id}/cancellation`,
      '/bookings',
    ];
    const centre = `/centres/${centreId}`;
    const theirs = [
      `${centre}/days/2027-02-03`,
      `${centre}/children`,
      `${centre}/children/${childId}`,
      `${centre}/bookings/${id}`,
      `${centre}/bookings/new?child=${childId}`,
      `${centre}/groups`,
      `${centre}/groups/${groupId}`,
      `${centre}/settings`,
    ];
    for (const [visitor, paths] of [
      [at.visitor, own],
      [staff, theirs],
    ] as const) {
      for (const path of paths) {
        const page = await visitor.get(path);
        expect(page.status, path).toBe(200);
        expect(page.text, path).not.toMatch(/<script>|<img|<b>Ай<\/b>|onerror=alert\(2\)>/);
        expect(page.text.match(/<\/(title|main)>/g), path).toHaveLength(2);
        expect(page.text, path).not.toContain('undefined');
        // The settings hold it in a field.
        if (!path.endsWith('/settings')) expect(textOf(page), path).toContain(name.replaceAll(/\s+/g, ' '));
        expect(page.headers.get('cache-control'), path).toBe('no-store');
      }
    }
  });
});

describe('the same thing twice', () => {
  test('a link opened twice shows the same page and changes nothing', async () => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-09');
    const before = await at.bookings();
    for (const path of ['', '/absence', '/change', '/cancellation', '/change?date=2027-02-10&from=08:30']) {
      const [first, second] = [
        await at.visitor.get(`/bookings/${id}${path}`),
        await at.visitor.get(`/bookings/${id}${path}`),
      ];
      const bare = (text: string) => text.replaceAll(/[0-9a-f-]{36}/g, '');
      expect(bare(second.text)).toBe(bare(first.text));
    }
    expect(await at.bookings()).toEqual(before);
  });

  test.each([
    ['absence', { kind: 'illness' }, 'absent'],
    ['cancellation', {}, 'cancelled'],
    ['change', { date: '2027-02-10', from: '08:30', to: '16:30' }, 'booked'],
  ] as const)('a double tap of %s is one tap', async (what, form, state) => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-09');
    const operation = fieldOf(await at.visitor.get(`/bookings/${id}/${what}`), 'operation')!;
    const body = { ...form, operation, ...(what === 'change' && { groupId: String(at.groupId) }) };
    const send = () => at.visitor.post(`/bookings/${id}/${what}`, body);
    const [first, second] = await Promise.all([send(), send()]);
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(second.location).toBe(first.location);
    expect(await at.bookings()).toMatchObject([{ id, state }]);
    const events = await at.world.database.read(async (tx) => await tx.db.select().from(tx.t.event));
    expect(events.filter((event) => event.bookingId === id)).toHaveLength(2);
  });
});

describe('Back after a change', () => {
  test('asks the server again and gets a whole, present page', async () => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-09');
    const form = await at.visitor.get(`/bookings/${id}/cancellation`);
    expect(form.headers.get('cache-control')).toBe('no-store');
    await at.visitor.post(`/bookings/${id}/cancellation`, { operation: fieldOf(form, 'operation')! });
    const back = await at.visitor.get(`/bookings/${id}/cancellation`, {
      'hx-request': 'true',
      'hx-history-restore-request': 'true',
    });
    expect(back.text).toMatch(/^<!doctype html>/);
    expect(back.text).toContain('cancelled by the family');
    expect(back.text).not.toContain('Cancel this booking?');
    expect(back.headers.get('vary')).toContain('HX-Request');
  });

  test('of a page that htmx swaps parts of is a whole page too', async () => {
    await using at = await FamilyStage.create();
    const admin = await at.app.as(await at.world.person('centre_admin', { centreId: at.centreId }));
    const path = `/centres/${at.centreId}/children`;
    const swapped = { 'hx-request': 'true', 'hx-target': 'div#register' };
    expect((await admin.get(path, swapped)).text).not.toContain('<!doctype html>');
    const restored = await admin.get(path, { ...swapped, 'hx-history-restore-request': 'true' });
    expect(restored.text).toMatch(/^<!doctype html>/);
    expect(restored.headers.get('cache-control')).toBe('no-store');
  });
});

describe('a forged HX-Request', () => {
  const forged = { 'hx-request': 'true', 'hx-target': 'div#register' };

  test('opens nothing that is closed', async () => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-09');
    const paths = [`/bookings/${id}`, `/children/${at.childId}`, `/centres/${at.centreId}/children`];
    for (const path of paths) {
      const answer = await at.stranger.get(path, forged);
      expect([403, 404]).toContain(answer.status);
      expect(answer.text).not.toContain('Ару');
      const out = await at.app.visitor().get(path, forged);
      expect(out.status).toBe(401);
      expect(out.text).toMatch(/^<!doctype html>/);
      expect(out.text).toContain(`action="/sign-in?next=${encodeURIComponent(path)}"`);
      expect(out.headers.get('hx-retarget')).toBe('body');
    }
  });

  test('is no way around the guard of forms', async () => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-09');
    const sent = await at.visitor.post(
      `/bookings/${id}/cancellation`,
      {},
      { ...forged, 'sec-fetch-site': 'cross-site' },
    );
    expect(sent.status).toBe(403);
    expect(await at.bookings()).toMatchObject([{ state: 'booked' }]);
  });

  test('of a page without parts is the whole page', async () => {
    await using at = await FamilyStage.create();
    expect((await at.visitor.get(`/children/${at.childId}`, forged)).text).toMatch(/^<!doctype html>/);
  });
});

describe('what no page of ours sends', () => {
  test.each([
    ['a tone that is none', { key: 'form.saved', tone: { a: 1 } }],
    ['a number that is none', { key: 'form.too_long', params: { n: {} } }],
    ['a sentence that is none', { key: 'toString' }],
    ['nothing', null],
  ])('a cookie left for the next page with %s says nothing', async (_, left) => {
    await using at = await FamilyStage.create();
    const flash = Buffer.from(JSON.stringify(left)).toString('base64url');
    const page = await at.app.visitor().get('/places', { cookie: `flash=${flash}` });
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('class="notice');
  });

  test('a NUL is no letter of a form', async () => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-09');
    const operation = fieldOf(await at.visitor.get(`/bookings/${id}/cancellation`), 'operation')!;
    const sent = await at.visitor.post(`/bookings/${id}/cancellation`, { operation: `${operation}\0` });
    expect(sent.status).toBe(303);
    const keys = await at.world.database.read(async (tx) => await tx.db.select().from(tx.t.operation));
    expect(keys.map(({ key }) => key)).toContain(operation);
  });

  test('an answer too long for an address is refused', async () => {
    await using at = await FamilyStage.create();
    const path = `/children/${at.childId}/bookings/series?group=${at.groupId}`;
    const sent = await at.visitor.post(path, { kind: 'x'.repeat(100_000) });
    expect(sent.status).toBe(422);
    expect(textOf(sent)).toContain('Some of the answers cannot be accepted');
  });
});

describe('where signing in leads', () => {
  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/%0d%0aset-cookie: x=1'.replace('%0d%0a', '\r\n'),
  ])('next=%s is the home page', async (next) => {
    await using at = await FamilyStage.create();
    const address = `/sign-in?next=${encodeURIComponent(next)}`;
    expect((await at.visitor.get(address)).location).toBe('/');
    const form = await at.app.visitor().get(address);
    expect(form.text).toContain('action="/sign-in?next=%2F"');
    expect(form.text).not.toContain('evil.example');
  });

  test('a workday goes on to its own pages only', async () => {
    await using at = await FamilyStage.create();
    const form = { days: 'mon', from: '09:00', to: '17:00', commute: '0' };
    for (const next of [
      '//evil.example',
      'https://evil.example/children/1/hours',
      '/children/1/hours#x',
      '/account',
    ])
      expect(
        (await at.visitor.post(`/workday?kind=weekly&next=${encodeURIComponent(next)}`, form)).location,
      ).toBe('/children');
  });
});

test('who has no right over the child gets no page and changes nothing', async () => {
  await using at = await FamilyStage.create();
  const id = await at.book('2027-02-09');
  const told = await at.relative({});
  const reader = await at.relative({ maySee: true });
  at.world.now = instant('2027-02-03T07:30:00.000Z');
  for (const visitor of [at.stranger, told]) {
    for (const path of [`/children/${at.childId}`, `/children/${at.childId}/month`, `/bookings/${id}`])
      expect((await visitor.get(path)).status).toBe(404);
  }
  for (const visitor of [at.stranger, told, reader]) {
    for (const [path, form] of [
      [`/bookings/${id}/absence`, { kind: 'illness' }],
      [`/bookings/${id}/cancellation`, {}],
      [
        `/bookings/${id}/change`,
        { groupId: String(at.groupId), date: '2027-02-10', from: '08:30', to: '16:30' },
      ],
      [
        `/children/${at.childId}/bookings?group=${at.groupId}`,
        { date: '2027-02-10', from: '08:30', to: '16:30' },
      ],
      [`/children/${at.childId}/bookings/series?group=${at.groupId}`, { kind: 'weekly' }],
    ] as [string, Record<string, string>][])
      expect((await visitor.post(path, form)).status, path).toBe(404);
  }
  expect(await at.bookings()).toMatchObject([{ id, date: '2027-02-09', state: 'booked' }]);
});
