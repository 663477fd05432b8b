import express from 'express';
import type { z } from 'zod';
import { refuse, type FieldRefusal, type Reason } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';

const BODY_BYTES = '256kb';
const parse = express.json({ limit: BODY_BYTES });

function errorsOf(error: z.ZodError): FieldRefusal[] {
  return error.issues.flatMap((each) => {
    const path = each.path.map(String);
    const fields = each.code === 'unrecognized_keys' ? each.keys.map((key) => [...path, key]) : [path];
    const reason =
      each.code === 'custom' ? ((each.params?.['reason'] as Reason | undefined) ?? 'invalid') : 'invalid';
    return fields.map((field) => ({ field: field.join('.'), reason }));
  });
}

/** Where a value holds a NUL, which is no letter and which PostgreSQL does not keep. */
function nulsOf(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === 'string') return value.includes('\0') ? [path.join('.')] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => nulsOf(each, [...path, name]));
}

/** Reads a value by its schema; refuses `invalid`, naming every wrong field. */
export function shaped<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) refuse('invalid', { errors: errorsOf(result.error) });
  const nuls = nulsOf(result.data).map((field) => ({ field, reason: 'invalid' as const }));
  return nuls.length === 0 ? result.data : refuse('invalid', { errors: nuls });
}

/** The body of a write, read only now that access is granted; none at all counts as one without fields. */
export async function readBody({ req, res }: Context): Promise<unknown> {
  await new Promise<void>((resolve, reject) => {
    parse(req, res, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
  return (req.body as unknown) ?? {};
}

/** A key that cannot be remembered must not look as if it were. */
export function checkOperationKey({ req }: Context): void {
  const key = req.get('idempotency-key');
  if (key !== undefined && (key.length === 0 || key.length > 200)) {
    refuse('invalid', { errors: [{ field: 'Idempotency-Key', reason: 'invalid' }] });
  }
}
