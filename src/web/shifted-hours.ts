import { parsePattern, type Pattern, type PatternJson, type Stretch } from '../domain/pattern.ts';
import { formatSlot } from '../domain/slots.ts';
import type { Offer } from '../data/offers.ts';
import type { Entry } from '../data/waiting-list.ts';
import type { T } from '../i18n/translate.ts';
import { patternWords } from './pattern-words.ts';

interface ShiftedHours {
  readonly offered: string;
  readonly wished: string;
  /** All hours that were wished, at other times. */
  readonly whole: boolean;
}

const stretchesOf = (pattern: Pattern) =>
  new Map(
    Object.entries<Stretch | undefined>(pattern.kind === 'dates' ? pattern.dates : pattern.days).flatMap(
      ([day, stretch]) => (stretch ? [[day, stretch] as const] : []),
    ),
  );

const lengthOf = (stretch: Stretch | undefined) => (stretch ? stretch[1] - stretch[0] : 0);
const timesOf = ([from, to]: Stretch) => formatSlot({ from, to });

/**
 * What is offered against what was wished: the times alone where all days have changed alike, else both patterns.
 * Undefined when they are the same.
 */
function shiftedHours(offered: PatternJson, wished: PatternJson, t: T): ShiftedHours | undefined {
  const [given, asked] = [parsePattern(offered), parsePattern(wished)];
  if (!('pattern' in given) || !('pattern' in asked)) return undefined;
  const [after, before] = [stretchesOf(given.pattern), stretchesOf(asked.pattern)];
  const changes = [...before].map(([day, stretch]) => ({ stretch, other: after.get(day) }));
  const isSame = ({ stretch, other }: (typeof changes)[number]) =>
    other !== undefined && timesOf(other) === timesOf(stretch);
  if (changes.every(isSame)) return undefined;
  const whole = changes.every(({ stretch, other }) => lengthOf(other) === lengthOf(stretch));
  const alike = new Set(
    changes.map(({ stretch, other }) => `${other && timesOf(other)} ${timesOf(stretch)}`),
  );
  const [{ stretch, other } = { stretch: undefined, other: undefined }] = changes;
  if (alike.size === 1 && stretch && other)
    return { offered: timesOf(other), wished: timesOf(stretch), whole };
  return { offered: patternWords(given.pattern, t), wished: patternWords(asked.pattern, t), whole };
}

/**
 * That the hours of an offer are not those wished but such as the family tolerates, in the words given; '' when they are
 * the same, or when the wish may have changed since.
 */
export function shiftWords(
  offer: Pick<Offer, 'pattern' | 'kind' | 'outcome'>,
  entry: Pick<Entry, 'pattern' | 'tolerance'> | undefined,
  words: {
    readonly whole: 'offer.shifted' | 'offer.shifted_for';
    readonly less: 'offer.shorter' | 'offer.shorter_for';
  },
  t: T,
): string {
  const known = offer.outcome === null || (offer.outcome === 'accepted' && offer.kind === 'whole');
  if (!known || !entry?.tolerance) return '';
  const shifted = shiftedHours(offer.pattern, entry.pattern, t);
  return shifted
    ? t(shifted.whole ? words.whole : words.less, { offered: shifted.offered, wished: shifted.wished })
    : '';
}
