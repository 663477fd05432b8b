import { stringify } from 'csv-stringify/sync';
import type { T } from '../../i18n/translate.ts';
import type { Context } from '../context.ts';

/** A plain number for a spreadsheet of the language: no grouping, and the language's decimal sign. */
export function plain(number: number, { language }: T): string {
  const text = String(Math.round(number * 100) / 100);
  return language === 'en' ? text : text.replace('.', ',');
}

/** Semicolons, a byte order mark and escaped formulas: what a spreadsheet of these languages opens rightly and safely. */
export function sendSpreadsheet({ res }: Context, name: string, rows: readonly (readonly string[])[]): void {
  res.set('Cache-Control', 'no-store');
  res.type('text/csv; charset=utf-8');
  res.attachment(`${name}.csv`);
  res.send(
    stringify([...rows], { delimiter: ';', bom: true, escape_formulas: true, record_delimiter: 'windows' }),
  );
}
