import { centreStaff } from '../access.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';

/** A centre's bare address opens today's board. It is mounted after '/centres/new'. */
export const centre = routes('/centres').get('/:centreId', centreStaff, (context) =>
  context.done(paths.centreDay(context.id('centreId'), 'today')),
);
