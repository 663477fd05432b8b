import { eq } from 'drizzle-orm';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { FILLED } from '../support/applications.ts';
import { launchBrowser } from '../support/browser.ts';
import { fingers, keys, type Hands } from '../support/hands.ts';
import { createStage, PASSWORD, type Stage } from '../support/stage.ts';

let stage: Stage;
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  stage = await createStage();
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await stage[Symbol.asyncDispose]();
});

async function signIn({ page, write, press }: Hands, role: string): Promise<void> {
  await page.goto(`${stage.app.url}/sign-in?lang=en`);
  await write(page.locator('[name=login]'), `${role}@example.kz`);
  await write(page.locator('[name=password]'), PASSWORD);
  await press(page.locator('main form.form button').first());
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

const heading = ({ page }: Hands) => page.locator('h1').innerText();

const bookingsOf = (childId: number) =>
  stage.world.database.read((tx) =>
    listBookings(tx, {
      childIds: [childId],
      from: plainDate('2027-02-03'),
      to: plainDate('2027-12-31'),
    }),
  );

const PHONE = '+77010000001';

/** What eight people do, told once. Each is done twice: with scripts off, and without a mouse. */
const STORIES: Record<string, (hands: Hands) => Promise<void>> = {
  async 'a parent without her password signs in by an SMS code'(hands) {
    const { page, press, write } = hands;
    const { personId } = stage.actors.guardian;
    await stage.world.insert(async (tx) => {
      await tx.db.update(tx.t.person).set({ phone: PHONE }).where(eq(tx.t.person.id, personId));
    });
    await page.goto(`${stage.app.url}/sign-in?lang=en`);
    await press(page.locator('a[href="/sign-in/code"]'));
    await page.waitForURL('**/sign-in/code');
    await write(page.locator('[name=phone]'), '8 701 000 00 01');
    await press(page.locator('main form button'));
    await page.locator('[name=code]').waitFor();
    const [message] = await stage.world.database.read(
      async (tx) => await tx.db.select().from(tx.t.message).where(eq(tx.t.message.kind, 'code')),
    );
    await write(page.locator('[name=code]'), String(message?.data['code']));
    await press(page.locator('main form button').first());
    await page.waitForURL('**/children');
    expect(await heading(hands)).toBe('My children');
  },

  async 'a parent moves a day by a tap'(hands) {
    const { page, press } = hands;
    await signIn(hands, 'guardian');
    const before = (await bookingsOf(stage.childId)).find((each) => each.date === '2027-02-04')!;
    await press(page.locator(`a[href="/bookings/${before.id}"]`).first());
    await page.waitForURL(`**/bookings/${before.id}`);
    await press(page.locator(`a[href$="/bookings/${before.id}/change"]`).first());
    await page.waitForURL('**/change');
    const choice = page.locator('a.btn.tiny[href*="/change?date="]').last();
    const wanted = new URL((await choice.getAttribute('href'))!, stage.app.url).searchParams;
    await press(choice);
    await page.waitForURL('**/change?date=**');
    await press(page.locator('main form.form button').last());
    await page.waitForURL(`**/bookings/${before.id}`);
    const after = (await bookingsOf(stage.childId)).find((each) => each.id === before.id);
    expect(after).toMatchObject({ id: before.id, date: wanted.get('date'), state: 'booked' });
    expect(after?.date).not.toBe(before.date);
  },

  async 'a parent reports an absence'(hands) {
    const { page, press } = hands;
    await signIn(hands, 'guardian');
    await press(page.locator('a[href$="/absence"]').first());
    await page.waitForURL('**/absence');
    await press(page.locator('button[name=kind][value=illness]'));
    await page.waitForURL('**/children');
    const today = (await bookingsOf(stage.childId)).find((each) => each.date === '2027-02-03');
    expect(today).toMatchObject({ state: 'absent' });
  },

  async 'a family applies from the public page'(hands) {
    const { page } = hands;
    await page.goto(`${stage.app.url}/places/75/${stage.centreId}?lang=en`);
    await hands.press(page.locator('a[href$="/application"]').first());
    await page.waitForURL('**/application');
    await hands.write(page.locator('[name=childName]'), FILLED.childName);
    await hands.writeDate(page.locator('[name=birthDate]'), FILLED.birthDate);
    await hands.choose(page.locator('[name=category]'), FILLED.category);
    await hands.write(page.locator('[name=need]'), FILLED.need);
    await hands.writeDate(page.locator('[name=startsOn]'), FILLED.startsOn);
    await hands.write(page.locator('[name=guardianName]'), FILLED.guardianName);
    await hands.write(page.locator('[name=phone]'), FILLED.phone);
    await hands.tick(page.locator('[name=consent]'));
    await hands.press(page.locator('button[name=step][value=check]'));
    await hands.press(page.locator('button[name=step][value=send]'));
    await page.waitForURL('**/application/sent**');
    const sent = await stage.world.database.read(async (tx) => await tx.db.select().from(tx.t.application));
    expect(sent).toMatchObject([{ childName: FILLED.childName, birthDate: FILLED.birthDate }]);
    expect(await page.locator('main').innerText()).toContain(sent[0]!.reference.slice(0, 5));
  },

  async 'a centre verifies an application and enrols the child'(hands) {
    const { page, press, choose } = hands;
    const groupId = await stage.world.group(stage.centreId, { admission: 'enrolled' });
    const visitor = stage.app.visitor();
    await visitor.post(`/places/75/${stage.centreId}/application`, { ...FILLED, step: 'send' });
    await signIn(hands, 'centre_staff');
    await press(page.locator('nav a[href$="/children"]'));
    await press(page.locator('nav a[href$="/applications"]'));
    await page.waitForURL('**/applications');
    await press(page.locator('main a[href*="/applications/"]').first());
    await page.waitForURL('**/applications/*');
    await choose(page.locator('[name=groupId]'), String(groupId));
    await press(page.locator('form[action$="/acceptance"] button'));
    await page.locator('main [role=status]').waitFor();
    const enrolled = await stage.world.database.read(async (tx) => await tx.db.select().from(tx.t.enrolment));
    expect(enrolled).toMatchObject([{ groupId, startsOn: FILLED.startsOn }]);
  },

  async 'a centre marks an arrival and a departure on the day board'(hands) {
    const { page, press } = hands;
    await signIn(hands, 'centre_staff');
    await page.waitForURL('**/days/**');
    const arrive = page.locator('form[action*="/arrival"]').first();
    const path = (await arrive.getAttribute('action'))!;
    const bookingId = Number(/bookings\/(\d+)/.exec(path)?.[1]);
    await press(arrive.locator('button'));
    const row = page.locator(`#booking-${bookingId}`);
    const leave = row.locator('details', { has: page.locator('form[action*="/departure"]') });
    await leave.waitFor();
    await press(leave.locator('summary'));
    await press(leave.locator('button').first());
    await row.locator('form[action*="/departure"]').waitFor({ state: 'detached' });
    const attended = await stage.world.database.read(
      async (tx) =>
        await tx.db.select().from(tx.t.attendance).where(eq(tx.t.attendance.bookingId, bookingId)),
    );
    expect(attended).toMatchObject([{ arrivedAt: stage.world.now, departedAt: stage.world.now }]);
  },

  async 'a centre closes a day, and sees the bookings in the way first'(hands) {
    const { page, press, write, writeDate, tick } = hands;
    await signIn(hands, 'centre_admin');
    await page.goto(`${stage.app.url}/centres/${stage.centreId}/closures`);
    await writeDate(page.locator('[name=startsOn]'), '2027-02-04');
    await writeDate(page.locator('[name=endsOn]'), '2027-02-04');
    await write(page.locator('[name=reason]'), 'No heating');
    await press(page.locator('form[action$="/closures"] button').last());
    await page.locator('[name=agreed]').waitFor();
    expect(await page.locator('main').innerText()).toContain('Synthetic child');
    await tick(page.locator('[name=agreed]'));
    await press(page.locator('main form.form button').last());
    await page.locator('main [role=status]').waitFor();
    const closed = (await bookingsOf(stage.childId)).find((each) => each.date === '2027-02-04');
    expect(closed).toMatchObject({ state: 'cancelled' });
  },

  async "a region's manager goes down to a group's day"(hands) {
    const { page, press } = hands;
    await signIn(hands, 'regional_manager');
    await page.waitForURL('**/occupancy**');
    const centre = `/centres/${stage.centreId}`;
    await press(page.locator(`table.heat td a[href*="${centre}/occupancy"][href*="from=2027-02-01"]`));
    await page.waitForURL(`**${centre}/occupancy**`);
    await press(page.locator(`table.heat td a[href*="/groups/${stage.groupId}/days/2027-02-03"]`));
    await page.waitForURL('**/days/2027-02-03**');
    expect(await page.locator('main').innerText()).not.toContain('Synthetic child');
    expect(await page.locator('main').innerText()).toContain('08:00');
  },
};

const WAYS = [
  { way: 'with scripts off, on a phone', hold: () => fingers(browser, 360) },
  { way: 'by keyboard only', hold: () => keys(browser, 1280) },
];

describe.each(WAYS)('$way', ({ hold }) => {
  test.each(Object.entries(STORIES))('%s', async (_, tell) => {
    const hands = await hold();
    hands.page.setDefaultTimeout(15_000);
    await tell(hands);
  });
});
