import { addDays, datesBetween, startOfWeek, weekdayOf, type PlainDate } from '../../domain/calendar.ts';
import { weekdayName } from '../../domain/calendar-words.ts';
import { workMinutes } from '../../domain/shift.ts';
import { formatSlot } from '../../domain/slots.ts';
import { findCentre } from '../../data/centres.ts';
import { listGroups } from '../../data/groups.ts';
import { listStandingShifts } from '../../data/standing-shifts.ts';
import { listSwapsOf } from '../../data/shift-swaps.ts';
import { leaveHolds, listContractsOf, listLeaveOf, listStaffById } from '../../data/staff.ts';
import { readLeaveAccount, type LeaveAccount } from '../../use-cases/leave-balance.ts';
import { startOf } from '../../use-cases/swap-scene.ts';
import { allow } from '../access.ts';
import type { Context } from '../context.ts';
import { formatPeriod, LAST_DAY } from '../dates.ts';
import { hoursOf } from '../figures.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { balanceWords } from './balance-words.ts';
import { shiftWords } from './roster-table.ts';

const WEEKS = 5;

/** Those who may have shifts of their own. */
export const centrePerson = allow('centrePerson', ['centre_staff', 'centre_admin']);

/** Everything published for a person, under each of their contracts. */
function readOwn({ database, actor, today }: Context, days: { from: PlainDate; to: PlainDate }) {
  return database.read(async (tx) => {
    const contracts = await listContractsOf(tx, [actor.personId]);
    const staffIds = contracts.map((each) => each.id);
    const centres = new Map<
      number,
      { name: Awaited<ReturnType<typeof findCentre>>; groups: Map<number, string> }
    >();
    for (const { centreId } of contracts) {
      const groups = await listGroups(tx, centreId);
      centres.set(centreId, {
        name: await findCentre(tx, centreId),
        groups: new Map(groups.map((group) => [group.id, group.name])),
      });
    }
    const accounts = new Map<number, LeaveAccount>();
    for (const staff of await listStaffById(tx, staffIds))
      accounts.set(staff.id, await readLeaveAccount(tx, staff, today));
    return {
      contracts,
      centres,
      shifts: await listStandingShifts(tx, { staffIds, ...days }),
      leave: await listLeaveOf(tx, staffIds, { from: days.from, to: LAST_DAY }),
      accounts,
      asked: (await listSwapsOf(tx, { personId: actor.personId, staffIds }, 60)).filter(
        (swap) => swap.endedAt === null && swap.agreedAt === null && staffIds.includes(swap.withStaffId),
      ).length,
    };
  });
}

/** A person's own shifts of this week and the next ones. */
async function showMyShifts(context: Context): Promise<void> {
  const { t, today, now, actor } = context;
  const monday = startOfWeek(today);
  const {
    contracts,
    centres,
    shifts,
    leave: asked,
    accounts,
    asked: questions,
  } = await readOwn(context, {
    from: monday,
    to: addDays(monday, 7 * WEEKS - 1),
  });
  const leave = asked.filter(leaveHolds);
  const centreOf = new Map(contracts.map((each) => [each.id, each.centreId]));
  const dayOf = (date: PlainDate) => {
    const own = shifts.filter((shift) => shift.date === date);
    return {
      weekday: weekdayName(weekdayOf(date), t.language, 'short'),
      weekdayLong: weekdayName(weekdayOf(date), t.language, 'long'),
      date: `${date.slice(8)}.${date.slice(5, 7)}`,
      look: own.length > 0 ? (date < today ? 'past' : 'mine') : 'closed',
      current: date === today,
      leave: leave.some((each) => each.startsOn <= date && date <= each.endsOn),
      shifts: own.map((shift) => {
        const centre = centres.get(centreOf.get(shift.staffId)!);
        return {
          ...shiftWords(shift, centre?.groups ?? new Map(), t),
          stretches: shift.stretches.map((stretch) => ({
            // One group all day long: the hours are said once.
            time:
              shift.stretches.length === 1 && formatSlot(stretch) === formatSlot(shift)
                ? ''
                : formatSlot(stretch),
            group: centre?.groups.get(stretch.groupId) ?? '–',
          })),
          swap: startOf(shift) > now ? paths.myNewSwap({ shift: shift.id }) : '',
          centre: centres.size > 1 && centre?.name ? centreName(centre.name, t.language) : '',
        };
      }),
    };
  };
  page(
    context.res,
    'centre/my-shifts',
    {
      title: t('roster.my_shifts'),
      linked: contracts.length > 0,
      /** The staff's menu has these pages in its second row; administrators who also work find them here. */
      links: contracts.length > 0 && actor.role !== 'centre_staff',
      swaps: paths.mySwaps(),
      questions: questions > 0,
      wishes: paths.myWishes(),
      leave: paths.myLeave(),
      balances: contracts.map(({ id }) => balanceWords(accounts.get(id)!.balance, t)),
      weeks: Array.from({ length: WEEKS }, (_, number) => {
        const from = addDays(monday, 7 * number);
        const to = addDays(from, 6);
        const own = shifts.filter(({ date }) => date >= from && date <= to);
        return {
          title: formatPeriod(from, to),
          hours:
            own.length === 0
              ? t('roster.no_shifts')
              : t('roster.week_hours', {
                  hours: hoursOf(
                    own.reduce((sum, shift) => sum + workMinutes(shift), 0),
                    t.language,
                  ),
                }),
          days: datesBetween(from, to)
            .map(dayOf)
            .filter((day) => day.shifts.length > 0 || day.leave),
        };
      }),
    },
    {
      width: 'narrow',
      address: paths.myShifts(),
    },
  );
}

/** Somebody's own shifts, on a phone. */
export const myShifts = routes('/shifts').get('', centrePerson, showMyShifts);
