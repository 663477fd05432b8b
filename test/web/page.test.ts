import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetUrl, serveAssets } from '../../src/web/assets.ts';
import { errorPage, page, type Session } from '../../src/web/page.ts';
import { withQuery } from '../../src/web/paths.ts';

const guardian: Session = {
  person: { id: 1, name: '<Айару> "Серікқызы"' },
  role: 'guardian',
  language: 'ru',
  scope: { centreId: null, regionCode: null },
};
const app = express();
app.use(serveAssets);
app.use((req, res, next) => {
  if (req.get('x-signed-in')) res.locals['session'] = guardian;
  if (req.get('x-language')) res.locals['language'] = req.get('x-language');
  next();
});
const asked = {
  title: 'Отмена',
  text: 'Точно?',
  action: '/bookings/1/cancellation',
  button: 'Да',
  fields: [{ name: 'kind', value: '"x"' }],
};
app.all('/ask', (_req, res) => page(res, 'errors/confirm', asked, { fragment: { part: 'errors/_error' } }));
app.all('/wrong', (_req, res) =>
  page(res, 'errors/confirm', {
    ...asked,
    errors: [{ field: 'children[0].name', key: 'form.too_long', params: { n: 80 } }],
  }),
);
app.get('/error/:status', (req, res) =>
  errorPage(res, Number(req.params['status']), { reference: 'a1b2', waitMinutes: 5 }),
);

const server = app.listen(0, '127.0.0.1');
let base = '';
beforeAll(async () => {
  if (!server.listening) await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(base + path, { headers: { 'accept-language': 'ru', ...headers }, method });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('a page', () => {
  it('stands in the layout, in its language, and is private', async () => {
    const { status, headers, text } = await get('/ask');
    expect(status).toBe(200);
    expect(text).toMatch(/^<!doctype html>\n<html lang="ru">/);
    expect(text).toContain('<title>Отмена – Kundiz</title>');
    expect(text).toContain('value="&#34;x&#34;"');
    expect(text).toMatch(/name="operation" value="[0-9a-f-]{36}"/);
    expect(text).toContain(`<link rel="stylesheet" href="${assetUrl('app.css')}">`);
    expect(text).toContain('Войти');
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('vary')).toContain('HX-Request');
  });

  it('knows who is signed in and is then stored nowhere', async () => {
    const { headers, text } = await get('/ask', { 'x-signed-in': '1', 'x-language': 'kk' });
    expect(text).toContain('&lt;Айару&gt; &#34;Серікқызы&#34;');
    expect(text).toContain('Шығу');
    expect(text).toContain('href="/children"');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('switches language on the same address, never on another site', async () => {
    expect((await get('/ask?day=2027-01-14&lang=kk')).text).toContain(
      'href="/ask?day=2027-01-14&amp;lang=en"',
    );
    expect(withQuery('//evil.example/x?a=1#b', { lang: 'kk' })).toBe('/evil.example/x?a=1&lang=kk');
    expect(withQuery('/\\evil', {})).toBe('/evil');
    const sent = await get('/ask', { referer: `${base}/children/5?x=1` }, 'POST');
    expect(sent.text).toContain('href="/children/5?x=1&amp;lang=en"');
    expect((await get('/ask', { referer: 'https://evil.example/y' }, 'POST')).text).toContain(
      'href="/?lang=en"',
    );
  });

  it('tells what is wrong in the title, the summary and 422', async () => {
    const { status, text } = await get('/wrong', {}, 'POST');
    expect(status).toBe(422);
    expect(text).toContain('<title>Ошибка: Отмена – Kundiz</title>');
    expect(text).toContain('<a href="#f-children-0-name">Сократите до 80 символов</a>');
  });

  it.each([
    ['a swap of a named part', { 'hx-request': 'true', 'hx-target': 'div#part' }, false],
    ['another target', { 'hx-request': 'true', 'hx-target': 'div#other' }, true],
    ['the whole body', { 'hx-request': 'true', 'hx-target': 'div#part', 'hx-request-type': 'full' }, true],
    ['a boosted link', { 'hx-request': 'true', 'hx-target': 'div#part', 'hx-boosted': 'true' }, true],
    ['Back', { 'hx-request': 'true', 'hx-target': 'div#part', 'hx-history-restore-request': 'true' }, true],
    ['no htmx', { 'hx-target': 'div#part' }, true],
  ])('answers %s', async (_name, headers, whole) => {
    expect((await get('/ask', headers as Record<string, string>)).text.startsWith('<!doctype html>')).toBe(
      whole,
    );
  });

  it.each([400, 403, 404, 409, 413, 422, 429, 500, 503])('has a page for %i', async (status) => {
    for (const language of ['kk', 'ru', 'en']) {
      const answer = await get(`/error/${status}`, { 'x-language': language });
      expect(answer.status).toBe(status);
      expect(answer.text).not.toMatch(/error\.\d|refusal\.|undefined/);
    }
  });

  it('gives an unknown status the words of its kind', async () => {
    expect((await get('/error/418')).text).toContain('Запрос не удалось прочитать');
    expect((await get('/error/507')).text).toContain('Сбой на нашей стороне');
  });
});

describe('an asset', () => {
  it('is named by its content, kept for ever, compressed beforehand', async () => {
    const url = assetUrl('app.css');
    expect(url).toMatch(/^\/assets\/app\.[\w-]{10}\.css$/);
    const response = await fetch(base + url, { headers: { 'accept-encoding': 'br' } });
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(response.headers.get('content-encoding')).toBe('br');
    expect((await response.text()).length).toBeGreaterThan(20_000);
    expect((await get(assetUrl('htmx.js'))).headers.get('content-type')).toContain('javascript');
    expect((await get('/assets/app.0000000000.css')).status).toBe(404);
    expect((await get('/assets/../package.json')).status).toBe(404);
  });

  it('weighs little: all four together under 30 KB on the wire', async () => {
    const names = ['app.css', 'desk.css', 'board.js', 'app.js', 'htmx.js', 'favicon.svg'] as const;
    const sizes = names.map(async (name) => {
      const response = await fetch(base + assetUrl(name), {
        headers: { 'accept-encoding': 'br' },
        method: 'HEAD',
      });
      return Number(response.headers.get('content-length'));
    });
    const sum = (await Promise.all(sizes)).reduce((a, b) => a + b, 0);
    expect(sum).toBeGreaterThan(5000);
    expect(sum).toBeLessThan(30_000);
  });
});
