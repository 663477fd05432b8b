import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import { refuse } from '../../domain/refusal.ts';
import { Context, type Services } from '../context.ts';
import { failureOf } from '../errors.ts';
import { mountRoutes } from '../mount.ts';
import type { Routes } from '../route.ts';
import { languageOfRequest, sessionOfBearer } from '../sessions.ts';
import { sendProblem } from './problem.ts';

export const API = '/api/v1';

/** Who asks: by bearer token only. */
function meet(services: Services): RequestHandler {
  return async (req, res, next) => {
    const now = services.clock();
    res.set('Cache-Control', 'private, no-cache');
    const session = await sessionOfBearer(req, services, now);
    res.locals['language'] = languageOfRequest(req, session);
    res.locals['context'] = new Context(req, res, services, session, now);
    next();
  };
}

/** The JSON API with its own errors: every failure is a problem document (RFC 9457). */
export function mountApi(app: Express, services: Services, resources: readonly Routes[]): void {
  app.use(API, meet(services));
  mountRoutes(app, resources);
  app.use(API, () => refuse('missing'));
  const failed: ErrorRequestHandler = (error, _req, res, _next) =>
    sendProblem(res, failureOf(error, services.log));
  app.use(API, failed);
}
