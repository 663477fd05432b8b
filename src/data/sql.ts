/**
 * drizzle's words for queries, from one place. Node parses drizzle's huge package.json anew for every file that imports
 * the package by name: forty such imports cost a second of processor time at each start.
 */
export {
  and,
  asc,
  between,
  count,
  desc,
  eq,
  exists,
  getTableColumns,
  gt,
  gte,
  inArray,
  is,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  notInArray,
  or,
  Param,
  Placeholder,
  SQL,
  sql,
} from 'drizzle-orm';
export type { AnyColumn } from 'drizzle-orm';
