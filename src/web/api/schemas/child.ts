import { z } from 'zod';
import { category } from './centre.ts';
import { named } from './named.ts';
import { pageOf } from './pages.ts';
import { date, id, ref } from './values.ts';

const child = named(
  'Child',
  z.strictObject({
    id,
    ref,
    name: z.string(),
    birthDate: date,
    category,
    supportWeight: z.number().min(0).meta({ description: '1 is an ordinary child; of hundredths.' }),
    skillsNeeded: z.array(z.string()),
  }),
);

export const childPage = pageOf('ChildPage', child);
