/** What a family says to an offer by SMS. */
export interface SmsReply {
  readonly code: string;
  readonly answer: 'yes' | 'no';
}

const YES = ['ИӘ', 'ИЯ', 'ИА', 'ДА', 'YES', 'Y', 'IA', 'DA', '1'];
const NO = ['ЖОҚ', 'ЖОК', 'НЕТ', 'NO', 'N', 'JOQ', 'JOK', 'ZHOQ', 'ZHOK', 'NET', '0'];

const SHAPE = /^(\d{4})(?:[\s.,:;–—-]*(\p{L}+)|[\s.,:;–—-]+([10]))[\s.!]*$/u;

/**
 * '1234 ИӘ', '1234 да', '1234 YES!', '1234-1': the code of the offer and yes or no, in three languages and as people
 * write them without Kazakh letters. undefined for anything else: a place is never taken or lost by a guess.
 */
export function parseSmsReply(text: string): SmsReply | undefined {
  const [, code, letters, digit] = SHAPE.exec(text.normalize('NFC').trim().toLocaleUpperCase('kk')) ?? [];
  const word = letters ?? digit;
  if (code === undefined || word === undefined) return undefined;
  if (YES.includes(word)) return { code, answer: 'yes' };
  return NO.includes(word) ? { code, answer: 'no' } : undefined;
}
