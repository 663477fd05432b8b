import { isRegionCode } from '../../domain/regions.ts';
import { refuse } from '../../domain/refusal.ts';
import { listDirectory } from '../../data/centre-directory.ts';
import { centreExists, signedIn } from '../access.ts';
import { resource } from './resource.ts';
import { centre, centrePage, centresAsked, showCentre } from './schemas/centre.ts';
import { idAfter, pageFrom, SHORT_PAGE } from './schemas/pages.ts';

export const centres = resource('/centres')
  .read(
    '',
    signedIn,
    { summary: 'Centres with their groups', query: centresAsked, answer: centrePage, reasons: ['missing'] },
    async ({ context: { database, today }, query }) => {
      const { region: regionCode, limit = SHORT_PAGE } = query;
      if (regionCode !== undefined && !isRegionCode(regionCode)) refuse('missing');
      const page = { regionCode, after: idAfter(query), limit: limit + 1 };
      const rows = await database.read((tx) => listDirectory(tx, page, today));
      return pageFrom(rows, query, (row) => [String(row.id)], showCentre);
    },
  )
  .read(
    '/:centreId',
    centreExists,
    { summary: 'A centre with its groups', answer: centre },
    async ({ context }) => {
      const ids = [context.id('centreId')];
      const [found] = await context.database.read((tx) => listDirectory(tx, { ids }, context.today));
      return showCentre(found ?? refuse('missing'));
    },
  );
