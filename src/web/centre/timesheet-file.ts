import writeExcelFile, { type CellObject, type SheetData } from 'write-excel-file/node';
import type { T } from '../../i18n/translate.ts';
import { centreAdmin } from '../access.ts';
import type { Context } from '../context.ts';
import { plain, sendSpreadsheet } from '../region/spreadsheet.ts';
import { routes } from '../route.ts';
import { readMonth } from './timesheet.ts';
import { legendOf, type Sheet } from './timesheet-sheet.ts';

type Value = string | number | null;

/** Two rows a person, as the form has them: codes with what is besides the hours, and hours. */
function gridOf(sheet: Sheet, t: T): Value[][] {
  const heads = [
    '№',
    t('sheet.name'),
    t('sheet.post'),
    null,
    ...sheet.dates.map(({ day }) => Number(day)),
    ...sheet.heads,
  ];
  const rows = sheet.rows.flatMap((row) => [
    [
      row.number,
      row.name,
      row.post,
      t('sheet.row_code'),
      ...row.cells.map(({ letter, marks }) => [letter, ...marks].join(' ') || null),
      ...row.totals.map(({ value }) => value),
    ],
    [null, null, null, t('sheet.row_hours'), ...row.cells.map((cell) => cell.hours)],
  ]);
  const sums = [
    null,
    t('sheet.all'),
    null,
    null,
    ...sheet.dates.map(() => null),
    ...sheet.totals.map(({ value }) => value),
  ];
  return [heads, ...rows, sums];
}

/** A cell of the table: numbers stay numbers, so that accounts can go on with them. */
function bordered(value: Value, bold: boolean): CellObject {
  return {
    ...(value !== null && { value }),
    ...(bold && { fontWeight: 'bold' as const }),
    borderStyle: 'thin',
    align: typeof value === 'number' ? 'center' : 'left',
    wrap: typeof value === 'string',
  };
}

async function sendXlsx(context: Context): Promise<void> {
  const { res, t } = context;
  const { month, sheet, centre, title, timesheet } = await readMonth(context);
  const grid = gridOf(sheet, t);
  const table = grid.map((row, at) => row.map((value) => bordered(value, at === 0)));
  const text = (value: string) => [{ value, fontWeight: 'bold' as const }];
  const data: SheetData = [
    text(title),
    text(centre),
    text(timesheet.closed ? t('sheet.state_closed') : t('sheet.state_open')),
    [],
    ...table,
    [],
    ...legendOf(t).map(({ letter, text: words }) => [null, { value: `${letter} – ${words}` }]),
    [null, { value: t('sheet.letters_check') }],
  ];
  const columns = [
    { width: 4 },
    { width: 28 },
    { width: 18 },
    { width: 8 },
    ...sheet.dates.map(() => ({ width: 5 })),
    ...sheet.heads.map(() => ({ width: 10 })),
  ];
  const file = await writeExcelFile(data, {
    sheet: month.slice(0, 7),
    orientation: 'landscape',
    columns,
    stickyRowsCount: 5,
    stickyColumnsCount: 2,
  }).toBuffer();
  res.set('Cache-Control', 'no-store');
  res.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  res.attachment(`timesheet-421-${month.slice(0, 7)}.xlsx`);
  res.send(file);
}

async function sendCsv(context: Context): Promise<void> {
  const { t } = context;
  const { month, sheet } = await readMonth(context);
  const rows = gridOf(sheet, t).map((row) =>
    row.map((value) => (typeof value === 'number' ? plain(value, t) : (value ?? ''))),
  );
  sendSpreadsheet(context, `timesheet-421-${month.slice(0, 7)}`, rows);
}

/** The month for the accounts. */
export const timesheetFile = routes('/centres/:centreId/timesheets/:month')
  .get('/sheet.xlsx', centreAdmin, sendXlsx)
  .get('/sheet.csv', centreAdmin, sendCsv);
