import { common } from './kk/common.ts';
import { account } from './kk/account.ts';
import { family } from './kk/family.ts';
import { centre } from './kk/centre.ts';
import { region } from './kk/region.ts';
import { publicPages } from './kk/public.ts';
import { refusals } from './kk/refusals.ts';
import { find } from './kk/find.ts';
import { mail } from './kk/mail.ts';
import { norms } from './kk/norms.ts';
import { waiting } from './kk/waiting.ts';
import { offers } from './kk/offers.ts';
import { rounds } from './kk/rounds.ts';
import { roster } from './kk/roster.ts';
import { board } from './kk/board.ts';
import { rescue } from './kk/rescue.ts';
import { ownShifts } from './kk/own-shifts.ts';
import { timesheet } from './kk/timesheet.ts';
import { vacancy } from './kk/vacancy.ts';
import { shortage } from './kk/shortage.ts';
import { words } from './kk/words.ts';
import type { en } from './en.ts';
import type { Room } from './message.ts';

/** Kazakh. */
export const kk: Room<typeof en> = {
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
