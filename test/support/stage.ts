import { addDays, instant, plainDate } from '../../src/domain/calendar.ts';
import type { Actor, Role } from '../../src/domain/people.ts';
import { reportAbsence } from '../../src/use-cases/absences.ts';
import { recordArrival } from '../../src/use-cases/attendance.ts';
import { bookSeries } from '../../src/use-cases/booking-series.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { hashPassword } from '../../src/use-cases/sign-in.ts';
import { setWorkday } from '../../src/use-cases/workday.ts';
import { TestApp } from './app.ts';
import { addStaff, draftRoster, shift } from './roster-stage.ts';
import { addNormSet } from '../../src/use-cases/norms.ts';
import { FIRST_NORMS } from '../../src/domain/norms.ts';
import { VacancyStage } from './vacancy-stage.ts';
import { World } from './world.ts';

export const PASSWORD = 'a long password';
const LONG_NAME = 'Облыстық мүмкіндігі шектеулі балаларды оңалту және күндізгі болу орталығы № 12';
const LONG_PERSON = 'Мысал-Қызылордабекқызы Айгүлжамал-Рабиғабану Үлгіәбдірахманқызы-Синтетикалық';

/** A morning at a centre with something of everything: who comes, who came, who is ill, what is full. */
export interface Stage extends AsyncDisposable {
  readonly world: World;
  readonly app: TestApp;
  readonly actors: Readonly<Record<Role, Actor>>;
  readonly centreId: number;
  readonly groupId: number;
  readonly childId: number;
}

/** Everybody signs in with their role at example.kz and one password. */
export async function createStage(): Promise<Stage> {
  const world = await World.create({ now: instant('2027-02-03T01:00:00.000Z') });
  const app = await TestApp.start(world);
  const centreId = await world.centre({ name: LONG_NAME });
  const groupId = await world.group(centreId, { room: 3 });
  await world.group(centreId, { room: 8 });
  const roles: Role[] = ['guardian', 'centre_staff', 'centre_admin', 'regional_manager', 'system_admin'];
  const made: [Role, Actor][] = [];
  for (const role of roles) {
    const centre = role.startsWith('centre') ? { centreId } : {};
    const region = role === 'regional_manager' ? { regionCode: '75' } : {};
    made.push([role, await world.person(role, { login: `${role}@example.kz`, ...centre, ...region })]);
  }
  const actors = Object.fromEntries(made) as Record<Role, Actor>;
  const passwordHash = await hashPassword(PASSWORD);
  await world.insert(async (tx) => void (await tx.db.update(tx.t.person).set({ passwordHash })));

  const mother = actors.guardian;
  const staff = actors.centre_staff;
  const today = plainDate('2027-02-03');
  const childId = await world.child(mother);
  const others = [
    await world.child(mother),
    await world.child(await world.guardian()),
    await world.child(await world.guardian()),
  ];
  const slot = { from: 17, to: 35 };
  const [ill, here, coming] = others as [number, number, number];
  await world.act(mother, bookSlot, { childId, groupId, date: today, slot });
  const absent = await world.act(mother, bookSlot, { childId: ill, groupId, date: today, slot });
  await world.act(mother, reportAbsence, { bookingId: absent.id, kind: 'illness' });
  const pattern = { kind: 'weekly', days: { thu: [17, 35], fri: [17, 35] } } as const;
  const span = { startsOn: addDays(today, 1), endsOn: addDays(today, 40), ifFull: 'book_free' as const };
  await world.act(mother, bookSeries, { childId, groupId, pattern, ...span });
  await world.insert(async (tx) => {
    const registered = [here, coming].map((id) => ({
      childId: id,
      centreId,
      registeredAt: world.now,
      registeredBy: null,
    }));
    await tx.db.insert(tx.t.registration).values(registered);
  });
  const arrived = await world.act(staff, bookSlot, {
    childId: here,
    groupId,
    date: today,
    slot: { from: 16, to: 25 },
  });
  world.now = instant('2027-02-03T03:34:00.000Z');
  await world.act(staff, recordArrival, { bookingId: arrived.id });
  await world.act(staff, bookSlot, { childId: coming, groupId, date: today, slot: { from: 20, to: 36 } });
  await world.act(mother, setWorkday, {
    pattern: { kind: 'weekly', days: { mon: [18, 36], tue: [18, 36] } },
    commuteMinutes: 30,
  });
  // A roster that is not published yet, and a norm of a category with a long name.
  const workerId = await addStaff(world, centreId, { name: LONG_PERSON });
  const monday = addDays(today, 5);
  await draftRoster(world, { centreId, from: monday, to: addDays(monday, 6) }, [
    shift(workerId, monday, groupId),
    shift(workerId, addDays(monday, 1), groupId),
  ]);
  await world.act(actors.system_admin, addNormSet, { ...FIRST_NORMS[0]!, startsOn: addDays(today, 30) });
  // A post that the mother may apply for, and one for which she has passed the competition.
  const admin = actors.centre_admin;
  await VacancyStage.create(world, { centreId, admin });
  const post = await VacancyStage.create(world, { centreId, admin, wish: { post: 'tutor' } });
  const candidacyId = await post.apply(mother, childId);
  const morning = world.now;
  await post.handIn(mother, candidacyId, ['education_pedagogical']);
  await post.pass(mother, candidacyId);
  world.now = morning;
  // What she was told of it is read: the stage begins without news.
  await world.insert(
    async (tx) => void (await tx.db.update(tx.t.message).set({ readAt: morning, dueAt: null })),
  );
  return {
    world,
    app,
    actors,
    centreId,
    groupId,
    childId,
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
    },
  };
}
