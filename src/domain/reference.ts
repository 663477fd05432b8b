/** Letters and digits that are not mistaken for one another, on paper or by ear. */
export const REFERENCE_LETTERS = 'ACDEFGHJKMNPQRTUVWXY34679';
export const REFERENCE_LENGTH = 10;

/** Cyrillic letters that look like ours: what a Kazakh or Russian keyboard gives. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  А: 'A',
  С: 'C',
  Е: 'E',
  Н: 'H',
  К: 'K',
  М: 'M',
  Р: 'P',
  Т: 'T',
  Х: 'X',
  У: 'Y',
  Ү: 'Y',
};

/** Ten letters as they are typed, in any case, with spaces or dashes; undefined when it cannot be one of ours. */
export function readReference(text: string): string | undefined {
  const letters = [...text.toUpperCase().replace(/[\s\-‐‑‒–—]/g, '')].map(
    (letter) => LOOKALIKES[letter] ?? letter,
  );
  const ours = letters.every((letter) => REFERENCE_LETTERS.includes(letter));
  return ours && letters.length === REFERENCE_LENGTH ? letters.join('') : undefined;
}

/** 'ACDEF-GHJKM': in two parts, to be read aloud and typed. */
export function formatReference(reference: string): string {
  return `${reference.slice(0, REFERENCE_LENGTH / 2)}-${reference.slice(REFERENCE_LENGTH / 2)}`;
}
