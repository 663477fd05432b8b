import { common } from './en/common.ts';
import { account } from './en/account.ts';
import { family } from './en/family.ts';
import { centre } from './en/centre.ts';
import { region } from './en/region.ts';
import { publicPages } from './en/public.ts';
import { refusals } from './en/refusals.ts';
import { find } from './en/find.ts';
import { mail } from './en/mail.ts';
import { norms } from './en/norms.ts';
import { waiting } from './en/waiting.ts';
import { offers } from './en/offers.ts';
import { rounds } from './en/rounds.ts';
import { roster } from './en/roster.ts';
import { board } from './en/board.ts';
import { rescue } from './en/rescue.ts';
import { ownShifts } from './en/own-shifts.ts';
import { timesheet } from './en/timesheet.ts';
import { vacancy } from './en/vacancy.ts';
import { shortage } from './en/shortage.ts';
import { words } from './en/words.ts';

/** English, the language that types the others. One room per part of the product; keys are unique over all rooms. */
export const en = {
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
} as const;
