import type { PlainDate } from '../../domain/calendar.ts';
import { part, query, type Id } from '../address.ts';

/** Addresses of standing by, of hours that are freed or unused, and of calendars for other programs. */
export const rescuePaths = {
  standBy: (childId: Id, wish: { group?: Id | undefined; date?: PlainDate | undefined } = {}) =>
    `/children/${part(childId)}/stand-by${query(wish)}`,
  standByEnd: (childId: Id, standById: Id) => `/children/${part(childId)}/stand-by/${part(standById)}/end`,
  rescue: (rescueId: Id) => `/rescues/${part(rescueId)}`,
  rescueAnswer: (rescueId: Id) => `/rescues/${part(rescueId)}/answer`,
  centreRescues: (centreId: Id, date?: PlainDate) => `/centres/${part(centreId)}/rescues${query({ date })}`,
  releaseRequest: (requestId: Id) => `/release-requests/${part(requestId)}`,
  releaseAnswer: (requestId: Id) => `/release-requests/${part(requestId)}/answer`,
  calendarFeed: (token: string) => `/calendar/feeds/${part(token)}.ics`,
  accountFeeds: () => '/account/feeds',
  accountFeedRevocation: () => '/account/feeds/revocation',
} as const;
