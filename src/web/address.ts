/** Ids as rows and addresses have them. */
export type Id = number | string;

/** A query string of what is given; '' when nothing is. */
export function query(
  parts: Readonly<Record<string, string | number | readonly string[] | undefined>>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) {
    if (value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [String(value)])
      search.append(name, one);
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

export const part = (id: Id): string => encodeURIComponent(id);
