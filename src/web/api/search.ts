import { refuse } from '../../domain/refusal.ts';
import { findChild } from '../../data/children.ts';
import { findHours } from '../../data/hours-search.ts';
import { findHome } from '../../data/workdays.ts';
import { families } from '../access.ts';
import { resource } from './resource.ts';
import { searchAsked, searchPage, showFound } from './schemas/search.ts';

const MOST = 500;

/** Groups ranked by the minutes of work that they leave uncovered, then distance, then id. */
export const search = resource('/search').read(
  '',
  families,
  {
    summary: 'Hours that cover a workday (`work`, with the way to it) or a wished pattern, best first',
    query: searchAsked,
    answer: searchPage,
    reasons: ['missing', 'off_grid'],
  },
  async ({ context, query }) => {
    const { actor, today } = context;
    const frame = query.work ?? query.pattern ?? refuse('invalid');
    const commuteMinutes = query.work === undefined ? 0 : query.commute;
    const found = await context.database.read(async (tx) => {
      const right = actor.role === 'guardian' ? 'mayBook' : 'maySee';
      const child = (await findChild(tx, actor, query.child, today, right)) ?? refuse('missing');
      const home = await findHome(tx, actor.personId);
      return await findHours(tx, {
        child,
        works: [{ pattern: frame, commuteMinutes }],
        frame,
        from: query.from,
        to: query.to,
        today,
        home: home.lat === null || home.lon === null ? null : { lat: home.lat, lon: home.lon },
        regionCode: query.region,
        skill: query.skill,
      });
    });
    return { items: found.slice(0, MOST).map(showFound), next: null };
  },
);
