import { addMonths, instant, plainDate, type Instant, type PlainDate } from '../../src/domain/calendar.ts';
import { searchName } from '../../src/domain/names.ts';
import type { WeeklyHours } from '../../src/domain/opening.ts';
import type { Actor, Category, Role } from '../../src/domain/people.ts';
import type { Writing } from '../../src/data/database.ts';
import { openGroupDays } from '../../src/use-cases/group-days.ts';
import { perform, type Operation, type Work } from '../../src/use-cases/perform.ts';
import { createTestDatabase, type TestDatabase, type TestDialect } from './database.ts';

/** A Wednesday morning, 10:00 in Almaty; the week from 2027-02-08 is ordinary, without holidays. */
export const NOW = instant('2027-02-03T05:00:00.000Z');
export const HOURS: WeeklyHours = {
  mon: [16, 37],
  tue: [16, 37],
  wed: [16, 37],
  thu: [16, 37],
  fri: [16, 37],
};

export interface GroupOptions {
  readonly room?: number;
  readonly category?: Category;
  readonly admission?: 'open' | 'enrolled';
  readonly skills?: string[] | null;
  readonly fromAgeMonths?: number;
  readonly toAgeMonths?: number;
  readonly hours?: WeeklyHours;
  readonly startsOn?: PlainDate;
  readonly endsOn?: PlainDate;
}

export interface ChildOptions {
  readonly birthDate?: PlainDate;
  readonly category?: Category;
  readonly supportWeight?: number;
  readonly skillsNeeded?: string[];
}

/** A small country in a fresh database, and a way to act in it: every rule's stage. */
export class World implements AsyncDisposable {
  readonly stage: TestDatabase;
  now: Instant;
  #operations = 0;
  #people = 0;
  #groups = 0;
  readonly #keys: string;

  /** `keys` begins the keys of its operations: worlds on the same data must not take each other's. */
  constructor(stage: TestDatabase, now: Instant, keys = 'test') {
    this.stage = stage;
    this.now = now;
    this.#keys = keys;
  }

  static async create(options: { now?: Instant; dialect?: TestDialect } = {}): Promise<World> {
    return new World(await createTestDatabase(options.dialect), options.now ?? NOW);
  }

  get database() {
    return this.stage.database;
  }

  async [Symbol.asyncDispose]() {
    await this.stage[Symbol.asyncDispose]();
  }

  insert<T>(work: (tx: Writing) => Promise<T>): Promise<T> {
    return this.database.write(work);
  }

  async centre(
    options: { regionCode?: string; lateChanges?: 'accepted' | 'staff_only'; name?: string } = {},
  ) {
    const name = options.name ?? 'Орталық';
    return await this.insert(async (tx) => {
      const [row] = await tx.db
        .insert(tx.t.centre)
        .values({
          nameRu: name,
          nameKk: name,
          searchName: searchName(name),
          regionCode: options.regionCode ?? '75',
          district: 'Алатау',
          address: 'Мысал көшесі, 1',
          lat: 43.24,
          lon: 76.91,
          hours: HOURS,
          deadlineWeekday: 1,
          deadlineHalfHour: 36,
          lateChanges: options.lateChanges ?? 'accepted',
          version: 1,
        })
        .returning({ id: tx.t.centre.id });
      return row!.id;
    });
  }

  async group(centreId: number, options: GroupOptions = {}) {
    return await this.insert(async (tx) => {
      const startsOn = options.startsOn ?? plainDate('2027-01-01');
      const [row] = await tx.db
        .insert(tx.t.careGroup)
        .values({
          centreId,
          name: ++this.#groups === 1 ? 'Топ' : `Топ ${this.#groups}`,
          category: options.category ?? 'child_psychoneurological',
          admission: options.admission ?? 'open',
          skills: options.skills ?? null,
          fromAgeMonths: options.fromAgeMonths ?? 18,
          toAgeMonths: options.toAgeMonths ?? 216,
          startsOn,
          endsOn: options.endsOn ?? null,
          version: 1,
        })
        .returning({ id: tx.t.careGroup.id });
      const id = row!.id;
      await tx.db
        .insert(tx.t.groupTerms)
        .values({ groupId: id, startsOn, room: options.room ?? 8, hours: options.hours ?? HOURS });
      await openGroupDays(tx, this.now, [{ id, centreId, startsOn, endsOn: options.endsOn ?? null }]);
      return id;
    });
  }

  /** A person acting under one role. Without a name they are numbered, so that every test's people are plainly made up. */
  async person(
    role: Role,
    scope: { centreId?: number; regionCode?: string; login?: string } = {},
  ): Promise<Actor> {
    const name = `Synthetic ${role} ${++this.#people}`;
    return await this.insert(async (tx) => {
      const [person] = await tx.db
        .insert(tx.t.person)
        .values({
          name,
          searchName: searchName(name),
          language: 'ru',
          login: scope.login ?? null,
          createdAt: this.now,
        })
        .returning({ id: tx.t.person.id });
      const [assignment] = await tx.db
        .insert(tx.t.assignment)
        .values({
          personId: person!.id,
          role,
          centreId: scope.centreId ?? null,
          regionCode: scope.regionCode ?? null,
          startsOn: plainDate('2027-01-01'),
        })
        .returning({ id: tx.t.assignment.id });
      return {
        personId: person!.id,
        name,
        assignmentId: assignment!.id,
        role,
        centreId: scope.centreId ?? null,
        regionCode: scope.regionCode ?? null,
      };
    });
  }

  guardian(): Promise<Actor> {
    return this.person('guardian');
  }

  async child(guardian: Actor | null, options: ChildOptions = {}) {
    return await this.insert(async (tx) => {
      const name = `Synthetic child ${++this.#people}`;
      const [row] = await tx.db
        .insert(tx.t.child)
        .values({
          name,
          searchName: searchName(name),
          birthDate: options.birthDate ?? plainDate('2018-05-15'),
          category: options.category ?? 'child_psychoneurological',
          supportWeight: options.supportWeight ?? 100,
          skillsNeeded: options.skillsNeeded ?? [],
          priority: 0,
          createdAt: this.now,
        })
        .returning({ id: tx.t.child.id });
      if (guardian) {
        await tx.db.insert(tx.t.guardianship).values({
          childId: row!.id,
          personId: guardian.personId,
          startsOn: addMonths(plainDate('2027-01-01'), -24),
          maySee: true,
          mayBook: true,
          mayCollect: true,
          mayBeTold: true,
        });
      }
      return row!.id;
    });
  }

  operation(key = `${this.#keys}-${++this.#operations}`): Operation {
    return { route: 'test', key, bodyHash: 'same' };
  }

  /** Runs a use-case as somebody at the world's instant, in its own transaction. */
  act<I, A>(
    actor: Actor,
    useCase: (work: Work, input: I) => Promise<A>,
    input: I,
    operation?: Operation,
  ): Promise<A> {
    const request = { now: this.now, actor, operation: operation ?? this.operation() };
    return perform(this.database, request, useCase, input);
  }
}
