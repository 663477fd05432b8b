import { Refusal, type Reason } from '../domain/refusal.ts';

/** Said by a page of their own: what may not be told apart from absence, and who is not known. */
const FOR_THE_ERROR_PAGE: readonly Reason[] = [
  'unauthenticated',
  'forbidden',
  'missing',
  'key_reused',
  'too_many',
];

export type Attempt<Answer> =
  | { readonly answer: Answer; readonly refused?: undefined }
  | { readonly answer?: undefined; readonly refused: Refusal };

/** Waits for a write. A rule's no comes back as a value, so that the form can be shown again with what was typed. */
export async function attempt<Answer>(write: Promise<Answer>): Promise<Attempt<Answer>> {
  try {
    return { answer: await write };
  } catch (error) {
    if (error instanceof Refusal && !FOR_THE_ERROR_PAGE.includes(error.reason)) return { refused: error };
    throw error;
  }
}
