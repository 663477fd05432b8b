import { z } from 'zod';
import { REASONS } from '../../../domain/refusal.ts';
import { ROSTER_RULES } from '../../../domain/working-time.ts';
import { named } from './named.ts';
import { date, time } from './values.ts';

/** `failed` is our fault, not a refusal. */
const reason = named('Reason', z.enum([...REASONS, 'failed']));

export const refusedDay = named('RefusedDay', z.strictObject({ date, reason, fullAt: z.array(time) }));

/** A rule of working time or of the staff register that a shift breaks; numbers are minutes, or days. */
export const rosterFinding = named(
  'RosterFinding',
  z.strictObject({
    rule: z.enum(ROSTER_RULES),
    staffId: z.string().nullable(),
    date,
    is: z.number().optional(),
    most: z.number().optional(),
  }),
);

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
    findings: z
      .array(rosterFinding)
      .optional()
      .meta({ description: 'What the shifts of a roster break, when they may not be published.' }),
    current: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'What somebody else has changed meanwhile.' }),
    reference: z.string().optional().meta({ description: 'What our log calls it.' }),
  }),
);
