import { stringify } from 'csv-stringify/sync';
import type { T } from '../../i18n/translate.ts';
import type { Context } from '../context.ts';

/** A plain number for a spreadsheet of the language: no grouping, and the language's decimal sign. */
export function plain(number: number, { language }: T): string {
  const text = String(Math.round(number * 100) / 100);
  return language === 'en' ? text : text.replace('.', ',');
}

const BOM = '\ufeff';
const FORM = { delimiter: ';', escape_formulas: true, record_delimiter: 'windows', eof: false } as const;

/** What the library may have to quote or escape. All other cells, nearly all there are, stand as they are. */
const WILD = /^[^\p{L}\p{N}]|[;"\r\n]/u;

function cell(text: string): string {
  return WILD.test(text) ? stringify([[text]], FORM) : text;
}

/** Semicolons, a byte order mark and escaped formulas: what a spreadsheet of these languages opens rightly and safely. */
export function sendSpreadsheet({ res }: Context, name: string, rows: readonly (readonly string[])[]): void {
  res.set('Cache-Control', 'no-store');
  res.type('text/csv; charset=utf-8');
  res.attachment(`${name}.csv`);
  res.send(BOM + rows.map((row) => `${row.map(cell).join(';')}\r\n`).join(''));
}
