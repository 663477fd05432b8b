/** What a message may be: one text, or a text per plural category, chosen by the parameter `n`. */
export interface Plural {
  readonly one: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}
export type Message = string | Plural;

/** The names in {braces} of a text, read from its type. */
export type Placeholders<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The parameters an English message asks for; a plural always asks for `n`. */
export type ParameterNames<M> = M extends string ? Placeholders<M> : 'n' | Placeholders<M[keyof M]>;

/**
 * A translation of an English room: the same keys, no more, no fewer. Plurals are allowed where there is an `n` to count.
 * That a translation uses no unknown {placeholder} is checked by test/i18n.
 */
export type Room<English> = {
  readonly [Key in keyof English]: 'n' extends ParameterNames<English[Key]> ? Message : string;
};

export type Parameters = Readonly<Record<string, string | number>>;

/** A text cut at its placeholders: texts at even places, names at odd ones. */
export type Parts = readonly string[];

const PLACEHOLDER = /\{([a-z][A-Za-z0-9_]*)\}/;

export function cut(text: string): Parts {
  return text.split(PLACEHOLDER);
}

/** The names of the placeholders of a message, in any of its plural texts. */
export function placeholdersOf(message: Message): Set<string> {
  const texts = typeof message === 'string' ? [message] : Object.values(message);
  return new Set(texts.flatMap((text: string) => cut(text).filter((_, place) => place % 2 === 1)));
}
