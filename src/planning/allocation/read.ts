import type { z } from 'zod';
import { allocationShape, type AllocationInput, type InputError } from './input.ts';
import { crossErrors } from './references.ts';

const MOST_ERRORS = 20;

const KINDS: Readonly<Record<string, string>> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  tuple: 'a list',
  string: 'a text',
  number: 'a number',
};

/** What is wrong as a sentence's end; zod's own words are for programmers. */
function problemOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `has unknown keys: ${issue.keys.join(', ')}`;
    case 'invalid_type':
      if (!issue.message.startsWith('Invalid input')) return issue.message;
      return issue.message.endsWith('undefined')
        ? 'is missing'
        : `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'too_small':
    case 'too_big': {
      if (!issue.message.startsWith('Too ')) return issue.message;
      const small = issue.code === 'too_small';
      const limit = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
      return issue.origin === 'array'
        ? `has too ${small ? 'few' : 'many'} entries: ${limit}`
        : `is too ${small ? 'small' : 'large'}: ${limit}`;
    }
    default:
      return issue.message;
  }
}

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
