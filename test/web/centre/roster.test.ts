import { expect, test } from 'vitest';
import { addDays, instantAt } from '../../../src/domain/calendar.ts';
import { findRoster } from '../../../src/data/rosters.ts';
import { listShifts } from '../../../src/data/shifts.ts';
import { bookSlot } from '../../../src/use-cases/bookings.ts';
import { endDraft, findRunningDraft } from '../../../src/use-cases/running-drafts.ts';
import { TestApp, type Page, type Visitor } from '../../support/app.ts';
import { FULL_DAY, MONDAY, slot, TUESDAY, WEDNESDAY } from '../../support/centre-stage.ts';
import { textOf } from '../../support/page-stage.ts';
import { refusalOf } from '../../support/refusals.ts';
import { RosterStage, shift } from '../../support/roster-stage.ts';

interface Scene {
  readonly at: RosterStage;
  readonly app: TestApp;
  readonly admin: Visitor;
  readonly base: string;
}

async function scene(run: (scene: Scene) => Promise<void>): Promise<void> {
  await using at = await RosterStage.create();
  await using app = await TestApp.start(at.world);
  await run({ at, app, admin: await app.as(at.admin), base: `/centres/${at.centreId}/rosters` });
}

/** What is made for the centre, as every process sees it. */
const running = ({ world, centreId }: RosterStage) =>
  world.database.read((tx) => findRunningDraft(tx, centreId, world.now));

const hidden = ({ text }: Page, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';

const times = (from: string, to: string, breakFrom = '') => ({ from, to, breakFrom });

/** A shift as its form sends it. */
function form(
  staffId: number,
  date: string,
  groupId: number,
  more: Record<string, string> = {},
): Record<string, string> {
  return {
    version: '1',
    staff: String(staffId),
    date,
    group: String(groupId),
    fixed: 'yes',
    ...times('08:00', '16:30', '12:00'),
    ...more,
  };
}

test('the solver drafts, an administrator edits, publishes, and places follow: more than staff carry is full', () =>
  scene(async ({ at, admin, base }) => {
    const { world, centreId, groupId } = at;
    const [tutor, carer] = [
      await at.staff({ post: 'tutor', name: 'Synthetic tutor' }),
      await at.staff({ post: 'care_worker', name: 'Synthetic carer' }),
    ];
    // One who cannot choose her hours: which shift is best is proved at once.
    await at.staff({ post: 'nurse', name: 'Synthetic nurse', availability: { mon: [18, 35] } });
    for (let child = 0; child < 5; child++) await at.book(MONDAY, slot('09:00', '15:00'));
    const started = await admin.post(base, { week: MONDAY, weeks: '1', seconds: '10' });
    expect(started).toMatchObject({ status: 303, location: `${base}/draft` });
    expect(textOf(await admin.get(`${base}/draft`))).toContain('The search for a draft');
    await expect.poll(async () => (await running(at))?.state.is, { timeout: 30_000 }).toBe('done');
    const ready = await admin.get(`${base}/draft`);
    expect(textOf(ready)).toContain('The draft is ready.');
    const board = /class="btn go" href="([^"]+)"/.exec(ready.text)![1]!;
    const page = await admin.get(board);
    const text = textOf(page);
    expect(page.status).toBe(200);
    expect(text).toContain('Roster 08.02–14.02.2027 Draft');
    expect(text).toContain('What the planner found');
    expect(text).toContain('Rules broken, all days 0');
    expect(text).toContain('Required staff covered covered covered covered covered');
    const rosterId = Number(/rosters\/(\d+)/.exec(board)![1]);
    const shifts = await world.database.read((tx) => listShifts(tx, rosterId));
    const mondays = shifts.filter(({ date }) => date === MONDAY);
    expect(mondays.length).toBeGreaterThanOrEqual(2);

    // Only the tutor is left on Monday: one person carries four.
    const others = mondays.filter(({ staffId }) => staffId !== tutor);
    let version = 1;
    for (const { id } of others) {
      const answer = await admin.post(`${base}/${rosterId}/shifts/${id}/deletion`, {
        version: String(version++),
      });
      expect(answer.status).toBe(303);
    }
    const own = mondays.find(({ staffId }) => staffId === tutor);
    const wish = form(tutor, MONDAY, groupId, {
      version: String(version),
      ...times('08:00', '16:30', '15:30'),
    });
    const saved = await admin.submit(
      own ? `${base}/${rosterId}/shifts/${own.id}` : `${base}/${rosterId}/shifts`,
      wish,
    );
    expect(textOf(saved)).toContain('The shift is saved.');
    expect(saved.text).toContain('<b class="nowrap">08:00–16:30</b>');
    expect(textOf(saved)).toContain('09:00–15:00 too few staff');

    // Until 22:00 the carer cannot work: a hard rule, and nothing is saved.
    const late = await admin.post(`${base}/${rosterId}/shifts`, {
      ...form(carer, MONDAY, groupId, { version: hidden(saved, 'version') }),
      ...times('13:30', '22:00', '17:30'),
    });
    expect(late.status).toBe(422);
    expect(textOf(late)).toContain('Not saved: Synthetic carer, Mon 08.02: outside the hours in which');

    const check = await admin.get(`${base}/${rosterId}/publication`);
    const says = textOf(check);
    expect(says).toContain('Mon 08.02, Топ : 09:00–15:00');
    expect(says).toContain('8 → 0–4');
    expect(says).toContain('Children with a day newly at risk 5');
    const done = await admin.submit(`${base}/${rosterId}/publication`, { version: hidden(check, 'version') });
    expect(textOf(done)).toContain('Published. Days that follow from this roster: 7; adults told: 1.');
    expect(done.text).toContain(`href="/centres/${centreId}/days/${MONDAY}#group-${groupId}"`);
    expect((await at.storedDay(MONDAY)).rosterId).toBe(rosterId);
    const childId = await world.child(at.mother);
    const sixth = { childId, groupId, date: MONDAY, slot: slot('09:00', '15:00') };
    expect((await refusalOf(world.act(at.mother, bookSlot, sixth))).reason).toBe('full');
    // Published, it is changed by another draft only.
    const held = await admin.get(`${base}/${rosterId}`);
    expect(textOf(held)).toContain('Published, holds on 7 days');
    expect(held.text).not.toContain('/shifts/');
    expect((await admin.post(`${base}/${rosterId}/shifts`, wish)).status).toBe(409);
  }));

test('an edit that breaks a hard rule is refused with its words, what was typed kept; a warning stops nothing', () =>
  scene(async ({ at, admin, base }) => {
    const { groupId } = at;
    const tutor = await at.staff({ name: 'Synthetic tutor' });
    const rosterId = await at.draft(MONDAY, WEDNESDAY, [shift(tutor, MONDAY, groupId)]);
    const path = `${base}/${rosterId}/shifts`;
    const blank = await admin.get(`${path}/new?staff=${tutor}&date=${TUESDAY}`);
    expect(textOf(blank)).toContain('New shift');
    expect(blank.text).toContain(`<option value="${tutor}" selected>`);
    expect(blank.text).toContain(`<option value="${TUESDAY}" selected>`);
    const long = await admin.post(path, form(tutor, TUESDAY, groupId, times('08:00', '17:30', '12:00')));
    expect(long.status).toBe(422);
    expect(textOf(long)).toContain(
      'Not saved: Synthetic tutor, Tue 09.02: 9 h of work in the day; the norm is 8 h',
    );
    expect(long.text).toContain('<option value="17:30" selected>');
    expect(long.text).toContain('<title>Error:');
    const noBreak = await admin.post(path, form(tutor, TUESDAY, groupId, times('08:00', '15:00')));
    expect(textOf(noBreak)).toContain('needs a break of half an hour');
    expect(noBreak.text).toContain('href="#f-breakFrom"');
    const wrong = await admin.post(path, form(tutor, TUESDAY, groupId, times('10:00', '09:00')));
    expect([wrong.status, textOf(wrong).includes('The end must be after the start')]).toEqual([422, true]);
    const stranger = await admin.post(path, form(tutor, '2027-03-01', groupId));
    expect(textOf(stranger)).toContain('Choose a day of this roster');
    expect(await at.world.database.read((tx) => listShifts(tx, rosterId))).toHaveLength(1);
    // Five days ahead is a late publication: told, and saved all the same.
    const saved = await admin.submit(path, form(tutor, TUESDAY, groupId));
    expect(textOf(saved)).toContain('would be published 5 days ahead; at least 10 are due');
    const [, second] = await at.world.database.read((tx) => listShifts(tx, rosterId));
    expect(second).toMatchObject({ date: TUESDAY, from: 16, to: 33, breakFrom: 24, fixed: true });
    expect(second!.stretches).toEqual([{ groupId, from: 16, to: 33 }]);
  }));

test('part of a shift is spent with another group, and its form shows the same again', () =>
  scene(async ({ at, admin, base }) => {
    const other = await at.world.group(at.centreId);
    const tutor = await at.staff();
    const rosterId = await at.draft(MONDAY, MONDAY, []);
    const parts = { 'part.0.group': String(other), 'part.0.from': '09:00', 'part.0.to': '10:00' };
    const path = `${base}/${rosterId}/shifts`;
    const half = await admin.post(path, form(tutor, MONDAY, at.groupId, { 'part.0.group': String(other) }));
    expect(half.status).toBe(422);
    expect(half.text).toContain('href="#f-part-0-from"');
    const outside = await admin.post(
      path,
      form(tutor, MONDAY, at.groupId, { ...parts, 'part.0.to': '18:00' }),
    );
    expect(textOf(outside)).toContain('This part must lie within the shift');
    await admin.post(path, form(tutor, MONDAY, at.groupId, parts));
    const [stored] = await at.world.database.read((tx) => listShifts(tx, rosterId));
    expect(stored!.stretches).toEqual([
      { groupId: at.groupId, from: 16, to: 18 },
      { groupId: other, from: 18, to: 20 },
      { groupId: at.groupId, from: 20, to: 33 },
    ]);
    const again = await admin.get(`${path}/${stored!.id}`);
    expect(again.text).toMatch(/name="part\.0\.from"[^]*?<option value="09:00" selected>/);
    expect(again.text).toMatch(/name="part\.0\.to"[^]*?<option value="10:00" selected>/);
  }));

test('the second of two administrators gets 409, sees what the first left, and loses nothing typed', () =>
  scene(async ({ at, app, admin, base }) => {
    const [one, two] = [await at.staff({ name: 'Synthetic one' }), await at.staff({ name: 'Synthetic two' })];
    const rosterId = await at.draft(MONDAY, TUESDAY, [
      shift(one, MONDAY, at.groupId),
      shift(two, TUESDAY, at.groupId),
    ]);
    const [mine] = await at.world.database.read((tx) => listShifts(tx, rosterId));
    const path = `${base}/${rosterId}/shifts/${mine!.id}`;
    const colleague = await app.as(await at.world.person('centre_admin', { centreId: at.centreId }));
    await colleague.post(path, form(one, MONDAY, at.groupId, times('09:00', '17:30', '13:00')));
    const stale = await admin.post(path, form(one, MONDAY, at.groupId, times('08:00', '14:00')));
    expect(stale.status).toBe(409);
    const text = textOf(stale);
    expect(text).toContain('Somebody changed this before you');
    expect(text).toContain('From 09:00 yours 08:00');
    expect(text).toContain('To 17:30 yours 14:00');
    expect(text).not.toContain('Group Топ yours');
    expect(stale.text).toContain('<option value="14:00" selected>');
    expect(hidden(stale, 'version')).toBe('2');
    // Sent again with the state that was seen, it is saved.
    expect(
      (await admin.post(path, { ...form(one, MONDAY, at.groupId, times('08:00', '14:00')), version: '2' }))
        .status,
    ).toBe(303);
    // A shift that is gone meanwhile is told as stale, not as if it had never been.
    await colleague.post(`${path}/deletion`, { version: '3' });
    expect((await admin.post(path, { ...form(one, MONDAY, at.groupId), version: '3' })).status).toBe(409);
    expect((await admin.post(path, { ...form(one, MONDAY, at.groupId), version: '4' })).status).toBe(404);
  }));

test('two people swap their shifts of a day; a shift is moved to another day and person', () =>
  scene(async ({ at, admin, base }) => {
    const [one, two] = [await at.staff(), await at.staff()];
    const rosterId = await at.draft(MONDAY, TUESDAY, [
      shift(one, MONDAY, at.groupId, { from: 16, to: 33 }),
      shift(two, MONDAY, at.groupId, { from: 20, to: 37, breakFrom: 28 }),
    ]);
    const stored = () => at.world.database.read((tx) => listShifts(tx, rosterId));
    const [early, late] = await stored();
    const swapped = await admin.submit(`${base}/${rosterId}/shifts/${early!.id}/swap`, {
      version: '1',
      with: String(late!.id),
    });
    expect(textOf(swapped)).toContain('The shifts are swapped.');
    expect((await stored()).map(({ staffId, from, fixed }) => [staffId, from, fixed])).toEqual([
      [two, 16, true],
      [one, 20, true],
    ]);
    await admin.post(
      `${base}/${rosterId}/shifts/${early!.id}`,
      form(one, TUESDAY, at.groupId, { version: '2' }),
    );
    // Monday ends at 18:30, Tuesday begins at 08:00: rest enough.
    expect((await stored()).map(({ staffId, date, from }) => [staffId, date, from])).toEqual([
      [one, MONDAY, 20],
      [one, TUESDAY, 16],
    ]);
  }));

test('htmx gets the board alone, with its form or its errors', () =>
  scene(async ({ at, admin, base }) => {
    const tutor = await at.staff();
    const rosterId = await at.draft(MONDAY, TUESDAY, []);
    const asked = { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'div#board' };
    const part = await admin.get(`${base}/${rosterId}/shifts/new?staff=${tutor}&date=${MONDAY}`, asked);
    expect(part.text.trimStart().startsWith('<div class="flow" id="board"')).toBe(true);
    expect(part.text).toContain('New shift');
    const refused = await admin.post(
      `${base}/${rosterId}/shifts`,
      form(tutor, MONDAY, at.groupId, times('08:00', '18:00')),
      asked,
    );
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('error-summary');
    expect(refused.text).not.toContain('<html');
    const saved = await admin.post(`${base}/${rosterId}/shifts`, form(tutor, MONDAY, at.groupId), asked);
    const after = await admin.get(saved.location, asked);
    expect(after.text).toContain('The shift is saved.');
    expect(after.text).not.toContain('<html');
  }));

test('last week is copied as far as rules allow; a published roster is changed by a new draft', () =>
  scene(async ({ at, admin, base }) => {
    const NEXT = '2027-02-15' as typeof MONDAY;
    const [one, ill] = [await at.staff(), await at.staff()];
    await at.world.insert(async (tx) => {
      await tx.db.insert(tx.t.staffLeave).values({ staffId: ill, startsOn: NEXT, endsOn: NEXT });
    });
    const first = await at.published(MONDAY, TUESDAY, [
      shift(one, MONDAY, at.groupId),
      shift(one, TUESDAY, at.groupId),
      shift(ill, MONDAY, at.groupId),
      shift(ill, TUESDAY, at.groupId),
    ]);
    const hand = await admin.submit(`${base}/copies`, { week: NEXT, weeks: '1', seconds: '30' });
    expect(textOf(hand)).toContain('A draft with 0 published shifts.');
    const rosterId = first.id + 1;
    const copied = await admin.submit(`${base}/${rosterId}/week-copy`, { version: '1', week: NEXT });
    expect(textOf(copied)).toContain('Shifts copied: 3; left out: 1.');
    const stored = await at.world.database.read((tx) => listShifts(tx, rosterId));
    expect(stored.map(({ staffId, date }) => [staffId, date])).toEqual([
      [one, NEXT],
      [one, '2027-02-16'],
      [ill, '2027-02-16'],
    ]);
    expect((await admin.post(`${base}/${rosterId}/week-copy`, { version: '1', week: NEXT })).status).toBe(
      409,
    );
    const change = await admin.submit(`${base}/copies`, { from: MONDAY, to: TUESDAY });
    expect(textOf(change)).toContain('A draft with 4 published shifts.');
    const list = textOf(await admin.get(base));
    expect(list).toContain('08.02–09.02.2027 Published, holds on 2 days');
    expect(list).toContain('08.02–09.02.2027 Draft');
  }));

test('an illegal draft is not published: its rules are listed and there is no button; nor one that was overtaken', () =>
  scene(async ({ at, admin, base }) => {
    const tutor = await at.staff({ name: 'Synthetic tutor' });
    const illegal = await at.draft(MONDAY, TUESDAY, [shift(tutor, MONDAY, at.groupId, { to: 37 })]);
    const check = await admin.get(`${base}/${illegal}/publication`);
    expect(textOf(check)).toContain('Mon 08.02: 10 h of work in the day; the norm is 8 h rule broken');
    expect(textOf(check)).toContain('Mend the broken rules on the board first');
    expect(check.text).not.toContain('name="version"');
    const forced = await admin.post(`${base}/${illegal}/publication`, { version: '1' });
    expect([forced.status, textOf(forced).includes('Some shifts break the rules')]).toEqual([422, true]);
    const [mine, theirs] = [await at.draft(MONDAY, MONDAY, []), await at.draft(MONDAY, TUESDAY, [])];
    await at.publish(theirs);
    const late = await admin.post(`${base}/${mine}/publication`, { version: '1' });
    expect(late.status).toBe(409);
    expect(textOf(late)).toContain('another roster was published for some of these days');
    expect((await at.storedDay(MONDAY)).rosterId).toBe(theirs);
  }));

test(
  'a search can be stopped: with the best so far it is a draft, without nothing is stored; one at a time',
  () =>
    scene(async ({ at, admin, base }) => {
      const { world, centreId } = at;
      for (let each = 0; each < 8; each++) await at.staff();
      for (let child = 0; child < 8; child++)
        for (const date of [MONDAY, TUESDAY, WEDNESDAY]) await at.book(date, FULL_DAY);
      expect(textOf(await admin.get(`${base}/draft`))).toContain('No draft is being made here.');
      await admin.post(base, { week: MONDAY, weeks: '4', seconds: '60' });
      await admin.post(base, { week: MONDAY, weeks: '1', seconds: '60' });
      expect((await running(at))?.to).toBe('2027-03-07');
      const stopped = await admin.submit(`${base}/draft/end`, { keep: 'no' });
      expect(textOf(stopped)).toContain('The search was stopped. Nothing was stored.');
      expect(await world.database.read((tx) => findRoster(tx, 1))).toBeUndefined();
      await admin.post(base, { week: MONDAY, weeks: '1', seconds: '60' });
      await expect.poll(async () => (await running(at))?.best !== undefined, { timeout: 30_000 }).toBe(true);
      const kept = await admin.submit(`${base}/draft/end`, { keep: 'yes' });
      expect(textOf(kept)).toContain('The draft is ready.');
      expect((await world.database.read((tx) => findRoster(tx, 1)))?.outcome).not.toBeNull();
      await endDraft(world.database, centreId, { keep: false, now: world.now });
      const closed = await admin.post(base, { week: '2027-01-25', weeks: '1', seconds: '10' });
      expect(closed.status).toBe(422);
    }),
  60_000,
);

test('staff of the centre look, only administrators change; nobody else sees it', () =>
  scene(async ({ at, app, base }) => {
    const tutor = await at.staff();
    const rosterId = await at.draft(MONDAY, MONDAY, [shift(tutor, MONDAY, at.groupId)]);
    const staff = await app.as(await at.world.person('centre_staff', { centreId: at.centreId }));
    const board = await staff.get(`${base}/${rosterId}`);
    expect(board.status).toBe(200);
    expect(board.text).not.toContain('/shifts/new');
    expect((await staff.post(`${base}/${rosterId}/shifts`, form(tutor, MONDAY, at.groupId))).status).toBe(
      403,
    );
    const other = await at.world.centre({ name: 'Басқа' });
    const stranger = await app.as(await at.world.person('centre_admin', { centreId: other }));
    expect((await stranger.get(`${base}/${rosterId}`)).status).toBe(404);
    for (const page of ['', '/publication', '/print', '/shifts/new'])
      expect((await stranger.get(`/centres/${other}/rosters/${rosterId}${page}`)).status).toBe(404);
    const forced = await stranger.post(`/centres/${other}/rosters/${rosterId}/publication`, { version: '1' });
    expect(forced.status).toBe(404);
    const kept = await stranger.post(`/centres/${other}/rosters`, {
      from: MONDAY,
      to: MONDAY,
      keep: String(rosterId),
    });
    expect(kept.status).toBe(404);
  }));

test('a roster prints over two weeks and a month, in every language', () =>
  scene(async ({ at, admin, base }) => {
    const tutor = await at.staff({ name: 'Synthetic tutor' });
    const rosterId = await at.draft(MONDAY, TUESDAY, [shift(tutor, MONDAY, at.groupId)]);
    const two = await admin.get(`${base}/${rosterId}/print`);
    expect(textOf(two)).toContain('Synthetic tutor care worker 08:00 16:30');
    for (const [language, title] of [
      ['kk', 'Жұмыс кестесі 01.02–28.02.2027'],
      ['ru', 'График работы 01.02–28.02.2027'],
      ['en', 'Roster 01.02–28.02.2027'],
    ]) {
      const cookie = `kundiz=${admin.cookie('kundiz')}; lang=${language}`;
      const month = await admin.get(`${base}/${rosterId}/print?span=month&from=${MONDAY}`, { cookie });
      expect(textOf(month)).toContain(title);
      expect(textOf(month)).toContain('08:00 16:30');
    }
  }));

test('notice counts from the day of publication, whenever somebody looks, and is never below nothing', () =>
  scene(async ({ at, admin, base }) => {
    const staffId = await at.staff();
    const [first, second] = [addDays(MONDAY, 7), addDays(MONDAY, 8)];
    const { id } = await at.published(first, second, [shift(staffId, first, at.groupId)]);
    const draft = await at.draft(first, second, [shift(staffId, second, at.groupId)]);
    at.world.now = instantAt(second, 9 * 60);
    const board = async (rosterId: number) => textOf(await admin.get(`${base}/${rosterId}`));
    expect(await board(id)).toContain('Published');
    expect(await board(id)).not.toContain('days ahead');
    expect(await board(draft)).toContain('would be published 0 days ahead; at least 10 are due');
  }));
