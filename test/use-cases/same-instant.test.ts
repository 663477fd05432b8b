import { describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { plainDate } from '../../src/domain/calendar.ts';
import type { Phone } from '../../src/domain/phone.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { registerChild, type Registration } from '../../src/use-cases/children.ts';
import type { Work } from '../../src/use-cases/perform.ts';
import { changePhone } from '../../src/use-cases/phone.ts';
import { TestApp } from '../support/app.ts';
import { World } from '../support/world.ts';

const ALL = { see: true, book: true, collect: true, told: true };

function registration(
  centreId: number,
  rest: Partial<Registration> & { phone?: string; adult?: string } = {},
) {
  const { phone = '+77010000001', adult = 'Гүлнар Өтегенқызы', ...facts } = rest;
  return {
    centreId,
    name: 'Мадина',
    birthDate: plainDate('2018-05-15'),
    iin: '180515599919',
    iinMissingReason: null,
    category: 'child_psychoneurological' as const,
    supportWeight: 100,
    skillsNeeded: [],
    guardians: [{ name: adult, phone, email: null, language: 'kk' as const, may: ALL }],
    ...facts,
  };
}

async function stage() {
  const world = await World.create();
  const centreId = await world.centre();
  const staff = await world.person('centre_staff', { centreId });
  /** 'done', 'field: detail' or a reason. */
  const outcome = async (doing: Promise<unknown>): Promise<string> => {
    try {
      await doing;
      return 'done';
    } catch (error) {
      const { reason, details } = error as Refusal;
      const [first] = details?.errors ?? [];
      return first ? `${first.field}: ${first.detail}` : (reason ?? String(error));
    }
  };
  const close = () => world[Symbol.asyncDispose]();
  return { world, centreId, staff, outcome, [Symbol.asyncDispose]: close };
}

const EIGHT = Array.from({ length: 8 }, (_, each) => each);

describe('the same at one instant', () => {
  test('one IIN, different families: one child, the others are told at the field', async () => {
    await using at = await stage();
    const outcomes = await Promise.all(
      EIGHT.map((each) => {
        const other = { adult: `Synthetic ${each}`, phone: `+7701000001${each}` };
        return at.outcome(at.world.act(at.staff, registerChild, registration(at.centreId, other)));
      }),
    );
    expect(outcomes.toSorted()).toEqual(['done', ...Array<string>(7).fill('iin: iin_known')].toSorted());
    const children = await at.world.database.read(async (tx) => await tx.db.select().from(tx.t.child));
    expect(children).toHaveLength(1);
  });

  test('one adult of several children is one person', async () => {
    await using at = await stage();
    const outcomes = await Promise.all(
      EIGHT.map((each) => {
        const child = { name: `Synthetic ${each}`, iin: null, iinMissingReason: 'x' };
        return at.outcome(at.world.act(at.staff, registerChild, registration(at.centreId, child)));
      }),
    );
    expect(new Set(outcomes)).toEqual(new Set(['done']));
    const adults = await at.world.database.read(async (tx) => {
      const { person } = tx.t;
      return await tx.db.select().from(person).where(eq(person.phone, '+77010000001'));
    });
    expect(adults).toHaveLength(1);
  });

  test('one number taken by several is one’s, and the others are told', async () => {
    await using at = await stage();
    const people = await Promise.all(
      EIGHT.map((each) => at.world.person('guardian', { login: `+7701000002${each}` })),
    );
    const outcomes = await Promise.all(
      people.map((person) =>
        at.outcome(at.world.act(person, changePhone, { phone: '+77010000001' as Phone, keepTokenHash: '' })),
      ),
    );
    expect(outcomes.toSorted()).toEqual(
      ['done', ...Array<string>(7).fill('phone: contact_of_another')].toSorted(),
    );
  });

  test('what no second look explains is a refusal in words, and nothing is written', async () => {
    await using at = await stage();
    const twice = async ({ tx, now }: Work) => {
      const values = { searchName: 'x', login: 'one@example.kz', language: 'kk' as const, createdAt: now };
      await tx.db.insert(tx.t.person).values({ ...values, name: 'Бір' });
      await tx.db.insert(tx.t.person).values({ ...values, name: 'Екі' });
    };
    expect(await at.outcome(at.world.act(at.staff, twice, {}))).toBe('stale');
    const people = await at.world.database.read(async (tx) => await tx.db.select().from(tx.t.person));
    expect(people.map(({ login }) => login)).not.toContain('one@example.kz');
  });
});

test('on the page nobody gets an error 500, and what was typed stays', async () => {
  await using at = await stage();
  await using app = await TestApp.start(at.world);
  const visitor = await app.as(at.staff);
  const form = {
    name: 'Мадина',
    birthDate: '15.05.2018',
    iin: '180515599919',
    iinMissingReason: '',
    category: 'child_psychoneurological',
    supportWeight: '100',
    guardian1Name: 'Synthetic',
    guardian1Phone: '',
    guardian1Email: '',
    guardian1Language: 'kk',
    guardian1May: ['see', 'book'],
    guardian2Name: '',
    guardian2Phone: '',
    guardian2Email: '',
    guardian2Language: 'kk',
  };
  const answers = await Promise.all(
    EIGHT.map((each) => {
      const family = { guardian1Name: `Synthetic ${each}`, guardian1Phone: `+7701000001${each}` };
      return visitor.post(`/centres/${at.centreId}/children`, { ...form, ...family });
    }),
  );
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    303,
    ...Array<number>(7).fill(422),
  ]);
  for (const { status, text } of answers) if (status === 422) expect(text).toContain('value="180515599919"');
});
