import { z } from 'zod';
import { REASONS } from '../../../domain/refusal.ts';
import { named } from './named.ts';
import { date, time } from './values.ts';

/** `failed` is our fault, not a refusal. */
const reason = named('Reason', z.enum([...REASONS, 'failed']));

export const refusedDay = named('RefusedDay', z.strictObject({ date, reason, fullAt: z.array(time) }));

/** RFC 9457. */
export const problem = named(
  'Problem',
  z.strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    reason,
    errors: z.array(z.strictObject({ field: z.string(), reason, detail: z.string() })).optional(),
    fullAt: z
      .array(time)
      .optional()
      .meta({ description: 'Half-hours without room, or without a skill that is needed.' }),
    refused: z
      .array(refusedDay)
      .optional()
      .meta({ description: 'The days of a series that stand in its way.' }),
    reference: z.string().optional().meta({ description: 'What our log calls it.' }),
  }),
);
