import type { Database as SqliteClient } from 'better-sqlite3';
import type { Instant, PlainDate } from '../src/domain/calendar.ts';

interface BareBooking {
  readonly personId: number;
  readonly childId: number;
  readonly groupId: number;
  readonly date: PlainDate;
  readonly from: number;
  readonly to: number;
}

/**
 * One transaction with the reads and writes of a booking and nothing else: no rules, no counting, no JSON, rows as
 * plain arrays. Parameters are written `+?` for the reason that stands in src/data/sqlite.ts; a bare `?` would make
 * the baseline slower, not faster.
 */
export function bareBooking(client: SqliteClient, now: Instant): (booking: BareBooking) => void {
  const read = (sql: string) => client.prepare<unknown[], unknown[]>(sql).raw();
  const operation = read(
    'select body_hash, answer, at from operation where person_id = +? and route = +? and key = +?',
  );
  const child = read(
    'select id, ref, name, birth_date, category, support_weight, skills_needed from child where id = +?',
  );
  const guardianship =
    read(`select id from guardianship where child_id = +? and person_id = +? and may_book = 1
    and starts_on <= +? and (ends_on is null or ends_on >= +?) limit 1`);
  const group =
    read(`select g.id, g.ref, g.centre_id, g.name, g.category, g.admission, g.skills, g.from_age_months,
      g.to_age_months, g.starts_on, g.ends_on, g.version, c.deadline_weekday, c.deadline_half_hour, c.late_changes,
      c.region_code
    from care_group g join centre c on c.id = g.centre_id where g.id = +?`);
  const enrolment = read(
    'select id, starts_on, ends_on from enrolment where child_id = +? and group_id = +?',
  );
  const day =
    read(`select group_id, date, room, opens_at, closes_at, closed_reason, booked, held, load, roster_id,
      capacity, skills_on_duty
    from group_day where group_id = +? and date between +? and +? order by group_id, date`);
  const occupied = read(`select id, date from booking where child_id = +? and date between +? and +?
    and (released_from is null or released_from > from_half_hour)`);
  const insertBooking =
    read(`insert into booking (child_id, group_id, date, from_half_hour, to_half_hour, weight,
      released_from, series_id, enrolment_id, booked_at, booked_by, late)
    values (+?, +?, +?, +?, +?, +?, null, null, null, +?, +?, +?) returning id`);
  const claims = read(`select b.date, b.from_half_hour, coalesce(b.released_from, b.to_half_hour), b.weight,
      a.arrived_at, a.departed_at
    from booking b left join attendance a on a.booking_id = b.id
    where b.group_id = +? and b.date between +? and +?
      and (b.released_from is null or b.released_from > b.from_half_hour)`);
  const holds = read(`select date, from_half_hour, to_half_hour, weight from hold
    where group_id = +? and date between +? and +?`);
  const updateDay =
    client.prepare(`update group_day set room = +?, opens_at = +?, closes_at = +?, closed_reason = +?,
      booked = +?, held = +?, load = +?, peak_taken = +?, peak_booked = +?, place_minutes = +?, booked_minutes = +?,
      attended_minutes = +?, rostered_place_minutes = +?, staffed_minutes = +?
    where group_id = +? and date = +?`);
  const insertEvent =
    client.prepare(`insert into event (at, by, kind, centre_id, group_id, child_id, booking_id, data)
    values (+?, +?, +?, +?, +?, +?, +?, +?)`);
  const insertOperation = client.prepare(
    'insert into operation (person_id, route, key, body_hash, answer, at) values (+?, +?, +?, +?, +?, +?)',
  );
  const begin = client.prepare('begin immediate');
  const commit = client.prepare('commit');
  const today = now.slice(0, 10);
  const heads = '000'.repeat(17) + '001'.repeat(18) + '000'.repeat(13);
  const load = '000000'.repeat(17) + '000100'.repeat(18) + '000000'.repeat(13);
  let count = 0;

  return ({ personId, childId, groupId, date, from, to }) => {
    const key = `bare-${++count}`;
    begin.run();
    operation.all(personId, 'test', key);
    child.all(childId);
    guardianship.all(childId, personId, today, today);
    const [found] = group.all(groupId);
    enrolment.all(childId, groupId);
    day.all(groupId, date, date);
    occupied.all(childId, date, date);
    const [[id] = []] = insertBooking.all(childId, groupId, date, from, to, 100, now, personId, 1);
    claims.all(groupId, date, date);
    holds.all(groupId, date, date);
    updateDay.run(12, 16, 37, null, heads, '', load, 1, 1, 7560, 540, 0, null, null, groupId, date);
    insertEvent.run(
      now,
      personId,
      'booking.made',
      found?.[2],
      groupId,
      childId,
      id,
      '{"date":"2027-02-09","from":17,"to":35}',
    );
    insertOperation.run(personId, 'test', key, 'same', '{"id":1,"late":true}', now);
    commit.run();
  };
}
