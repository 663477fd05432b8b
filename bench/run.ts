// `npm run bench`: the figures that were promised (docs/operations.md), measured here and now. Exit 1 if one is missed.
// `npm run bench -- booking` runs the parts whose name contains the word.
import { benchBooking } from './booking.ts';
import { benchCountry } from './country.ts';
import { report, type Figure } from './harness.ts';
import { benchSeries } from './series.ts';

const parts: Readonly<Record<string, () => Promise<Figure[]>>> = {
  booking: benchBooking,
  series: benchSeries,
  country: benchCountry,
};

const wanted = process.argv[2] ?? '';
let allMet = true;
for (const [name, run] of Object.entries(parts)) {
  if (name.includes(wanted) && !report(await run())) allMet = false;
}
process.exitCode = allMet ? 0 : 1;
