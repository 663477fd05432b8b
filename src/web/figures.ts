import { minuteOfDay, type Instant } from '../domain/calendar.ts';
import { INTL_TAG, type Language } from '../domain/language.ts';
import { figure } from '../i18n/translate.ts';

/** Figures as the language writes them: views get them ready. */
interface Formats {
  readonly percent: Intl.NumberFormat;
  /** 0…100 % as they have been written so far: heat maps ask for hundreds of them. */
  readonly percents: string[];
  readonly tenths: Intl.NumberFormat;
  readonly whole: Intl.NumberFormat;
}

const formats = new Map<Language, Formats>();

function formatsOf(language: Language): Formats {
  let known = formats.get(language);
  if (known === undefined) {
    const tag = INTL_TAG[language];
    known = {
      percent: new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 }),
      percents: [],
      tenths: new Intl.NumberFormat(tag, { maximumFractionDigits: 1 }),
      whole: new Intl.NumberFormat(tag, { maximumFractionDigits: 0 }),
    };
    formats.set(language, known);
  }
  return known;
}

/** 0.724 → '72 %'; '–' where there is nothing to divide by. Only what is full says 100. */
export function percent(ratio: number | null, language: Language): string {
  return ratio === null ? '–' : percentText(wholePercent(ratio), language);
}

function percentText(percents: number, language: Language): string {
  const { percent: format, percents: known } = formatsOf(language);
  if (percents < 0 || percents > 100) return format.format(percents / 100);
  return (known[percents] ??= format.format(percents / 100));
}

/** The same without its sign, for cells that say once what they count: '72', '–'. */
export function bareFigure(ratio: number | null, language: Language): string {
  return ratio === null ? '–' : whole(wholePercent(ratio), language);
}

/** Rounded, but what is not quite full is at most 99 and what is not quite empty at least 1. */
function wholePercent(ratio: number): number {
  const rounded = Math.round(ratio * 100);
  if (ratio < 1 && rounded >= 100) return 99;
  return ratio > 0 && rounded === 0 ? 1 : rounded;
}

/** Minutes as hours, to a tenth: '14,5'; from a thousand hours on whole ones. */
export function hoursOf(minutes: number, language: Language): string {
  const hours = minutes / 60;
  const { whole: rounded, tenths: exact } = formatsOf(language);
  return figure(hours, hours >= 1000 ? rounded : exact);
}

/** '1,5': to a tenth. */
export function tenths(number: number, language: Language): string {
  return formatsOf(language).tenths.format(number);
}

export function whole(number: number, language: Language): string {
  return figure(number, formatsOf(language).whole);
}

/** 'HH:MM' in the country's zone. */
export function clockTime(at: Instant): string {
  const minute = minuteOfDay(at);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** A share as one of the steps 0…of that stylesheets know; anything above nothing shows at least as one step. */
export function stepOf(part: number, all: number, of: number): number {
  if (all <= 0 || part <= 0) return 0;
  return Math.max(1, Math.min(of, Math.round((part / all) * of)));
}
