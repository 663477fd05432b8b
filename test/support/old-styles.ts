/** What a browser does not know: those of before 2022 skip layers, Windows 7's last one (Chrome 109) knows them. */
export type Age = 'before layers' | 'windows 7';

interface Rule {
  readonly head: string;
  /** Undefined for a statement that ends at its semicolon. */
  readonly body: string | undefined;
}

/** The rules of a style sheet, or of a block of one, in order. Comments are gone; strings hold no braces here. */
function rulesOf(css: string): Rule[] {
  const rules: Rule[] = [];
  let head = '';
  for (let at = 0; at < css.length; at++) {
    const sign = css[at]!;
    if (sign === ';') {
      rules.push({ head: head.trim(), body: undefined });
      head = '';
    } else if (sign === '{') {
      let depth = 1;
      let end = at + 1;
      for (; depth > 0; end++) depth += css[end] === '{' ? 1 : css[end] === '}' ? -1 : 0;
      rules.push({ head: head.trim(), body: css.slice(at + 1, end - 1) });
      head = '';
      at = end - 1;
    } else head += sign;
  }
  return rules;
}

const NEW_FUNCTIONS = /\b(?:light-dark|color-mix|oklch)\(/;
const NEWER_FUNCTIONS = /\b(?:clamp|min|max)\(/;

function declarations(body: string, age: Age): string {
  return body
    .split(';')
    .filter((each) => !NEW_FUNCTIONS.test(each) && (age === 'windows 7' || !NEWER_FUNCTIONS.test(each)))
    .join(';');
}

/** A style sheet as an older browser reads it: rules, conditions and values that it does not know are not there. */
export function asReadBy(age: Age, css: string): string {
  return rulesOf(css.replaceAll(/\/\*[\s\S]*?\*\//g, ''))
    .map(({ head, body }) => {
      if (body === undefined) return age === 'windows 7' ? `${head};` : '';
      if (/^@layer\b/.test(head)) return age === 'windows 7' ? `${head}{${asReadBy(age, body)}}` : '';
      if (/^@container\b/.test(head) || /:has\(|&/.test(head)) return '';
      if (/^@supports not\b/.test(head)) return age === 'windows 7' ? '' : asReadBy(age, body);
      if (/^@supports\b/.test(head)) return '';
      if (/^@media\b/.test(head)) return `${head}{${asReadBy(age, body)}}`;
      return `${head}{${declarations(body, age)}}`;
    })
    .join('\n');
}
