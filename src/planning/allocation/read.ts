import type { z } from 'zod';
import { allocationShape, type AllocationInput, type InputError } from './input.ts';
import { crossErrors } from './references.ts';

const MOST_ERRORS = 20;

const problemOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys' ? `has unknown keys: ${issue.keys.join(', ')}` : issue.message;

/**
 * Reads a market from parsed JSON. Refuses unknown keys, malformed values, ids that repeat or name nobody, and scores of
 * unequal length; under `common` also children whose score differs between groups. Names at most 20 errors.
 */
export function readAllocation(json: unknown): { input: AllocationInput } | { errors: InputError[] } {
  const read = allocationShape.safeParse(json);
  if (!read.success) {
    const errors = read.error.issues.map((issue) => ({
      path: issue.path.map(String).join('.'),
      problem: problemOf(issue),
    }));
    return { errors: errors.slice(0, MOST_ERRORS) };
  }
  const errors = crossErrors(read.data).slice(0, MOST_ERRORS);
  return errors.length > 0 ? { errors } : { input: read.data };
}
