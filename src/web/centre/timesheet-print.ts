import { centreAdmin } from '../access.ts';
import type { Context } from '../context.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { readMonth } from './timesheet.ts';
import { legendOf, onPaper } from './timesheet-sheet.ts';

async function showPrint(context: Context): Promise<void> {
  const { t } = context;
  const { centreId, month, timesheet, centre, title, ...read } = await readMonth(context);
  const sheet = onPaper(read.sheet);
  page(
    context.res,
    'centre/timesheet-print',
    {
      title,
      centre,
      back: paths.timesheet(centreId, month),
      draft: timesheet.closed === null,
      sheet: { ...sheet, rows: sheet.rows.map((row) => ({ ...row, href: '' })) },
      legend: legendOf(t),
    },
    { width: 'wide' },
  );
}

/** The month on paper, across a sheet, with room to sign. */
export const timesheetPrint = routes('/centres/:centreId/timesheets/:month').get(
  '/print',
  centreAdmin,
  showPrint,
);
