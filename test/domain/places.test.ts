import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  countDay,
  fit,
  freeAt,
  freeThrough,
  occupied,
  placesAt,
  releaseAt,
  type Claim,
  type GroupDay,
} from '../../src/domain/places.ts';
import type { Slot } from '../../src/domain/slots.ts';
import { capacityOf, skillsOnDuty, type Presence } from '../../src/domain/staffing.ts';

const slotOf = (shortest: number, longest: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: 47 }), fc.integer({ min: shortest, max: longest }))
    .map(([from, length]): Slot => ({
      from: Math.min(from, 48 - length),
      to: Math.min(from, 48 - length) + length,
    }));

const claim = fc
  .tuple(slotOf(1, 20), fc.constantFrom(100, 150, 200, 300))
  .map(([slot, weight]): Claim => ({ ...slot, weight }));

/** A day as it is stored: opening, claims inside it, perhaps a published staffing of two levels. */
const scene = fc.record({
  room: fc.integer({ min: 1, max: 6 }),
  opening: slotOf(8, 30),
  bookings: fc.array(claim, { maxLength: 6 }),
  holds: fc.array(claim, { maxLength: 2 }),
  staff: fc.option(
    fc.array(fc.tuple(slotOf(4, 24), fc.constantFrom(0 as const, 1 as const, 2 as const)), { maxLength: 5 }),
    { nil: null },
  ),
  nurse: fc.array(slotOf(4, 20), { maxLength: 2 }),
});

const RATIOS = [400, 800] as const;

function dayOf({
  room,
  opening,
  bookings,
  holds,
  staff,
  nurse,
}: typeof scene extends fc.Arbitrary<infer T> ? T : never) {
  const presences = staff?.map(([slot, level]): Presence => ({ ...slot, level })) ?? null;
  const terms = {
    room,
    opensAt: opening.from,
    closesAt: opening.to,
    capacity: presences && capacityOf(presences, RATIOS),
  };
  const count = countDay(terms, { bookings, holds, attendedMinutes: 0 });
  const day: GroupDay = {
    ...terms,
    ...count,
    skillsOnDuty: presences && skillsOnDuty(nurse.map((slot) => ({ ...slot, skill: 'nurse' }))),
  };
  return { day, count, presences };
}

describe('who fits, against an oracle that asks each half-hour with plain loops', () => {
  test('a child fits exactly when every half-hour has a head, the weight at every level, and the skill', () => {
    fc.assert(
      fc.property(
        scene,
        slotOf(8, 20),
        fc.constantFrom(100, 150, 300),
        fc.boolean(),
        (given, slot, weight, needsNurse) => {
          const { day, presences } = dayOf(given);
          const need = { weight, skills: needsNurse ? ['nurse'] : [] };
          const noRoom: number[] = [];
          const noSkill: number[] = [];
          for (let at = slot.from; at < slot.to; at++) {
            const there = [...given.bookings, ...given.holds].filter(
              (each) => each.from <= at && at < each.to,
            );
            const heavy = there.reduce((sum, each) => sum + each.weight, 0) + weight;
            const staffAt = (level: number) =>
              presences!.filter((each) => each.level >= level && each.from <= at && at < each.to).length;
            const overStaff =
              presences !== null && RATIOS.some((ratio, level) => heavy > staffAt(level) * ratio);
            if (
              presences !== null &&
              needsNurse &&
              !given.nurse.some((each) => each.from <= at && at < each.to)
            )
              noSkill.push(at);
            else if (there.length + 1 > given.room || overStaff) noRoom.push(at);
          }
          const refused = fit(day, slot, need);
          if (noSkill.length > 0) expect(refused).toEqual({ reason: 'skill_missing', at: noSkill });
          else if (noRoom.length > 0) expect(refused).toEqual({ reason: 'full', at: noRoom });
          else expect(refused).toBeUndefined();
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('free is how many ordinary children can be let in one after another, never below 0, 0 when closed', () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: 0, max: 47 }), (given, at) => {
        const { day } = dayOf(given);
        const open = at >= given.opening.from && at < given.opening.to;
        let free = 0;
        if (open) {
          const one: Slot = { from: at, to: at + 1 };
          const claims = [...given.holds];
          const grown = () => dayOf({ ...given, holds: claims }).day;
          while (free < 50 && fit(grown(), one, { weight: 100, skills: [] }) === undefined) {
            claims.push({ ...one, weight: 100 });
            free += 1;
          }
        }
        expect(freeAt(day, at)).toBe(free);
      }),
      { numRuns: 500 },
    );
  });

  test('free through a slot is the least of its half-hours', () => {
    fc.assert(
      fc.property(scene, slotOf(1, 20), (given, slot) => {
        const { day } = dayOf(given);
        const each = Array.from({ length: slot.to - slot.from }, (_, n) => freeAt(day, slot.from + n));
        expect(freeThrough(day, slot)).toBe(Math.min(...each));
      }),
    );
  });

  test('sums of a day: place-, booked- and staffed-minutes, peaks', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const { day, count, presences } = dayOf(given);
        const at = (claims: readonly Claim[], halfHour: number) =>
          claims.filter((each) => each.from <= halfHour && halfHour < each.to).length;
        const all = Array.from({ length: 48 }, (_, halfHour) => halfHour);
        expect(count.bookedMinutes).toBe(
          given.bookings.reduce((sum, each) => sum + (each.to - each.from) * 30, 0),
        );
        expect(count.placeMinutes).toBe((given.opening.to - given.opening.from) * 30 * given.room);
        expect(count.peakBooked).toBe(Math.max(...all.map((each) => at(given.bookings, each))));
        expect(count.peakTaken).toBe(
          Math.max(...all.map((each) => at(given.bookings, each) + at(given.holds, each))),
        );
        expect(count.rosteredPlaceMinutes).toBe(presences === null ? null : count.placeMinutes);
        if (presences !== null) {
          const staffed = all.reduce((sum, each) => {
            const heads = RATIOS.map(
              (ratio, level) =>
                presences.filter((p) => p.level >= level && p.from <= each && each < p.to).length * ratio,
            );
            return sum + Math.min(placesAt(day, each), Math.floor(Math.min(...heads) / 100));
          }, 0);
          expect(count.staffedMinutes).toBe(staffed * 30);
        } else expect(count.staffedMinutes).toBeNull();
      }),
    );
  });
});

test.each([
  // booked 17–33; now (rounded up) → released from
  [0, 17],
  [17, 17],
  [21, 21],
  [33, 33],
  [48, 33],
])('a release at half-hour %i cuts the stay 17–33 at %i', (now, from) => {
  expect(releaseAt({ from: 17, to: 33 }, now)).toBe(from);
  const left = occupied({ from: 17, to: 33, releasedFrom: from });
  expect(left).toEqual(from === 17 ? undefined : { from: 17, to: from });
});
