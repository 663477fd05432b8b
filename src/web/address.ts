/** Ids as rows and addresses have them. */
export type Id = number | string;

/** A query string of what is given; '' when nothing is. */
export function query(
  parts: Readonly<Record<string, string | number | readonly string[] | undefined>>,
): string {
  let text = '';
  for (const [name, value] of Object.entries(parts)) {
    if (value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [String(value)])
      text += `${text === '' ? '?' : '&'}${encoded(name, one)}`;
  }
  return text;
}

/** One name and value as forms are encoded. Ids and dates stand as they are, and tables have thousands of them. */
function encoded(name: string, value: string): string {
  return PLAIN.test(value) && PLAIN.test(name)
    ? `${name}=${value}`
    : new URLSearchParams([[name, value]]).toString();
}

const PLAIN = /^[\w.*-]*$/;

export const part = (id: Id): string => encodeURIComponent(id);
