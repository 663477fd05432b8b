import { SECRET } from '../../../src/web/form.ts';
import { encoded, formsOf, type Control } from './forms.ts';
import type { Sent } from './requests.ts';
import type { Answer } from './wire.ts';

/** What an answer is held against. */
export interface Expected {
  readonly language: 'kk' | 'ru' | 'en';
  readonly api: boolean;
  /** Names that whoever asked may not be told. */
  readonly hidden: readonly string[];
  /** Tables that the request would have changed. */
  readonly changed: readonly string[];
  /** Lines that the server logged as errors. */
  readonly logged: readonly string[];
}

/** What a refused request may leave behind: who tried, and what a search that runs beside it tells of itself. */
const KEPT_OF_REFUSED = new Set(['session', 'login_code', 'draft_search']);
/** A wrong code is counted, and its answer is remembered with it. */
const COUNTS_TRIES = '/account/phone/code';

const OF_THE_MACHINE =
  /file:\/\/|\/src\/[a-z-]+\/|\bat .{1,80}\.ts:\d+|SQLITE_|node_modules|\b[A-Z][A-Za-z]*Error\b|ECONN|\bDrizzle|\bselect "|\binsert into|violates |Cannot (read|set|GET|POST|PUT|HEAD)|Unexpected token|is not a function/;
/** Sent as text, and a tag of the page where it was not escaped. */
const UNESCAPED = /<script>alert|<img src=x|<%= 7/;
/** What people do not read: keys of words, and values of nothing. */
const KEYS = /\b(form|refusal|error|page)\.[a-z_]+(\.[a-z_]+)*\b/;
const NOTHINGS = ['undefined', '[object Object]', 'NaN'];
/** The only cookies there are. */
const COOKIES = new Set(['kundiz', '__Host-kundiz', 'lang', 'flash']);
const WORDS: Readonly<Record<string, RegExp>> = {
  kk: /[а-яәіңғүұқөһ]{3}/i,
  ru: /[а-яё]{3}/i,
  en: /[a-z]{3}/i,
};

const shown = (text: string) => text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

/** The errors' words above a form, or those of an error page. */
function summaryOf(text: string): string | undefined {
  const summary = /<div class="error-summary".*?<\/div>/s.exec(text)?.[0];
  return summary === undefined ? undefined : shown(summary);
}

/** A page of its own about what has ended, or one that asks before something is done. */
const EXPLAINS = /<div class="empty"><h1>/;
const ASKS = /<form\b[^>]* method="post"/;

/** What is wrong with the words of a page that says no. */
function faultsOfWords({ status, text }: Answer, language: string): string[] {
  const alert = /<div class="card" role="alert">.*?<\/div>/s.exec(text)?.[0];
  const words = summaryOf(text) ?? (alert === undefined ? undefined : shown(alert));
  if (words === undefined) {
    const says = /role="alert"/.test(text) || EXPLAINS.test(text) || (status === 409 && ASKS.test(text));
    return says ? [] : ['says nowhere what is wrong'];
  }
  if (!WORDS[language]!.test(words)) return [`not in ${language}: ${words}`];
  return KEYS.test(words) ? [`words of the code: ${words}`] : [];
}

/** Values of nothing in an answer, those aside that it was sent. */
function nothingsIn(sent: Sent, text: string): string[] {
  const asked = [sent.path, sent.body ?? '', ...Object.values(sent.headers)].join(' ');
  return NOTHINGS.filter(
    (word) =>
      new RegExp(`(?<![\\w-])${word.replaceAll(/[[\]]/g, '\\$&')}(?![\\w-])`).test(text) &&
      !asked.includes(word) &&
      !asked.includes(encoded({ '': word }).slice(1)),
  ).map((word) => {
    const at = text.indexOf(word);
    return `says ${word}: ${text.slice(Math.max(0, at - 120), at + 60)}`;
  });
}

const UNSEEN = new Set(['hidden', 'submit', 'button', 'password', 'file']);
/** Control letters, halves of pairs and spaces around do not come back from a page as they were. */
const NOT_OF_HTML = /\p{Cc}|\p{Cs}|\u2028|^\s|\s$/u;

function isKept(control: readonly Control[], value: string): boolean {
  return control.some((each) => {
    if (each.type === 'radio' || each.type === 'checkbox') return each.value === value && each.checked;
    if (each.type === 'select')
      return each.options.some((option) => option.value === value && option.selected);
    return each.value === value;
  });
}

const hasChoice = (controls: readonly Control[], value: string): boolean =>
  controls.every(({ type }) => !['radio', 'checkbox', 'select'].includes(type)) ||
  controls.some((each) => each.value === value || each.options.some((option) => option.value === value));

/**
 * Which fields of a refused form are not as they were typed, where only fields of the page's were made wrong. Values of
 * choices that are none of the page's are let go.
 */
function lost(sent: Sent, text: string, learnt: readonly Control[]): string[] {
  const path = sent.path.split('?')[0];
  const forms = formsOf(text).filter(
    ({ method, action }) => method === 'post' && action.split('?')[0] === path,
  );
  const known = [...learnt, ...forms.flatMap(({ controls }) => controls)];
  const controlsOf = (name: string, of: readonly Control[]) =>
    of.filter((control) => control.name === name && !UNSEEN.has(control.type));
  if (sent.wrong?.some((name) => !known.some((control) => control.name === name)) ?? true) return [];
  const typed = Object.entries(sent.form ?? {}).filter(([name, value]) => {
    if (typeof value !== 'string' || value === '' || value.length >= 60_000) return false;
    const seen = controlsOf(name, known);
    return seen.length > 0 && !SECRET.test(name) && !NOT_OF_HTML.test(value) && hasChoice(seen, value);
  }) as [string, string][];
  if (typed.length === 0) return [];
  // Where a hidden field is another, or a choice none of the page's, its form may be too.
  const tampered = sent.wrong!.some((name) => {
    const controls = controlsOf(name, known);
    const value = sent.form?.[name];
    return controls.length === 0 || (typeof value === 'string' && !hasChoice(controls, value));
  });
  if (forms.length === 0) return tampered ? [] : ['the whole form'];
  const losses = forms.map((form) =>
    typed.flatMap(([name, value]) => {
      const controls = controlsOf(name, form.controls);
      return controls.length === 0 || !hasChoice(controls, value) || isKept(controls, value) ? [] : [name];
    }),
  );
  return losses.toSorted((a, b) => a.length - b.length)[0]!;
}

function faultsOfProblem({ status, type, text }: Answer): string[] {
  if (!type.startsWith('application/problem+json'))
    return [`an error of the API as ${type}: ${text.slice(0, 200)}`];
  const problem = JSON.parse(text) as Record<string, unknown>;
  const missing = ['type', 'title', 'detail', 'reason'].filter(
    (name) => typeof problem[name] !== 'string' || problem[name] === '',
  );
  if (problem['status'] !== status) missing.push('status');
  return missing.map((name) => `a problem without ${name}`);
}

/** What is wrong with an answer to a malformed request; nothing, as a rule. */
export function faultsOf(
  sent: Sent,
  answer: Answer,
  expected: Expected,
  learnt: readonly Control[],
): string[] {
  const { status, type, text } = answer;
  const faults: string[] = [];
  const say = (fault: string) => faults.push(fault);
  if (status >= 500 || status < 200) say(`status ${status}`);
  for (const line of expected.logged) say(`logged: ${line.slice(0, 1500)}`);
  // Node itself answers these, before anything of ours sees them.
  if ([400, 417, 431].includes(status) && text === '') return faults;
  const machine = OF_THE_MACHINE.exec(text);
  if (machine)
    say(`words of the machine: ${text.slice(Math.max(0, machine.index - 80), machine.index + 120)}`);
  if (type.startsWith('text/html') && UNESCAPED.test(text)) say('not escaped');
  faults.push(...nothingsIn(sent, text));
  for (const cookie of answer.cookies) if (!COOKIES.has(cookie)) say(`sets the cookie ${cookie}`);
  for (const name of expected.hidden) if (text.includes(name)) say(`tells the name ${name}`);
  const counts = sent.path.split('?')[0] === COUNTS_TRIES;
  const changed = expected.changed.filter(
    (table) => !KEPT_OF_REFUSED.has(table) && !(counts && table === 'operation'),
  );
  if (status >= 400 && changed.length > 0) say(`refused with ${status} and changed ${changed.join(', ')}`);
  if (sent.method === 'HEAD' || status === 304 || (status >= 300 && status < 400)) {
    if (/^\/\/|^\/\\|evil/.test(answer.location.split('?')[0]!)) say(`leads to ${answer.location}`);
    return faults;
  }
  if (expected.api) return status >= 400 ? [...faults, ...faultsOfProblem(answer)] : faults;
  if (status >= 400) {
    if (!type.startsWith('text/html')) return [...faults, `an error page as ${type}: ${text.slice(0, 200)}`];
    if (answer.language !== expected.language) say(`language ${answer.language} for ${expected.language}`);
    for (const fault of faultsOfWords(answer, expected.language)) say(fault);
    if (sent.headers['hx-request'] === undefined) {
      if (!text.includes(`<html lang="${expected.language}"`)) say('a page without lang');
      if (!/<title>[^<]{3,}<\/title>/.test(text)) say('a page without title');
    }
  }
  if (status === 422) for (const name of lost(sent, text, learnt)) say(`lost what was typed: ${name}`);
  return faults;
}
