import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { isLanguage } from '../domain/language.ts';
import { refuse } from '../domain/refusal.ts';
import { setLanguage } from '../use-cases/sign-in.ts';
import { Context, type Services } from './context.ts';
import { failureOf, showFailure } from './errors.ts';
import { withQuery } from './paths.ts';
import { postRoutes, type Routes } from './route.ts';
import { sameSiteWrites } from './security.ts';
import { introduce, languageOfRequest, sessionOfCookie, setLanguageCookie, takeFlash } from './sessions.ts';

const FORM_BYTES = '256kb';

/** Decides access, then answers: the only way by which a route is reached. */
export function mountRoutes(app: Express, rooms: readonly Routes[]): void {
  for (const room of rooms) {
    for (const { method, path, access, handler } of room.list) {
      const answer: RequestHandler = async (req, res) => {
        const known = res.locals['context'] as Context;
        // The same request seen with the parameters of this route.
        const context = new Context(req, res, known.services, known.session, known.now);
        const verdict = await access.decide(context);
        if (verdict !== 'granted') refuse(verdict);
        await handler(context);
      };
      app[method](path, answer);
    }
  }
}

/** Before any page: who is asking, in which language, and what the page before had to say. */
function meet(services: Services, rooms: readonly Routes[]): RequestHandler {
  const posts = postRoutes(rooms);
  return async (req, res, next) => {
    const now = services.clock();
    res.locals['posts'] = posts;
    res.locals['language'] = languageOfRequest(req, undefined);
    const session = await sessionOfCookie(req, services, now);
    res.locals['context'] = new Context(req, res, services, session, now);
    if (session) introduce(req, res, session);
    const asked = req.query['lang'];
    if (req.method === 'GET' && typeof asked === 'string' && isLanguage(asked)) {
      setLanguageCookie(res, services.baseUrl, asked);
      if (session && session.language !== asked) await setLanguage(services.database, session.actor, asked);
      res.redirect(303, withQuery(req.originalUrl, { lang: undefined }));
      return;
    }
    if (req.method === 'GET' && req.accepts('html')) res.locals['flash'] = takeFlash(req, res);
    next();
  };
}

const withoutNul = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(withoutNul)
    : typeof value === 'string'
      ? value.replaceAll('\0', '')
      : value;

/** A NUL is no letter that anybody types, and PostgreSQL keeps none: what a form sends is read without it. */
const dropNuls: RequestHandler = (req, _res, next) => {
  const body = req.body as Record<string, unknown> | undefined;
  if (body !== undefined)
    req.body = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, withoutNul(value)]));
  next();
};

/** The pages, their forms and their errors. */
export function mountPages(app: Express, services: Services, rooms: readonly Routes[]): void {
  app.use(meet(services, rooms));
  app.use(sameSiteWrites(services.baseUrl));
  app.use(express.urlencoded({ extended: false, limit: FORM_BYTES, parameterLimit: 2000 }));
  app.use(dropNuls);
  mountRoutes(app, rooms);
  app.use(() => refuse('missing'));
  const failed: ErrorRequestHandler = (error, req, res, _next) =>
    showFailure(req, res, failureOf(error, services.log));
  app.use(failed);
}
