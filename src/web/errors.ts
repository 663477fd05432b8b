import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { Refusal, type Reason } from '../domain/refusal.ts';
import { isStorageFailure, redacted } from '../data/errors.ts';
import { askToSignInAgain } from './account/sign-in.ts';
import type { Context } from './context.ts';
import { TooMany } from './limits.ts';
import { errorPage } from './page.ts';
import { paths } from './paths.ts';

/** The one map from reasons to status codes. */
export function statusOf(reason: Reason): number {
  switch (reason) {
    case 'unauthenticated':
      return 401;
    case 'forbidden':
      return 403;
    case 'missing':
      return 404;
    case 'full':
    case 'stale':
    case 'already_booked':
    case 'in_the_way':
    case 'expired':
    case 'withdrawn':
    case 'taken':
    case 'already_waiting':
    case 'not_waiting':
      return 409;
    case 'too_many':
      return 429;
    default:
      return 422;
  }
}

/** What went wrong, as any answer tells it. */
export interface Failure {
  readonly status: number;
  readonly reason: Reason | undefined;
  readonly refusal: Refusal | undefined;
  readonly retryAfterSeconds?: number;
  /** What the log calls it. */
  readonly reference?: string;
}

/** Errors of express's own parsers carry a status; nothing else about them is shown. */
function parserStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  return error.status >= 400 && error.status < 500 ? error.status : undefined;
}

/** Any thrown thing → what may be told. Unexpected ones are logged without personal data, under a reference. */
export function failureOf(error: unknown, log: Logger): Failure {
  if (error instanceof Refusal)
    return { status: statusOf(error.reason), reason: error.reason, refusal: error };
  if (error instanceof TooMany) {
    return {
      status: 429,
      reason: 'too_many',
      refusal: undefined,
      retryAfterSeconds: error.retryAfterSeconds,
    };
  }
  const status = parserStatus(error);
  if (status !== undefined)
    return { status: status === 413 ? 413 : 422, reason: 'invalid', refusal: undefined };
  const reference = randomUUID().slice(0, 8);
  log.error({ reference, error: redacted(error) }, 'failed');
  return { status: isStorageFailure(error) ? 503 : 500, reason: undefined, refusal: undefined, reference };
}

/** Answers a failed page. Signed out → the sign-in page, which comes back here, with the form that was sent. */
export function showFailure(req: Request, res: Response, failure: Failure): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  if (failure.status === 401) {
    if (req.method === 'GET' && req.get('hx-request') !== 'true')
      res.redirect(303, paths.signIn(req.originalUrl));
    else askToSignInAgain(res.locals['context'] as Context);
    return;
  }
  if (failure.retryAfterSeconds !== undefined) res.set('Retry-After', String(failure.retryAfterSeconds));
  errorPage(res, failure.status, {
    ...(failure.reason !== undefined &&
      ![403, 404, 413, 429].includes(failure.status) && { reason: failure.reason }),
    ...(failure.retryAfterSeconds !== undefined && {
      waitMinutes: Math.ceil(failure.retryAfterSeconds / 60),
    }),
    ...(failure.reference !== undefined && { reference: failure.reference }),
  });
}
