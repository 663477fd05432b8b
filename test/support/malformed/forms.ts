/** A control of a form as a browser would see it. */
export interface Control {
  readonly name: string;
  /** text, date, …, or select, textarea. */
  readonly type: string;
  readonly value: string;
  readonly checked: boolean;
  readonly options: readonly { readonly value: string; readonly selected: boolean }[];
}

export interface PageForm {
  readonly method: 'get' | 'post';
  /** '' for the page itself. */
  readonly action: string;
  readonly controls: readonly Control[];
}

export type Body = Readonly<Record<string, string | readonly string[]>>;

/** As it stands in an address or in a form that is sent. */
export function encoded(body: Body): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(body))
    for (const each of typeof value === 'string' ? [value] : value) parts.append(name, each);
  return parts.toString();
}

const TAG =
  /<(form|\/form|input|select|\/select|option|textarea|button)\b((?:[^>"']|"[^"]*"|'[^']*')*)>(?:([^<]*))?/g;

export const unescaped = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#34;', '"')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

const attribute = (text: string, name: string): string | undefined => {
  const [, found] = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/]|$)`).exec(text) ?? [undefined, undefined];
  return new RegExp(`\\s${name}(=|[\\s/]|$)`).test(text) ? unescaped(found ?? '') : undefined;
};

/** The forms of a page with their controls, those outside that name their form included. */
export function formsOf(html: string): PageForm[] {
  const forms: { id: string; method: 'get' | 'post'; action: string; controls: Control[] }[] = [];
  const outside: { form: string; control: Control }[] = [];
  let open: (typeof forms)[number] | undefined;
  let select: { options: { value: string; selected: boolean }[] } | undefined;
  for (const [, tag, attributes = '', after = ''] of html.matchAll(TAG)) {
    const at = (name: string) => attribute(attributes, name);
    if (tag === 'form') {
      open = {
        id: at('id') ?? '',
        method: at('method') === 'post' ? 'post' : 'get',
        action: at('action') ?? '',
        controls: [],
      };
      forms.push(open);
    } else if (tag === '/form') open = undefined;
    else if (tag === '/select') select = undefined;
    else if (tag === 'option')
      select?.options.push({
        value: at('value') ?? unescaped(after.trim()),
        selected: at('selected') !== undefined,
      });
    else {
      const name = at('name');
      if (name === undefined || at('disabled') !== undefined) continue;
      const options: { value: string; selected: boolean }[] = [];
      if (tag === 'select') select = { options };
      const type = tag === 'input' ? (at('type') ?? 'text') : tag!;
      const value = tag === 'textarea' ? unescaped(after.replace(/^\n/, '')) : (at('value') ?? '');
      const control = { name, type, value, checked: at('checked') !== undefined, options };
      const form = at('form');
      if (form !== undefined) outside.push({ form, control });
      else open?.controls.push(control);
    }
  }
  for (const { form, control } of outside) forms.find(({ id }) => id === form)?.controls.push(control);
  return forms;
}

/** What somebody would put into an empty field: the first that its kind and its name fit. */
const FILLINGS: readonly (readonly [RegExp, string])[] = [
  [/iin$/i, '180515599919'],
  [/phone$|login$|^tel /i, '+77011234567'],
  [/email/i, 'someone@example.kz'],
  [/password$/i, 'a long password'],
  [/^\w+ (wishes|apply)Until$/, '2027-02-20'],
  [/^\w+ (birthDate|issuedOn|attestedOn|overtimeConsentOn|backgroundCheckedOn|filledOn)/, '2018-05-15'],
  [/standsFor$/, '2027-02-13'],
  [/^date (starts|ends|toDate)|Until/, '2027-03-01'],
  [/^date |date$|day$/i, '2027-02-10'],
  [/^month /, '2027-02'],
  [/\b(to|at)$|[a-z]To$/, '16:30'],
  [/^time |\b(from|time)$|[a-z]From$|[a-z]Time$/, '08:30'],
  [/point$/, '43.2389, 76.8897'],
  [/leaveDays$/i, '30'],
  [/^number |minutes|hours|room|months|rate|lat$|lon$|days|ratio|groupSize|edgeStaff/i, '2'],
];

function filling({ name, type }: Control): string {
  const found = FILLINGS.find(([fits]) => fits.test(`${type} ${name}`))?.[1] ?? 'Әлия Сынақ';
  // Of two people nobody is the other.
  return name.includes('2') ? found.replace('4567', '4568').replace('someone', 'another') : found;
}

/** A body that somebody might send with the form: what stands in it, and the rest filled in. */
export function filled({ controls }: PageForm): Body {
  const body: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  const add = (name: string, value: string) => {
    const known = body[name];
    body[name] = known === undefined ? value : [known, value].flat();
  };
  const radios = new Map<string, Control[]>();
  for (const control of controls) {
    const { name, type, value, checked, options } = control;
    if (type === 'radio') radios.set(name, [...(radios.get(name) ?? []), control]);
    else if (type === 'checkbox') {
      if (checked || body[name] === undefined) add(name, value === '' ? 'on' : value);
    } else if (type === 'select') {
      const choices = options.filter((each) => each.value !== '');
      // Hours that begin with the first end well after them.
      const first = choices[/\bto$/.test(name) ? Math.floor(choices.length * 0.7) : 0];
      add(name, (choices.find((each) => each.selected) ?? first)?.value ?? '');
    } else if (type === 'button' || type === 'submit') {
      if (body[name] === undefined) add(name, value);
    } else if (type === 'hidden') add(name, value);
    else add(name, value === '' ? filling(control) : value);
  }
  for (const [name, each] of radios) add(name, (each.find(({ checked }) => checked) ?? each[0]!).value);
  return body;
}
