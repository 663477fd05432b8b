import { instantAt, type Instant, type PlainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { recordClocking } from '../../src/use-cases/clockings.ts';
import { RosterStage } from './roster-stage.ts';

/** 'HH:MM' of a day in the country's zone. */
export function at(date: PlainDate, time: string): Instant {
  return instantAt(date, Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
}

/** Somebody comes and goes at the door on a day: '08:00-16:30'; without an end nobody said "left". The world goes on. */
export async function clock(
  stage: RosterStage,
  staffId: number,
  date: PlainDate,
  times: string,
  actor: Actor = stage.admin,
): Promise<void> {
  const [came = '', left = ''] = times.split('-');
  stage.world.now = at(date, came);
  await stage.world.act(actor, recordClocking, { staffId, direction: 'in' });
  if (left === '') return;
  stage.world.now = at(date, left);
  await stage.world.act(actor, recordClocking, { staffId, direction: 'out' });
}
