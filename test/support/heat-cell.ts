import { textOf } from './page-stage.ts';

const trimmed = (text: string) => textOf({ text }).trim();
const cellsOf = (row: string, tag: string) =>
  [...row.matchAll(new RegExp(`<${tag}\\b[^>]*>(.*?)</${tag}>`, 'gs'))].map(([, cell = '']) => trimmed(cell));

/** What the heat map of a page says under a head of a row and one of a column, of which a part is given. */
export function heatCell(
  { text }: { readonly text: string },
  row: string,
  column: string,
): string | undefined {
  const table = /<table class="heat.*?<\/table>/s.exec(text)?.[0] ?? '';
  const [, ...heads] = cellsOf(/<thead>.*?<\/thead>/s.exec(table)?.[0] ?? '', 'th');
  const rows = [...table.matchAll(/<tr>.*?<\/tr>/gs)].map(([each]) => each);
  const own = rows.find((each) => cellsOf(each, 'th').length === 1 && cellsOf(each, 'th')[0] === row);
  return own && cellsOf(own, 'td')[heads.findIndex((head) => head.includes(column))];
}
