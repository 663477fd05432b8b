import { z } from 'zod';
import { REGIONS } from '../../domain/regions.ts';
import { signedIn } from '../access.ts';
import { resource } from './resource.ts';
import { regionPage } from './schemas/centre.ts';
import { pageWithin, paging } from './schemas/pages.ts';

export const regions = resource('/regions').read(
  '',
  signedIn,
  { summary: 'The regions of the country, by code', query: z.strictObject(paging), answer: regionPage },
  async ({ query }) =>
    pageWithin(
      REGIONS,
      query,
      ({ code }) => code,
      ({ code, name }) => ({ code, name }),
    ),
);
