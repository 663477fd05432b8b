import { formatSlot, stretches } from '../../domain/slots.ts';
import { findCentre } from '../../data/centres.ts';
import { readShortages } from '../../use-cases/shortages.ts';
import { administers } from '../../domain/people.ts';
import { centreStaff } from '../access.ts';
import type { Context } from '../context.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dayWords, skillWord } from './roster-words.ts';

/** The days and groups of the next two weeks that are short of staff, each with its way out. */
async function show(context: Context): Promise<void> {
  const { t, now, language, actor } = context;
  const centreId = context.id('centreId');
  const { centre, board } = await context.database.read(async (tx) => ({
    centre: (await findCentre(tx, centreId))!,
    board: await readShortages(tx, { centreId, now }),
  }));
  const names = new Map(board.groups.map((group) => [group.id, group.name]));
  page(context.res, 'centre/shortages', {
    title: t('shortage.board'),
    centre: centreName(centre, language),
    back: paths.centreDay(centreId, 'today'),
    rosters: paths.centreRosters(centreId),
    published: board.published,
    rows: board.rows.map((row) => ({
      href: paths.shortage(centreId, row.date, row.groupId),
      day: dayWords(row.date, language),
      group: names.get(row.groupId) ?? '–',
      times: stretches(row.halfHours).map(formatSlot).join(', '),
      children: String(row.childIds.length),
      skills: row.skills.map((skill) => skillWord(skill, t)).join(', '),
      live: row.live > 0 ? t('shortage.live', { n: row.live }) : t('shortage.nobody_asked'),
      tone: row.live > 0 ? 'info' : 'warn',
    })),
    spare: (administers(actor, centreId) ? board.spare : []).map((open) => ({
      href: paths.openShift(centreId, open.id),
      text: `${dayWords(open.date, language)}, ${formatSlot(open)}`,
      group: open.groupName,
    })),
  });
}

export const shortages = routes('/centres/:centreId/shortages').get('', centreStaff, show);
