import { common } from './ru/common.ts';
import { account } from './ru/account.ts';
import { family } from './ru/family.ts';
import { centre } from './ru/centre.ts';
import { region } from './ru/region.ts';
import { publicPages } from './ru/public.ts';
import { refusals } from './ru/refusals.ts';
import { find } from './ru/find.ts';
import { mail } from './ru/mail.ts';
import { norms } from './ru/norms.ts';
import { waiting } from './ru/waiting.ts';
import { offers } from './ru/offers.ts';
import { rounds } from './ru/rounds.ts';
import { roster } from './ru/roster.ts';
import { board } from './ru/board.ts';
import { rescue } from './ru/rescue.ts';
import { ownShifts } from './ru/own-shifts.ts';
import { timesheet } from './ru/timesheet.ts';
import { vacancy } from './ru/vacancy.ts';
import { shortage } from './ru/shortage.ts';
import { words } from './ru/words.ts';
import type { en } from './en.ts';
import type { Room } from './message.ts';

/** Russian. */
export const ru: Room<typeof en> = {
  ...common,
  ...account,
  ...family,
  ...centre,
  ...region,
  ...publicPages,
  ...refusals,
  ...find,
  ...mail,
  ...norms,
  ...waiting,
  ...offers,
  ...rounds,
  ...roster,
  ...board,
  ...rescue,
  ...ownShifts,
  ...timesheet,
  ...vacancy,
  ...shortage,
  ...words,
};
