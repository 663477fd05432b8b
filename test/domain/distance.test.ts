import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceKm } from '../../src/domain/distance.ts';

const almaty = { lat: 43.238, lon: 76.946 };
const astana = { lat: 51.169, lon: 71.449 };

test.each([
  [almaty, almaty, 0],
  [{ lat: 0, lon: 0 }, { lat: 0, lon: 1 }, 111.2],
  [{ lat: 0, lon: 179.5 }, { lat: 0, lon: -179.5 }, 111.2],
  [{ lat: 90, lon: 0 }, { lat: -90, lon: 0 }, 20_015.1],
  [almaty, { lat: 43.238, lon: 76.9583 }, 1],
])('%j to %j: %d km', (a, b, expected) => {
  expect(distanceKm(a, b)).toBe(expected);
});

test('Almaty and Astana are some 970 km apart', () => {
  expect(distanceKm(almaty, astana)).toBeGreaterThan(960);
  expect(distanceKm(almaty, astana)).toBeLessThan(985);
});

test.each([
  [null, almaty],
  [almaty, undefined],
  [{ lat: 91, lon: 0 }, almaty],
  [almaty, { lat: 0, lon: 181 }],
  [almaty, { lat: Number.NaN, lon: 0 }],
])('%j to %j is unknown', (a, b) => {
  expect(distanceKm(a, b)).toBeUndefined();
});

test('the same both ways, as the angle between the two directions from the centre of the Earth', () => {
  const point = fc.record({
    lat: fc.double({ min: -89, max: 89, noNaN: true }),
    lon: fc.double({ min: -180, max: 180, noNaN: true }),
  });
  const vector = ({ lat, lon }: { lat: number; lon: number }): [number, number, number] => {
    const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
    return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
  };
  fc.assert(
    fc.property(point, point, (a, b) => {
      const [u, v] = [vector(a), vector(b)];
      const cross = [
        u[1] * v[2] - u[2] * v[1],
        u[2] * v[0] - u[0] * v[2],
        u[0] * v[1] - u[1] * v[0],
      ] as const;
      const angle = Math.atan2(Math.hypot(...cross), u[0] * v[0] + u[1] * v[1] + u[2] * v[2]);
      expect(distanceKm(a, b)).toBe(distanceKm(b, a));
      expect(Math.abs((distanceKm(a, b) ?? 0) - 6371.0088 * angle)).toBeLessThan(0.0502);
    }),
  );
});
