// `npm run bench`: the figures that were promised (docs/operations.md), measured here and now. Exit 1 if one is missed.
// `npm run bench -- booking` runs the parts whose name contains the word.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { benchAllocation } from './allocation.ts';
import { benchBoard } from './board.ts';
import { benchBooking } from './booking.ts';
import { benchCountry } from './country.ts';
import { report, type Figure } from './harness.ts';
import { benchHome } from './home.ts';
import { benchHours } from './hours.ts';
import { benchOffers } from './offers.ts';
import { benchPages } from './pages.ts';
import { benchPhone } from './phone.ts';
import { benchRoster } from './roster.ts';
import { benchSeries } from './series.ts';
import { benchStorm } from './storm.ts';

const parts: Readonly<Record<string, () => Promise<Figure[]>>> = {
  booking: benchBooking,
  series: benchSeries,
  country: benchCountry,
  allocation: benchAllocation,
  roster: benchRoster,
  board: benchBoard,
  offers: benchOffers,
  home: benchHome,
  hours: benchHours,
  pages: benchPages,
  phone: benchPhone,
  storm: benchStorm,
};

// Beside the data, on a disk: /tmp is memory on many machines, where nothing needs to be durable.
const folder = resolve(import.meta.dirname, '../tmp');
mkdirSync(folder, { recursive: true });
process.env['TMPDIR'] = folder;

const wanted = process.argv[2] ?? '';
let allMet = true;
for (const [name, run] of Object.entries(parts)) {
  if (name.includes(wanted) && !report(await run())) allMet = false;
}
process.exitCode = allMet ? 0 : 1;
