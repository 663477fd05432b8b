import { health } from './public/health.ts';
import { day as centreDay } from './centre/day.ts';
import { attendance as centreAttendance } from './centre/attendance.ts';
import { week as centreWeek } from './centre/week.ts';
import { newBooking as centreNewBooking } from './centre/new-booking.ts';
import { booking as centreBooking } from './centre/booking.ts';
import { newChild as centreNewChild } from './centre/new-child.ts';
import { children as centreChildren } from './centre/children.ts';
import { child as centreChild } from './centre/child.ts';
import type { Routes } from './route.ts';

/** Every page, by audience. A page is reachable only from here. */
export const pages: readonly Routes[] = [
  health,
  centreDay,
  centreAttendance,
  centreWeek,
  centreNewBooking,
  centreBooking,
  centreNewChild,
  centreChildren,
  centreChild,
];

/** Every resource of the JSON API. */
export const resources: readonly Routes[] = [];
