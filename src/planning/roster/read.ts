import type { z } from 'zod';
import { rosterShape, type InputError, type RosterInput } from './input.ts';
import { crossErrors } from './references.ts';

const MOST_ERRORS = 20;

const problemOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'unrecognized_keys') return `has unknown keys: ${issue.keys.join(', ')}`;
  return issue.code === 'invalid_type' && issue.input === undefined ? 'is missing' : issue.message;
};

/**
 * Reads the input of a roster from parsed JSON. Refuses unknown keys, malformed values, and what no roster could obey:
 * windows outside the opening, fixed shifts that break a rule, demand when the centre is closed. Names at most 20 errors.
 */
export function readRoster(json: unknown): { input: RosterInput } | { errors: InputError[] } {
  const read = rosterShape.safeParse(json, { reportInput: true });
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
