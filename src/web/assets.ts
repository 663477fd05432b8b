import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { RequestHandler } from 'express';
import { codingOf } from './compressed.ts';

const PUBLIC = resolve(import.meta.dirname, '../../public');

/** htmx is served from its package, not copied into ours; the package exports no path to the minified file. */
function htmxFile(): string {
  return resolve(
    dirname(createRequire(import.meta.url).resolve('htmx.org/package.json')),
    'dist/htmx.min.js',
  );
}

const FILES = {
  'app.css': { path: () => resolve(PUBLIC, 'app.css'), type: 'text/css; charset=utf-8' },
  'desk.css': { path: () => resolve(PUBLIC, 'desk.css'), type: 'text/css; charset=utf-8' },
  'board.js': { path: () => resolve(PUBLIC, 'board.js'), type: 'text/javascript; charset=utf-8' },
  'app.js': { path: () => resolve(PUBLIC, 'app.js'), type: 'text/javascript; charset=utf-8' },
  'htmx.js': { path: htmxFile, type: 'text/javascript; charset=utf-8' },
  'favicon.svg': { path: () => resolve(PUBLIC, 'favicon.svg'), type: 'image/svg+xml' },
} as const;

export type AssetName = keyof typeof FILES;

interface Asset {
  readonly url: string;
  readonly type: string;
  readonly plain: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

const reload = process.env['NODE_ENV'] === 'development';
const byName = new Map<AssetName, Asset>();
const byUrl = new Map<string, Asset>();

/** Reads, hashes and compresses a file once for the life of the process; in development again when it changed. */
function load(name: AssetName): Asset {
  const known = byName.get(name);
  if (known !== undefined && !reload) return known;
  const plain = readFileSync(FILES[name].path());
  if (known?.plain.equals(plain)) return known;
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 10);
  const asset: Asset = {
    url: `/assets/${name.replace('.', `.${hash}.`)}`,
    type: FILES[name].type,
    plain,
    br: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: reload ? 4 : 11 } }),
    gzip: gzipSync(plain, { level: 9 }),
  };
  byName.set(name, asset);
  byUrl.set(asset.url, asset);
  return asset;
}

/** The address of a file of ours, which changes with its content. */
export function assetUrl(name: AssetName): string {
  return load(name).url;
}

/** Loads everything before the first request; call it before listening. */
export function loadAssets(): void {
  for (const name of Object.keys(FILES) as AssetName[]) load(name);
}

/** Serves /assets/<name>.<hash>.<ext>; mount it at the root, before sessions. An unknown hash is left to the 404. */
export const serveAssets: RequestHandler = (req, res, next) => {
  if ((req.method !== 'GET' && req.method !== 'HEAD') || !req.path.startsWith('/assets/')) return next();
  if (byUrl.size < Object.keys(FILES).length) loadAssets();
  const asset = byUrl.get(req.path);
  if (asset === undefined) return next();
  res.set({
    'Content-Type': asset.type,
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
  });
  const coding = codingOf(req);
  const body = asset[coding ?? 'plain'];
  if (coding !== undefined) res.set('Content-Encoding', coding);
  res.set('Content-Length', String(body.length));
  if (req.method === 'HEAD') res.end();
  else res.end(body);
};
