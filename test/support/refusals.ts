import { expect } from 'vitest';
import { Refusal, type RefusalDetails } from '../../src/domain/refusal.ts';
import { rowsOf } from './recount.ts';
import type { World } from './world.ts';

/** The refusal with which something ends; anything else fails the test. */
export async function refusalOf(promise: Promise<unknown>): Promise<Refusal> {
  const error = await promise.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(error instanceof Refusal)) throw new Error('expected a refusal', { cause: error });
  return error;
}

/** The refusal of something that must not leave a trace in any table. */
export async function refusedWithoutTrace(world: World, act: () => Promise<unknown>): Promise<Refusal> {
  const before = await rowsOf(world);
  const refusal = await refusalOf(act());
  expect(await rowsOf(world)).toEqual(before);
  return refusal;
}

/** What a refusal as `in_the_way` lists and asks back. */
export interface Listed extends RefusalDetails {
  readonly count: number;
  readonly held: number;
  readonly token: string;
  readonly families: number;
  readonly bookings: {
    bookingId: number;
    childId: number;
    childName: string;
    date: string;
    from: string;
    to: string;
  }[];
  readonly holds: { holdId: number; date: string; from: string; to: string }[];
}

export function listed(refusal: Refusal): Listed {
  expect(refusal.reason).toBe('in_the_way');
  return refusal.details as Listed;
}
