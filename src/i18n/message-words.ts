import {
  dateAt,
  minuteOfDay,
  parseInstant,
  parsePlainDate,
  WEEKDAYS,
  type Weekday,
} from '../domain/calendar.ts';
import { formatDate, weekdayName } from '../domain/calendar-words.ts';
import { RIGHTS } from '../domain/guardianship.ts';
import { POSTS, type Post } from '../domain/staffing.ts';
import { translator, type Key, type Language, type T } from './translate.ts';

/** A stored message: its kind names the words, its data fills them. */
export interface StoredMessage {
  readonly kind: string;
  readonly data: Readonly<Record<string, string | number>>;
}

export interface MessageWords {
  readonly subject: string;
  readonly text: string;
  /** At most two segments of 67 letters (UCS-2), with initials only. */
  readonly sms: string;
}

const SMS_LETTERS = 134;

/** Dates in the data are plain dates; people read DD.MM.YYYY. */
function shown(value: string | number): string | number {
  const date = typeof value === 'string' ? parsePlainDate(value) : undefined;
  return date ? formatDate(date) : value;
}

/** From a day on, or from the first to the last. */
function periodWords(startsOn: string, endsOn: string, t: T): string {
  if (endsOn !== '') return startsOn === endsOn ? startsOn : `${startsOn}–${endsOn}`;
  return t('right.from', { date: startsOn });
}

const isPost = (value: unknown): value is Post => POSTS.some((each) => each === value);
const isWeekday = (value: unknown): value is Weekday => WEEKDAYS.some((each) => each === value);

/** Says a message in a language: for the person's page, a mail and an SMS, which asks for an answer only where one arrives. */
export function messageWords(
  message: StoredMessage,
  language: Language,
  link: string,
  smsReplies = true,
): MessageWords {
  const t = translator(language);
  const { data } = message;
  const centre = String((language === 'kk' ? data['centreKk'] : data['centreRu']) ?? '');
  const params: Record<string, string | number> = { name: '', from: '', group: '', startsOn: '', endsOn: '' };
  for (const [name, value] of Object.entries(data)) params[name] = shown(value);
  params['n'] = Number(data['bookings'] ?? 0);
  // Rights are stored by their codes, since who reads decides the language.
  const rights = RIGHTS.filter((right) =>
    String(data['rights'] ?? '')
      .split(',')
      .includes(right),
  );
  params['rights'] = rights.map((right) => t(`right.${right}`)).join(', ');
  params['period'] = periodWords(String(params['startsOn']), String(params['endsOn']), t);
  if (isWeekday(data['weekday'])) params['weekday'] = weekdayName(data['weekday'], language, 'long');
  if (isPost(data['post'])) params['post'] = t(`post.${data['post']}`);
  const heldAt = parseInstant(String(data['heldAt'] ?? ''));
  if (heldAt !== undefined) {
    const minute = minuteOfDay(heldAt);
    params['heldOn'] = formatDate(dateAt(heldAt));
    params['heldTime'] = `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
  }
  params['near'] = data['near'] ? ` ${t('firm.mail_near', { hours: String(data['near']) })}` : '';
  params['first'] = params['firstDate'] ?? '';
  params['last'] = params['lastDate'] ?? '';
  const say = (part: string, centreName: string) =>
    t.say({ key: `message.${message.kind}.${part}` as Key, params: { ...params, centre: centreName, link } });

  const asks = message.kind === 'offer' || message.kind === 'offer_reminder';
  const short = asks && !(smsReplies && data['code']) ? 'sms_plain' : 'sms';
  let sms = say(short, centre);
  // Long names of centres are what makes an SMS long: they are cut, nothing else is.
  if (sms.length > SMS_LETTERS) {
    const room = Math.max(8, centre.length - (sms.length - SMS_LETTERS) - 1);
    sms = say(short, `${centre.slice(0, room).trimEnd()}…`);
  }
  return { subject: say('subject', centre), text: say('text', centre), sms };
}

/** Says several messages to one adult as one: each in full in a mail, their subjects in an SMS. */
export function digestWords<M extends StoredMessage>(
  messages: readonly M[],
  language: Language,
  link: string,
  linkOf: (message: M) => string,
): MessageWords {
  const t = translator(language);
  const n = messages.length;
  const said = messages.map((message) => messageWords(message, language, linkOf(message)));
  const say = (subjects: string) => t('message.digest.sms', { n, subjects, link });
  const subjects = [...new Set(said.map(({ subject }) => subject))].join('; ');
  let sms = say(subjects);
  if (sms.length > SMS_LETTERS) {
    const room = Math.max(0, subjects.length - (sms.length - SMS_LETTERS) - 1);
    sms = say(`${subjects.slice(0, room).trimEnd()}…`);
  }
  return {
    subject: t('message.digest.subject', { n }),
    text: said.map(({ subject, text }) => `${subject}\n${text}`).join('\n\n'),
    sms,
  };
}
