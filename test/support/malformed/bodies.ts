import type { Records } from '../every-record.ts';
import type { Body } from './forms.ts';

const DAY = '2027-02-10';
const STAY = { date: DAY, from: '08:30', to: '16:30' };
const NORM = {
  category: 'child_psychoneurological',
  startsOn: '2027-03-01',
  groupSize: '8',
  ratio0: '4',
  ratio1: '8',
  ratio2: '12',
  onCallBreakMinutes: '30',
  edgeStaff: '1',
  doubt: '',
};
const PHONE = '+77011234567';

/** What the API is sent, in good order. */
export function bodyOfApi(path: string, { childId, groupId }: Records): unknown {
  const pattern = { mon: ['08:30', '16:30'], thu: ['09:00', '16:00'] };
  const [, last = ''] = /\/([^/]+)$/.exec(path) ?? [];
  const bodies: Readonly<Record<string, unknown>> = {
    bookings: { childId, groupId, ...STAY },
    'booking-series': {
      childId,
      groupId,
      pattern,
      startsOn: '2027-02-15',
      endsOn: '2027-03-15',
      ifFull: 'book_free',
    },
    'waiting-list': {
      childId,
      pattern,
      startsOn: '2027-03-15',
      choices: [groupId],
      minimumMinutesPerWeek: 480,
    },
    change: { groupId, ...STAY },
    absence: { kind: 'illness' },
    departure: { collectorId: '1' },
    refusal: { reason: 'too far' },
    tokens: { login: 'nobody@example.kz', password: 'a long password' },
    rosters: { from: '2027-02-15', to: '2027-02-16', seconds: 1 },
    publication: { version: 1 },
  };
  return bodies[last] ?? {};
}

/** What is asked in the address of routes that must be told something, in good order. */
export function questionOf(route: string, { childId, groupId, regionCode }: Records): Body {
  const span = { from: '2027-02-08', to: '2027-02-14' };
  const group = { group: groupId };
  const search = { child: childId, region: regionCode, work: '{"mon":["09:00","16:00"]}', commute: '30' };
  const questions: Readonly<Record<string, Body>> = {
    '/api/v1/groups/:groupId/days': span,
    '/api/v1/occupancy': { ...span, ...group, by: 'day', each: 'group' },
    '/api/v1/search': { ...span, ...search },
    '/api/v1/bookings': { ...span, ...group, child: childId, limit: '10' },
    '/children/:childId/bookings': group,
    '/children/:childId/bookings/new': group,
    '/children/:childId/bookings/series': group,
    '/children/:childId/hours/choice': group,
    '/norms/effect': NORM,
  };
  return questions[route] ?? {};
}

/** What is sent to pages' routes whose form shows only after another answer, or on another day than that of the records. */
export function untaught(route: string, { groupId, shiftId, staffId, leaveId }: Records): Body | undefined {
  const postponed = { toDate: '2027-03-08' };
  const shift = { version: '1', staff: staffId, ...STAY, date: '2027-02-09' };
  const preview = { previewId: '1' };
  const swap = { swapId: '1' };
  const weekly = { kind: 'weekly', mon: '08:30', 'mon.to': '16:30', ifFull: 'book_free' };
  const bodies: Readonly<Record<string, Body>> = {
    '/account/phone/code': { phone: PHONE, code: '123456' },
    '/account/feeds/revocation': { feedId: '1' },
    '/sign-in/code/entry': { phone: PHONE, code: '123456' },
    '/sign-in/reset-code': { phone: PHONE, code: '123456', new_password: 'a longer password' },
    '/sign-in/reset/:token': { new_password: 'a longer password' },
    '/invitation/:token': { new_password: 'a longer password' },
    '/offers/:offerId/postponement': postponed,
    '/centres/:centreId/offers/:offerId/postponement': postponed,
    '/children/:childId/waiting-list/:entryId/part': {
      groupId,
      pattern: '{"kind":"weekly","days":{"thu":[17,33]}}',
    },
    '/children/:childId/bookings/series': { ...weekly, startsOn: '2027-02-15', endsOn: '2027-03-15' },
    '/candidacies/:candidacyId/papers/removal': { paperId: '1' },
    '/vacancies/:vacancyId/candidacies': {
      step: 'send',
      statement: 'I worked with children',
      papers: 'later',
    },
    '/centres/:centreId/bookings/:bookingId/departure': { collectorId: '1' },
    '/centres/:centreId/vacancies/:vacancyId/candidacies/:candidacyId/hiring': {
      name: 'Әлия Сынақ',
      post: 'care_worker',
      hours: '20',
      daysPerWeek: '4',
      startsOn: '2027-03-01',
    },
    '/centres/:centreId/rounds/:roundId/previews': { rule: 'stable' },
    '/centres/:centreId/rounds/:roundId/approval': preview,
    '/centres/:centreId/rounds/:roundId/publication': preview,
    '/regions/:regionCode/rounds/:roundId/previews': { rule: 'stable' },
    '/regions/:regionCode/rounds/:roundId/approval': preview,
    '/regions/:regionCode/rounds/:roundId/publication': preview,
    '/norms': NORM,
    '/centres/:centreId/rosters/copies': { from: '2027-02-15', to: '2027-02-21' },
    '/centres/:centreId/rosters/swaps/confirmation': { ...swap, note: 'all right' },
    '/centres/:centreId/rosters/swaps/refusal': { ...swap, note: 'too few' },
    '/centres/:centreId/rosters/:rosterId/shifts': shift,
    '/centres/:centreId/rosters/:rosterId/shifts/:shiftId/move': shift,
    '/centres/:centreId/rosters/:rosterId/shifts/:shiftId/swap': { version: '1', with: shiftId },
    '/centres/:centreId/shortages/:date/:groupId/asks': {
      from: '16',
      to: '24',
      level: '0',
      staff: staffId,
      how: 'all',
      within: 'evening',
    },
    '/centres/:centreId/shortages/:date/:groupId/lendings': { shiftId, from: '16', to: '24' },
    '/centres/:centreId/shortages/:date/:groupId/curtailment': { token: 'x'.repeat(43), agreed: 'yes' },
    '/shifts/open/:openShiftId/answer': { staffId, answer: 'yes' },
    '/shifts/leave': { staffId, startsOn: '2027-03-08', endsOn: '2027-03-12', kind: 'annual' },
    '/shifts/leave/withdrawal': { leaveId },
    '/shifts/swaps/agreement': swap,
    '/shifts/swaps/refusal': swap,
    '/shifts/swaps/withdrawal': swap,
    '/shifts/swaps/new': { shiftId, withStaffId: staffId, returnShift: 'nothing', note: '' },
    '/shifts/wishes': { staffId, version: '1', 'preferences.mon': '08:00', 'preferences.mon.to': '16:00' },
    '/shifts/wishes/days': { staffId, date: DAY, what: 'hours', from: '08:00', to: '12:00' },
    '/shifts/wishes/days/removal': { staffId, date: DAY },
    '/centres/:centreId/door/clockings/withdrawal': { staffId, clockingId: '1' },
    '/centres/:centreId/timesheets/:month/staff/:staffId/correction': {
      clockingId: '1',
      time: '08:25',
      note: 'forgotten',
    },
    '/centres/:centreId/timesheets/:month/staff/:staffId/confirmation': {
      dates: [DAY, '2027-02-11'],
      reason: 'as planned',
    },
  };
  return bodies[route];
}
