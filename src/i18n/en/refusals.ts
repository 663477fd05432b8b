import type { Reason } from '../../domain/refusal.ts';
import type { Message } from '../message.ts';

/** One sentence or two a reason: what is wrong and what to do next. */
export const refusals = {
  'refusal.unauthenticated': 'Sign in to continue.',
  'refusal.forbidden': 'Your role does not allow this. Ask the administrator of your centre or region.',
  'refusal.missing': 'This record was not found. Go back to the list and open it again.',
  'refusal.full':
    'There are no free places at these hours. Choose other hours or another day, or join the waiting list.',
  'refusal.stale':
    'Somebody changed this before you, so nothing was saved. Look at the new state and repeat your change.',
  'refusal.already_booked':
    'The child already has a booking on this day. Change that booking, or cancel it first.',
  'refusal.invalid':
    'Some of the answers cannot be accepted. Correct the fields marked below and send the form again.',
  'refusal.closed': 'The group is closed on this day. Choose another day.',
  'refusal.outside_hours':
    'The group is not open at all of these hours. Choose a time within its opening hours.',
  'refusal.too_short': 'A stay lasts at least 4 hours. Choose an earlier start or a later end.',
  'refusal.too_long': 'A stay lasts at most 10 hours. Choose a later start or an earlier end.',
  'refusal.off_grid': 'Times go by half-hours. Choose a time such as 08:00 or 08:30.',
  'refusal.wrong_category':
    'This group looks after people of another category. Choose a group of the right category.',
  'refusal.too_young':
    'The child is too young for this group on that day. Choose a group for this age, or a later date.',
  'refusal.too_old':
    'The child is too old for this group on that day. Choose a group for this age, or ask the centre.',
  'refusal.not_enrolled':
    'The child is not enrolled in this group on that day. Ask the centre about enrolment.',
  'refusal.skill_missing':
    'The help the child needs is not available at these hours. Choose other hours, or ask the centre.',
  'refusal.past': 'This time has already passed. Choose a later time.',
  'refusal.beyond_horizon': 'Booking is not open that far ahead yet. Choose an earlier date.',
  'refusal.locked':
    'This day can no longer be changed online. Call the centre. You can still report an absence or cancel.',
  'refusal.not_arrived': 'The child has not been marked as arrived. Mark the arrival first.',
  'refusal.key_reused':
    'This form was already sent with other data. Open the page again and send it once more.',
  'refusal.too_wide': 'Too long a period was asked for. Choose fewer days and try again.',
  'refusal.in_the_way':
    'Families have bookings in these hours. Look at the list, and cancel those bookings or choose another date.',
  'refusal.too_many': 'Too many attempts. Wait a few minutes and try again.',
  'refusal.expired':
    'The time to answer this offer is over. Ask the centre to restore your place in the queue: once within 28 days it can.',
  'refusal.withdrawn': 'The centre has taken this offer back. Your place in the queue is kept.',
  'refusal.taken': 'This offer has been answered already. Open it to see the answer.',
  'refusal.already_waiting':
    'The child already waits for one of these groups. Change that request instead of making another.',
  'refusal.not_waiting': 'This request does not wait any more. Look at its state, or make a new one.',
  'refusal.illegal_shifts':
    'Some shifts break the rules of working time or of the staff register. Look at the list, change those shifts and publish again.',

  'refusal.at_times': 'No room at: {times}',
} as const satisfies Readonly<Record<`refusal.${Reason}`, string>> & Readonly<Record<string, Message>>;
