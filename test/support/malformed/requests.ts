import { encoded, type Body } from './forms.ts';
import type { Random } from './random.ts';

/** A request as it goes over the wire. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** What a form says, where the request is a form in good order with one or two wrong fields. */
  readonly form?: Body | undefined;
  /** The names of the fields that were made wrong. */
  readonly wrong?: readonly string[] | undefined;
  /** Says what is wrong with it, for whoever reads the finding. */
  readonly how: string;
}

/** A request in good order, before anything is made wrong. */
export interface Right {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly api: boolean;
  readonly query: Body;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** Addresses of the same kind with records of others or of nobody. */
  readonly elsewhere: readonly string[];
}

const DATES = [
  '2027-02-30',
  '0000-00-00',
  '9999-12-31',
  '1899-12-31',
  '1900-01-01',
  '2199-12-31',
  '2027-2-3',
  '31.02.2027',
  '2027-02-10T00:00',
  '2027-13',
  '2199-12',
  '1900-01',
];
const TIMES = ['24:00', '25:61', '9:5', '08:31', '00:00', '23:59', '-1:30', '08:30:00'];
const NUMBERS = [
  '-1',
  '0',
  '1e309',
  '9007199254740993',
  'NaN',
  '999999999',
  '2147483647',
  '2147483648',
  '99999999999999999999',
  '0x10',
  '1.5',
  '1,5',
  '-0',
  '١',
];
const TEXTS = [
  '', ' ', '\0', 'a\0b', '\u0001\u001b[31m', '\ud800', 'Ай\udfff', '\u202eрес', '\u200f\u2066', '👩‍👩‍👧‍👦', '﷽'.repeat(40),
  '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'; DROP TABLE child; --", '%', '_%\\', '${7*7}<%= 7*7 %>',
  '__proto__', 'constructor', 'toString', 'null', 'undefined', '[object Object]', '{"a":1}', '\r\nset-cookie: x=1', '../../etc/passwd',
  'x'.repeat(100_000), 'ә '.repeat(5000), '\n'.repeat(300),
]; // prettier-ignore
const IDS = ['999999', '0', '-1', '2147483648', '1 or 1=1', 'абв', '1,2'];
const PATH_PARTS = ['0', '-1', '1e3', '2147483648', '9007199254740993', '%00', '%F0%9F%92%A9', '%zz', '%', '%C0%80', '..%2f..', 'null', '%D9%A1', 'a'.repeat(3000), '2027-02-30', '2199-12-31', '1900-01-01', '9999-12-31', '2027-13', '0000-00', '1900-01', '2199-12', '__proto__']; // prettier-ignore
const QUERIES = ['%', '=', '&&&', 'a[b]=1', '__proto__=1', 'lang=xx', 'next=//evil.example', 'page=-1', 'page=99999999999999', 'cursor=%00', '%zz=%ff', `x=${'y'.repeat(6000)}`, 'date=2027-02-30', 'from=2199-12-31', 'from=1900-01-01&to=2199-12-31', 'constructor=x']; // prettier-ignore
const HEADERS: readonly Readonly<Record<string, string>>[] = [
  { 'hx-request': 'true' },
  { 'hx-request': 'true', 'hx-target': '__proto__#__proto__' },
  { 'hx-request': 'true', 'hx-target': 'div#constructor', 'hx-request-type': 'partial' },
  { 'hx-request': 'true', 'hx-current-url': 'http://%', 'hx-boosted': 'true' },
  { accept: 'application/json' },
  { accept: 'image/*;q=x' },
  { 'accept-language': ';q=9,,xx-\u00ff' },
  { 'accept-encoding': 'zstd;q=nan, br;q=-1' },
  { referer: 'http://%/\u00ff' },
  { 'if-none-match': 'W/"' },
  { 'if-match': '*"' },
  { 'if-modified-since': 'yesterday' },
  { range: 'bytes=9-1' },
  { 'x-forwarded-for': "', 1.1.1.1" },
  { authorization: 'Bearer ' },
  { 'idempotency-key': 'k'.repeat(201) },
  { 'idempotency-key': '\u00ff' },
  { 'x-large': 'x'.repeat(20_000) },
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'nonsense' },
  { expect: '200-maybe' },
];
const COOKIES = ['flash=%%%', 'flash=bnVsbA', 'flash=eyJrZXkiOiJmb3JtLnRvb19sb25nIiwicGFyYW1zIjp7Im4iOnt9fX0', 'lang=xx', 'kundiz=', `junk=${'x'.repeat(7000)}`, ';;=;\u00ff', 'flash=eyJrZXkiOiJmb3JtLnRvb19sb25nIiwidG9uZSI6eyJhIjoxfSwicGFyYW1zIjpudWxsfQ']; // prettier-ignore
const FORM = 'application/x-www-form-urlencoded';
const TYPES = [`${FORM}; charset=utf-16`, `${FORM}; charset=x-nothing`, 'application/json', 'text/plain', 'multipart/form-data; boundary=x', 'multipart/form-data', 'application/json; charset=koi8-r', 'nonsense', '']; // prettier-ignore
const BODIES = ['', '{', '[]', 'null', '"text"', '1', '{"a":', '['.repeat(5000), `${'['.repeat(100_000)}${']'.repeat(100_000)}`, `${'{"mon":'.repeat(20_000)}1${'}'.repeat(20_000)}`, `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`, '%', '%zz=%', '=&=&=', 'a=1&'.repeat(2500), '__proto__=1&constructor=2&toString=3', `{"__proto__":{"x":1},"constructor":1}`, '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n', 'x'.repeat(300_000), '\ufeff{}', '\0']; // prettier-ignore

const withQuery = (path: string, query: Body): string => {
  const text = encoded(query);
  return text === '' ? path : `${path}?${text}`;
};

function strangeText(random: Random, value: string): string {
  const kind = random.next();
  if (/^\d{4}-\d{2}(-\d{2})?$/.test(value) && kind < 0.6) return random.one(DATES);
  if (/^\d{1,2}:\d{2}$/.test(value) && kind < 0.6) return random.one(TIMES);
  if (/^\d+$/.test(value) && kind < 0.6) return random.one([...NUMBERS, ...IDS]);
  return random.one(random.chance(0.55) ? TEXTS : [...DATES, ...TIMES, ...NUMBERS, ...IDS]);
}

/** A form with a field or two made wrong. */
function wrongFields(random: Random, body: Body): { body: Body; wrong: string[] } {
  const changed: Record<string, string | readonly string[]> = Object.assign(
    Object.create(null),
    body,
  ) as Record<string, string | readonly string[]>;
  const names = Object.keys(body).filter((name) => name !== 'operation');
  const wrong: string[] = [];
  for (let left = names.length === 0 ? 0 : random.chance(0.7) ? 1 : 2; left > 0; left--) {
    const name = random.one(names);
    const value = changed[name];
    const text = typeof value === 'string' ? value : (value?.[0] ?? '');
    const way = random.next();
    if (way < 0.1) delete changed[name];
    else if (way < 0.2) changed[name] = Array.isArray(value) ? text : [text, strangeText(random, text)];
    else changed[name] = strangeText(random, text);
    wrong.push(name);
  }
  if (names.length === 0 || random.chance(0.15)) {
    const name = random.one([
      '__proto__',
      'constructor',
      'unknown',
      'operation',
      'kept',
      'a[b]',
      'a.b',
      'id',
      '',
      'actor',
      '\0',
    ]);
    changed[name] = random.one(TEXTS);
    wrong.push(name);
  }
  return { body: changed, wrong };
}

const STRANGE_JSON: readonly unknown[] = [
  null,
  true,
  [],
  {},
  [[]],
  { mon: 1 },
  -1,
  1e21,
  0.5,
  2 ** 53,
  '',
  ['a', null],
];

/** A JSON body with one value made wrong, at any depth. */
function wrongJson(random: Random, value: unknown): unknown {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.7)) {
    const at = Math.floor(random.next() * value.length);
    return value.map((each: unknown, index) => (index === at ? wrongJson(random, each) : each));
  }
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0 && random.chance(0.9)) {
    const name = random.one(Object.keys(value));
    const entries = Object.entries(value).map(
      ([key, each]) => [key, key === name ? wrongJson(random, each) : (each as unknown)] as const,
    );
    const way = random.next();
    if (way < 0.1) return Object.fromEntries(entries.filter(([key]) => key !== name));
    return Object.fromEntries(
      way < 0.2 ? [...Object.entries(value), [random.one(['__proto__', 'unknown', 'id']), 1]] : entries,
    );
  }
  return random.chance(0.4)
    ? random.one(STRANGE_JSON)
    : strangeText(random, typeof value === 'string' ? value : '');
}

const METHODS = ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'POST', 'GET', 'TRACE', 'PROPFIND'];

/** The right one as it goes over the wire. */
export function inOrder({ method, api, headers, path, query, body }: Right): Sent {
  const post = method === 'POST';
  const typed = { ...headers, 'content-type': api ? 'application/json' : FORM };
  const text = () => (api ? JSON.stringify(body) : encoded(body as Body));
  return {
    method,
    path: withQuery(path, query),
    headers: post ? typed : headers,
    body: post ? text() : undefined,
    how: 'in order',
  };
}

/** One malformed request made of a right one. */
export function malformed(random: Random, right: Right): Sent {
  const { method, api, headers } = right;
  const post = method === 'POST';
  const type = api ? 'application/json' : FORM;
  const ordered = inOrder(right);
  const { path, headers: base } = ordered;
  const text = () => ordered.body;
  const pick = random.next();
  if (post && pick < 0.62) {
    if (api)
      return {
        method,
        path,
        headers: base,
        body: JSON.stringify(wrongJson(random, right.body)),
        how: 'a value',
      };
    const { body, wrong } = wrongFields(random, right.body as Body);
    return {
      method,
      path,
      headers: base,
      body: encoded(body),
      form: body,
      wrong,
      how: `fields ${wrong.join(', ')}`,
    };
  }
  if (!post && pick < 0.45) {
    const { body, wrong } = wrongFields(random, right.query);
    return { method, path: withQuery(right.path, body), headers: base, how: `query ${wrong.join(', ')}` };
  }
  if (pick < 0.7) {
    const header = random.one(HEADERS);
    return {
      method,
      path,
      headers: { ...base, ...header },
      body: text(),
      how: `header ${Object.keys(header).join(', ')}`,
    };
  }
  if (pick < 0.75) {
    const cookie = [headers['cookie'], random.one(COOKIES)].filter(Boolean).join('; ');
    return { method, path, headers: { ...base, cookie }, body: text(), how: 'cookie' };
  }
  if (pick < 0.8 && right.elsewhere.length > 0)
    return {
      method,
      path: withQuery(random.one(right.elsewhere), right.query),
      headers: base,
      body: text(),
      how: 'record',
    };
  if (pick < 0.86) {
    const parts = right.path.split('/');
    const numbers = parts.flatMap((part, at) => (/\d/.test(part) && part !== 'v1' ? [at] : []));
    const at = numbers.length === 0 ? parts.length - 1 : random.one(numbers);
    const strange = parts.with(at, random.one(PATH_PARTS)).join('/');
    return { method, path: withQuery(strange, right.query), headers: base, body: text(), how: 'path' };
  }
  if (pick < 0.91) {
    const query = random.one([...QUERIES, path.split('?')[1] ?? '%']);
    return {
      method,
      path: `${path}${path.includes('?') ? '&' : '?'}${query}`,
      headers: base,
      body: text(),
      how: 'question',
    };
  }
  if (pick < 0.95) {
    const other = random.one(METHODS);
    return {
      method: other,
      path,
      headers: base,
      body: other === 'HEAD' || other === 'GET' ? undefined : text(),
      how: 'method',
    };
  }
  const wrongType = random.one([...TYPES, type, type]);
  return {
    method,
    path,
    headers: { ...base, 'content-type': wrongType },
    body: random.one(BODIES),
    how: `body as ${wrongType}`,
  };
}
