import ICAL from 'ical.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { formatIcs, type IcsEvent } from '../../src/domain/ics.ts';

const AT = instant('2027-02-03T05:00:00.000Z');
const EVENT: IcsEvent = {
  uid: 'booking-7@kundiz',
  sequence: 2,
  start: instant('2027-02-09T03:30:00.000Z'),
  end: instant('2027-02-09T12:30:00.000Z'),
  summary: 'АБ: Шуақ',
};

/** Events as an independent parser reads them. */
function parsed(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((each) => ({
    event: new ICAL.Event(each),
    status: each.getFirstPropertyValue('status'),
    url: each.getFirstPropertyValue('url'),
  }));
}

const calendar = (...events: IcsEvent[]) => formatIcs({ name: 'Kundiz', at: AT, events });

describe('a calendar for other programs', () => {
  test('another program reads what was written', () => {
    const nasty = 'Ай, "Ару"; \\n C:\\дом\nекінші жол: ә😀';
    const [one, two] = parsed(
      calendar(
        {
          ...EVENT,
          description: nasty,
          location: 'Абай, 1; кв. 2',
          url: 'https://kundiz.example/bookings/7',
        },
        { ...EVENT, uid: 'booking-8@kundiz', cancelled: true },
      ),
    );
    expect(one!.event.uid).toBe('booking-7@kundiz');
    expect(one!.event.sequence).toBe(2);
    expect(one!.event.summary).toBe('АБ: Шуақ');
    expect(one!.event.description).toBe(nasty);
    expect(one!.event.location).toBe('Абай, 1; кв. 2');
    expect(one!.event.startDate.toJSDate().toISOString()).toBe('2027-02-09T03:30:00.000Z');
    expect(one!.event.endDate.toJSDate().toISOString()).toBe('2027-02-09T12:30:00.000Z');
    expect([one!.status, two!.status]).toEqual(['CONFIRMED', 'CANCELLED']);
    expect(one!.url).toBe('https://kundiz.example/bookings/7');
  });

  test('any text comes back as it was, in lines of at most 75 octets that end with CRLF', () => {
    const printable = fc.string({ unit: 'grapheme', maxLength: 300 }).filter((text) => !/\p{Cc}/u.test(text));
    fc.assert(
      fc.property(printable, (summary) => {
        const text = calendar({ ...EVENT, summary, description: `${summary}\n${summary}` });
        for (const line of text.slice(0, -2).split('\r\n')) {
          expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\r\n]/);
        }
        const [{ event }] = parsed(text) as [ReturnType<typeof parsed>[number]];
        expect(event.summary).toBe(summary);
      }),
      { numRuns: 300 },
    );
  });

  test('control characters cannot begin a line of their own', () => {
    const [{ event }, ...others] = parsed(
      calendar({ ...EVENT, summary: 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\u0000\u0007' }),
    ) as [ReturnType<typeof parsed>[number]];
    expect(others).toEqual([]);
    expect(event.summary).toBe('x\nEND:VEVENT\nBEGIN:VEVENT');
  });

  test('commas, semicolons and backslashes are escaped for programs that are strict', () =>
    expect(calendar({ ...EVENT, summary: 'a; b, c \\ d\ne' })).toContain(
      String.raw`SUMMARY:a\; b\, c \\ d\ne`,
    ));

  test('an empty calendar is one', () => expect(parsed(calendar())).toEqual([]));
});
