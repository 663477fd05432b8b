import { addDays } from '../../src/domain/calendar.ts';
import { searchName } from '../../src/domain/names.ts';
import type { WeeklyHours } from '../../src/domain/opening.ts';
import { LEVEL_OF_POST, type Post } from '../../src/domain/staffing.ts';
import { insertAll } from '../../src/data/import.ts';
import { demoAccount } from './accounts.ts';
import { givenName, sexOf, surname } from './people.ts';
import type { Stage, WrittenCentre } from './stage.ts';

/** From 07:30 to 19:00: before the doors open and after they close. */
const AVAILABLE = [15, 38] as const;
const AVAILABILITY: WeeklyHours = {
  mon: AVAILABLE,
  tue: AVAILABLE,
  wed: AVAILABLE,
  thu: AVAILABLE,
  fri: AVAILABLE,
};
const FORTY_HOURS = 2400;
const THIRTY_SIX_HOURS = 2160;

/** A tutor and a care worker a group, a nurse a centre, a specialist for every third group. */
function postsOf(groups: number): Post[] {
  const posts = Array.from({ length: groups }, (): Post[] => ['tutor', 'care_worker']).flat();
  const specialists = Array.from({ length: Math.ceil(groups / 3) }, (): Post => 'specialist');
  return [...posts, 'nurse', ...specialists, 'social_work_specialist'];
}

export async function writeStaff(
  stage: Stage,
  { id, plan, staffId, groups, random }: WrittenCentre,
): Promise<void> {
  const { tx, today } = stage;
  const posts = postsOf(groups.length);
  const ids = await insertAll(
    tx,
    tx.t.staff,
    posts.map((post, at) => {
      const own = plan.kind === 'demo' && at === 0;
      const name = own
        ? demoAccount('centre_staff').name
        : `${surname(random)} ${givenName(sexOf(random), random)}`;
      const skills = post === 'nurse' ? ['nurse'] : random.chance(0.15) ? ['one_to_one'] : [];
      return {
        ref: `demo-${plan.number}-staff-${at + 1}`,
        centreId: id,
        personId: own ? staffId : null,
        name,
        searchName: searchName(name),
        post,
        level: LEVEL_OF_POST[post],
        weeklyMinutes: random.chance(0.1) ? THIRTY_SIX_HOURS : FORTY_HOURS,
        skills: random.chance(0.05) ? [...skills, 'sign_language'] : skills,
        availability: AVAILABILITY,
        startsOn: stage.from,
        endsOn: null,
      };
    }),
  );
  const onLeave = ids.filter(() => random.chance(0.12));
  const leave = onLeave.map((staff) => {
    const startsOn = addDays(today, random.int(-20, 60));
    return { staffId: staff, startsOn, endsOn: addDays(startsOn, random.pick([13, 23, 29])) };
  });
  await insertAll(tx, tx.t.staffLeave, leave);
}
