import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino, type Logger } from 'pino';
import { createApp } from '../../src/app.ts';
import { addMinutes } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import type { Database } from '../../src/data/database.ts';
import { insertApiToken, insertSession } from '../../src/data/accounts.ts';
import { newToken } from '../../src/use-cases/sign-in.ts';
import { createLimits } from '../../src/web/limits.ts';
import type { World } from './world.ts';

/** A page as a person gets it. */
export interface Page {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** Where a redirect leads, as a path. */
  readonly location: string;
}

/** A browser without a window: keeps cookies, follows nothing by itself. */
export class Visitor {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();

  constructor(url: string, cookies: Record<string, string> = {}) {
    this.#url = url;
    for (const [name, value] of Object.entries(cookies)) this.#cookies.set(name, value);
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.#send(path, { method: 'GET', headers });
  }

  /** Sends a form as a browser does from a page of ours. */
  post(
    path: string,
    form: Record<string, string | string[]> = {},
    headers: Record<string, string> = {},
  ): Promise<Page> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(form))
      for (const each of [value].flat()) body.append(name, each);
    return this.#send(path, {
      method: 'POST',
      body,
      headers: { 'sec-fetch-site': 'same-origin', ...headers },
    });
  }

  /** Sends a form and opens the page that a success leads to. */
  async submit(path: string, form: Record<string, string | string[]> = {}): Promise<Page> {
    const answer = await this.post(path, form);
    return answer.status === 303 ? await this.get(answer.location) : answer;
  }

  /** A file as it comes, byte for byte. */
  async download(path: string): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, this.#url), { headers: { cookie }, redirect: 'manual' });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, bytes };
  }

  async #send(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Page> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, this.#url), {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', 'accept-language': 'en', ...(cookie && { cookie }), ...init.headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    const location = response.headers.get('location') ?? '';
    return { status: response.status, text: await response.text(), headers: response.headers, location };
  }
}

export interface ApiAnswer {
  readonly status: number;
  // The tests say what they expect of it.
  readonly body: Record<string, never>;
  readonly headers: Headers;
}

/** A client of the JSON API with somebody's token. */
export class ApiClient {
  readonly #url: string;
  readonly #token: string | undefined;

  constructor(url: string, token?: string) {
    this.#url = url;
    this.#token = token;
  }

  /** What a request in this client's name carries. */
  get headers(): Record<string, string> {
    return this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
  }

  get(path: string, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    return this.#send(path, { method: 'GET', headers });
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    const json = { 'content-type': 'application/json', ...headers };
    return this.#send(path, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: json,
    });
  }

  async #send(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<ApiAnswer> {
    const response = await fetch(new URL(`/api/v1${path}`, this.#url), {
      ...init,
      headers: { ...this.headers, 'accept-language': 'en', ...init.headers },
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : JSON.parse(text), headers: response.headers };
  }
}

interface AppOptions {
  readonly limits?: boolean;
  readonly development?: boolean;
  readonly smsReplySecret?: string;
  /** Another way to the world's database. */
  readonly database?: Database;
  readonly log?: Logger;
}

/** The real app over a world's database, listening, at the world's instant. */
export class TestApp implements AsyncDisposable {
  readonly world: World;
  readonly url: string;
  readonly #server: Server;

  private constructor(world: World, server: Server) {
    this.world = world;
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(world: World, options: AppOptions = {}): Promise<TestApp> {
    const app = createApp({
      database: options.database ?? world.database,
      clock: () => world.now,
      log: options.log ?? pino({ level: process.env['KUNDIZ_TEST_LOG'] ?? 'silent' }),
      limits: createLimits(options.limits ?? false),
      baseUrl: 'http://localhost:3000',
      development: options.development ?? false,
      demo: false,
      smsReplySecret: options.smsReplySecret,
    });
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TestApp(world, server);
  }

  /** Somebody signed out, whose browser asks for English. */
  visitor(): Visitor {
    return new Visitor(this.url);
  }

  /** Somebody already signed in. */
  async as(actor: Actor): Promise<Visitor> {
    const { token, tokenHash } = newToken();
    const { now } = this.world;
    await this.world.insert((tx) =>
      insertSession(tx, {
        tokenHash,
        assignmentId: actor.assignmentId,
        createdAt: now,
        expiresAt: addMinutes(now, 60 * 24 * 365),
        device: 'test',
      }),
    );
    return new Visitor(this.url, { kundiz: token, lang: 'en' });
  }

  async api(actor?: Actor): Promise<ApiClient> {
    if (!actor) return new ApiClient(this.url);
    const { token, tokenHash } = newToken();
    const { now } = this.world;
    const { assignmentId } = actor;
    const expiresAt = addMinutes(now, 60 * 24 * 365);
    await this.world.insert((tx) =>
      insertApiToken(tx, {
        tokenHash,
        assignmentId,
        label: 'test',
        createdAt: now,
        expiresAt,
        revokedAt: null,
      }),
    );
    return new ApiClient(this.url, token);
  }

  async [Symbol.asyncDispose]() {
    this.#server.close();
    this.#server.closeAllConnections();
    if (this.#server.listening) await once(this.#server, 'close');
  }
}
