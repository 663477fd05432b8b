import type { Response } from 'express';
import type { FieldRefusal } from '../../domain/refusal.ts';
import { wordsOf } from '../page.ts';
import type { Failure } from '../errors.ts';

/** Answers with application/problem+json (RFC 9457): the reason is a stable word, title and detail are for people. */
export function sendProblem(res: Response, failure: Failure): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const t = wordsOf(res);
  const reason = failure.reason ?? 'failed';
  const { errors, ...details } = failure.refusal?.details ?? {};
  const sentence = failure.reason ? t(`refusal.${failure.reason}`) : t('error.500.text');
  if (failure.retryAfterSeconds !== undefined) res.set('Retry-After', String(failure.retryAfterSeconds));
  if (failure.status === 401) res.set('WWW-Authenticate', 'Bearer');
  res.status(failure.status).type('application/problem+json');
  res.send(
    JSON.stringify({
      type: `urn:kundiz:${reason}`,
      title: reason,
      status: failure.status,
      detail: sentence,
      reason,
      ...details,
      ...(errors && {
        errors: errors.map((error: FieldRefusal) => ({
          ...error,
          detail: error.detail ?? t(`refusal.${error.reason}`),
        })),
      }),
      ...(failure.reference && { reference: failure.reference }),
    }),
  );
}
