/** The code of a database error, whichever engine it came from and however drizzle wrapped it. */
export function sqlState(error: unknown): string | undefined {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') return each.code;
  }
  return undefined;
}

export function isUniqueViolation(error: unknown): boolean {
  const state = sqlState(error);
  return (
    state === '23505' || state === 'SQLITE_CONSTRAINT_UNIQUE' || state === 'SQLITE_CONSTRAINT_PRIMARYKEY'
  );
}

/** No room on the disk, or the database cannot be written: nothing was changed, trying later helps. */
export function isStorageFailure(error: unknown): boolean {
  const state = sqlState(error);
  return (
    state !== undefined &&
    ['SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_READONLY', '53100', '53200'].includes(state)
  );
}

/**
 * What may be logged of an error: its kind, code and the place in our code. The messages of drizzle and pg hold the
 * query's parameters, which are personal data.
 */
export function redacted(error: unknown): { name: string; code?: string; message: string; stack?: string } {
  if (!(error instanceof Error)) return { name: 'unknown', message: typeof error };
  const code = sqlState(error);
  const fromDatabase = code !== undefined || error.name.startsWith('Drizzle');
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    name: error.name,
    ...(code === undefined ? {} : { code }),
    message: fromDatabase ? 'database error' : error.message,
    stack: frames.slice(0, 12).join('\n'),
  };
}
