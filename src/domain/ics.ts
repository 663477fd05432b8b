import type { Instant } from './calendar.ts';

/** An event of a calendar for other programs (RFC 5545). */
export interface IcsEvent {
  /** The same for the same thing, whatever becomes of it. */
  readonly uid: string;
  /** Counts what has changed: a program keeps the highest. */
  readonly sequence: number;
  readonly start: Instant;
  readonly end: Instant;
  readonly summary: string;
  readonly description?: string;
  readonly location?: string;
  readonly url?: string;
  readonly cancelled?: boolean;
}

export interface Ics {
  readonly name: string;
  readonly at: Instant;
  readonly events: readonly IcsEvent[];
}

const LINE_OCTETS = 75;
const encoder = new TextEncoder();

/** TEXT of RFC 5545, 3.3.11; control characters but the line break are left out. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', String.raw`\;`)
    .replaceAll(',', String.raw`\,`)
    .replaceAll(/\r\n|\r|\n/g, String.raw`\n`)
    .replaceAll(/\p{Cc}/gu, '');
}

/** Lines of at most 75 octets (3.1), never cut within a letter; the continuation's leading space counts. */
function folded(line: string): string {
  const lines: string[] = [];
  let part = '';
  let octets = 0;
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (octets + size > LINE_OCTETS) {
      lines.push(part);
      part = ' ';
      octets = 1;
    }
    part += letter;
    octets += size;
  }
  return [...lines, part].join('\r\n');
}

/** '2027-02-09T03:30:00.000Z' → '20270209T033000Z': UTC, so that no program needs to know the zone's history. */
const utc = (at: Instant): string => `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

function eventLines(event: IcsEvent, at: Instant): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(event.uid)}`,
    `DTSTAMP:${utc(at)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTART:${utc(event.start)}`,
    `DTEND:${utc(event.end)}`,
    `SUMMARY:${escaped(event.summary)}`,
    ...(event.description ? [`DESCRIPTION:${escaped(event.description)}`] : []),
    ...(event.location ? [`LOCATION:${escaped(event.location)}`] : []),
    ...(event.url ? [`URL:${event.url}`] : []),
    `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `TRANSP:${event.cancelled ? 'TRANSPARENT' : 'OPAQUE'}`,
    'END:VEVENT',
  ];
}

/** A calendar as text/calendar: CRLF, folded lines, escaped text, times in UTC. */
export function formatIcs({ name, at, events }: Ics): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Kundiz//Kundiz//KK',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...events.flatMap((event) => eventLines(event, at)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}
