import { z } from 'zod';
import { ROLES } from '../../../domain/people.ts';
import { named } from './named.ts';
import { id, instant } from './values.ts';

const role = z.enum(ROLES);

export const tokenAsked = z.strictObject({
  login: z.string().min(1).max(254).meta({ description: 'E-mail or phone.' }),
  password: z.string().min(1).max(1000),
});

export const token = named(
  'Token',
  z.strictObject({
    token: z.string(),
    expiresAt: instant,
    user: z.strictObject({ id, name: z.string(), role }),
  }),
);

export const me = named(
  'Me',
  z.strictObject({
    id,
    name: z.string(),
    role,
    scope: z.string().nullable().meta({
      description:
        "The id of the centre that one works at, or the code of a manager's region; null for the others.",
    }),
  }),
);
