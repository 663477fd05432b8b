import { createServer, request, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assetUrl, serveAssets } from '../../src/web/assets.ts';
import { compressed } from '../../src/web/compressed.ts';

const LONG = 'Күндіз – орын күндізге. '.repeat(100);
let server: Server;

beforeAll(async () => {
  const app = express();
  app.set('etag', false);
  app.use(serveAssets);
  app.use(compressed);
  app.get('/long', (_, res) => void res.set('Vary', 'Cookie').type('html').send(LONG));
  app.get('/short', (_, res) => void res.type('html').send('Күн'));
  app.get('/json', (_, res) => void res.json({ long: LONG }));
  app.get('/file', (_, res) => void res.type('xlsx').send(Buffer.from(LONG)));
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

/** Without anything that decodes on its own, as fetch does. */
async function ask(path: string, accepted?: string, method = 'GET') {
  const { port } = server.address() as AddressInfo;
  const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
  const sent = request({ port, host: '127.0.0.1', path, method, headers }).end();
  const [answer] = await once(sent, 'response');
  return { headers: answer.headers as Record<string, string>, body: await buffer(answer) };
}

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['br;q=0.5, gzip', 'br'],
  ['gzip, deflate', 'gzip'],
  ['*', 'br'],
  ['br;q=0, gzip;q=0', undefined],
  ['zstd;q=nan, br;q=-1', undefined],
  ['identity', undefined],
  [undefined, undefined],
])('a page for who reads %j comes as %j, and means the same', async (accepted, coding) => {
  const { headers, body } = await ask('/long', accepted);
  expect(headers['content-encoding']).toBe(coding);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['vary']).toBe('Cookie, Accept-Encoding');
  expect(Number(headers['content-length'])).toBe(body.length);
  const read = coding === 'br' ? brotliDecompressSync(body) : coding === 'gzip' ? gunzipSync(body) : body;
  expect(read.toString()).toBe(LONG);
  if (coding !== undefined) expect(body.length).toBeLessThan(LONG.length / 4);
  expect((await ask('/long', accepted, 'HEAD')).headers['content-encoding']).toBe(coding);
});

test('an answer of the API keeps its type; what is short, or no text, comes as it is', async () => {
  const json = await ask('/json', 'br');
  expect(json.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'content-encoding': 'br',
  });
  expect(JSON.parse(brotliDecompressSync(json.body).toString())).toEqual({ long: LONG });
  expect((await ask('/short', 'br')).body.toString()).toBe('Күн');
  const file = await ask('/file', 'br');
  expect(file.headers['content-encoding']).toBeUndefined();
  expect(file.body.toString()).toBe(LONG);
});

test('browsers get the smallest form of a file of ours', async () => {
  const { headers, body } = await ask(assetUrl('app.css'), 'gzip, deflate, br, zstd');
  expect(headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(body).length).toBeGreaterThan(20_000);
});
