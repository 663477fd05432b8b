/** A point on the ground, degrees: latitude −90…90, longitude −180…180. */
export interface Point {
  readonly lat: number;
  readonly lon: number;
}

const EARTH_RADIUS_KM = 6371.0088;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

const exists = ({ lat, lon }: Point): boolean => Math.abs(lat) <= 90 && Math.abs(lon) <= 180;

/**
 * Great-circle distance in kilometres, rounded to 0.1 (haversine on the mean sphere, within 0.5 % of the ellipsoid).
 * undefined when a place is unknown or not a place.
 */
export function distanceKm(a: Point | null | undefined, b: Point | null | undefined): number | undefined {
  if (!a || !b || !exists(a) || !exists(b)) return undefined;
  const half = (from: number, to: number): number => Math.sin(radians(to - from) / 2) ** 2;
  const chord = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lon, b.lon);
  return Math.round(20 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)))) / 10;
}
