import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { refuse } from '../domain/refusal.ts';

/** Strict: nothing inline, nothing from elsewhere. Every answer gets the same, so helmet makes them once. */
export function securityHeaders(baseUrl: string): RequestHandler {
  const https = baseUrl.startsWith('https:');
  const made = new Headers();
  const recorder = {
    setHeader: (name: string, value: string) => made.set(name, value),
    removeHeader: () => undefined,
  };
  const nobody = {} as Parameters<RequestHandler>[0];
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: https,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  })(nobody, recorder as unknown as Parameters<RequestHandler>[1], (error) => {
    if (error !== undefined) throw error;
  });
  return (_req, res, next) => {
    res.setHeaders(made);
    next();
  };
}

/**
 * A form may be sent from our own pages only. Browsers say where a request comes from (Sec-Fetch-Site); one that does
 * not (plain http on a local network) must name our address as its Origin; with neither it is refused.
 */
export function sameSiteWrites(baseUrl: string): RequestHandler {
  const own = new URL(baseUrl).origin;
  return (req, _res, next) => {
    if (req.method === 'GET' || req.method === 'HEAD') return next();
    const site = req.get('sec-fetch-site');
    const allowed = site === undefined ? req.get('origin') === own : site === 'same-origin';
    if (!allowed) refuse('forbidden');
    return next();
  };
}
