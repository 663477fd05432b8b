import { createHash, randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { dateAt, type Instant, type PlainDate } from '../domain/calendar.ts';
import type { Language } from '../domain/language.ts';
import type { Actor } from '../domain/people.ts';
import { refuse } from '../domain/refusal.ts';
import type { Session as SignedInSession } from '../data/accounts.ts';
import type { Database } from '../data/database.ts';
import { perform, type Operation, type Work } from '../use-cases/perform.ts';
import type { Limits } from './limits.ts';
import { wordsOf, type Flash } from './page.ts';

/** What the whole web side shares. */
export interface Services {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: Limits;
  readonly baseUrl: string;
  /** Shows the style page and reloads views. */
  readonly development: boolean;
  /** Names the demo accounts on the sign-in page. */
  readonly demo: boolean;
  /** What the SMS gateway says to be believed; without it no SMS is taken. */
  readonly smsReplySecret?: string | undefined;
}

/** 500 chosen days fit; what is longer neither browsers nor this server take as a head of 16 KB. */
const LONGEST_ADDRESS = 10_000;
const ID = /^[1-9]\d{0,9}$/;

/** One request: its instant, who sent it, and the words of its language. */
export class Context {
  readonly req: Request;
  readonly res: Response;
  readonly services: Services;
  readonly session: SignedInSession | undefined;
  readonly now: Instant;

  constructor(
    req: Request,
    res: Response,
    services: Services,
    session: SignedInSession | undefined,
    now: Instant,
  ) {
    this.req = req;
    this.res = res;
    this.services = services;
    this.session = session;
    this.now = now;
  }

  get database(): Database {
    return this.services.database;
  }

  get today(): PlainDate {
    return dateAt(this.now);
  }

  get t() {
    return wordsOf(this.res);
  }

  get language(): Language {
    return this.t.language;
  }

  /** Who is signed in; a page that may be seen signed out asks `session` instead. */
  get actor(): Actor {
    return this.session?.actor ?? refuse('unauthenticated');
  }

  /** A numeric id of the address; anything else is a record that does not exist. */
  id(name: string): number {
    const text = this.text(name);
    return ID.test(text) && Number(text) <= 2_147_483_647 ? Number(text) : refuse('missing');
  }

  text(name: string): string {
    const value = this.req.params[name];
    return typeof value === 'string' ? value : '';
  }

  /** One value of the query string; '' when it is absent or repeated. */
  query(name: string): string {
    const value = this.req.query[name];
    return typeof value === 'string' ? value : '';
  }

  /** The key of this write: the client's header or hidden field, else a fresh one. */
  get operation(): Operation {
    const { operation, ...body } = (this.req.body ?? {}) as Record<string, unknown>;
    const given = this.req.get('idempotency-key') ?? operation;
    const key = typeof given === 'string' && given.length > 0 && given.length <= 200 ? given : randomUUID();
    return {
      route: `${this.req.method} ${this.req.baseUrl}${this.req.path}`,
      key,
      bodyHash: createHash('sha256').update(JSON.stringify(body)).digest('base64url'),
    };
  }

  /** Runs a use-case as the signed-in person, once per operation key. */
  perform<Input, Answer>(
    useCase: (work: Work, input: Input) => Promise<Answer>,
    input: Input,
  ): Promise<Answer> {
    return perform(
      this.database,
      { now: this.now, actor: this.actor, operation: this.operation },
      useCase,
      input,
    );
  }

  /** Success of a form: goes on to a page, which says so once. Refuses answers that fit into no address. */
  done(path: string, flash?: Flash): void {
    if (path.length > LONGEST_ADDRESS) refuse('invalid');
    if (flash) {
      const value = Buffer.from(JSON.stringify(flash)).toString('base64url');
      this.res.cookie('flash', value, { httpOnly: true, sameSite: 'lax', maxAge: 60_000, path: '/' });
    }
    this.res.redirect(303, path);
  }
}
