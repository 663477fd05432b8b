import express, { type Express } from 'express';
import { mountApi } from './web/api/mount.ts';
import { serveAssets } from './web/assets.ts';
import { compressed } from './web/compressed.ts';
import type { Services } from './web/context.ts';
import { mountPages } from './web/mount.ts';
import { pages, resources } from './web/rooms.ts';
import { securityHeaders } from './web/security.ts';
import { mountHooks } from './web/sms-replies.ts';

/** The whole web side over given services: what tests start too. */
export function createApp(services: Services): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', 'loopback');
  app.set('query parser', 'simple');
  app.use(securityHeaders(services.baseUrl));
  app.use(serveAssets);
  app.use(compressed);
  mountApi(app, services, resources);
  mountHooks(app, services);
  mountPages(app, services, pages);
  return app;
}
