import { z } from 'zod';
import { refuse, type Reason } from '../../domain/refusal.ts';
import { isRemembered, type Work } from '../../use-cases/perform.ts';
import type { Access } from '../access.ts';
import type { Context } from '../context.ts';
import { Routes, type Method } from '../route.ts';
import { etagOf, isKnown } from './etag.ts';
import { API } from './mount.ts';
import { checkOperationKey, readBody, shaped } from './shape.ts';

/** What a call takes and gives: its validation and its page in the OpenAPI document, said once. */
export interface Description<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType> {
  readonly summary: string;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Answer;
  /** Why it may be refused, beyond what access, shape and keys imply. */
  readonly reasons?: readonly Reason[];
  /** Whether `If-Match` is compared with the ETag of the record in the address. */
  readonly ifMatch?: true;
}

export type Kind = 'read' | 'write' | 'sign-in';

export interface Call {
  readonly kind: Kind;
  readonly method: Method;
  readonly path: string;
  readonly access: Access;
  readonly description: Description<z.ZodType, z.ZodType, z.ZodType>;
}

export interface Asked<Query, Body> {
  readonly context: Context;
  readonly query: Query;
  readonly body: Body;
}

/** Parameters or fields of a call that takes none: any is refused. */
export const nothing = z.strictObject({});
type Nothing = typeof nothing;

/** The calls of one resource of the API. Access comes before shape, shape before every rule. */
export class Resource extends Routes {
  readonly calls: Call[] = [];

  /** A GET: validated, with an ETag, 304 where the client knows the answer. */
  read<Answer extends z.ZodType, Query extends z.ZodType = Nothing>(
    path: string,
    access: Access,
    description: Description<Query, Nothing, Answer>,
    answer: (asked: Asked<z.output<Query>, undefined>) => Promise<z.output<Answer>>,
  ): this {
    this.#describe('read', 'get', path, access, description);
    return this.get(path, access, async (context) => {
      const query = shaped(description.query ?? nothing, context.req.query) as z.output<Query>;
      const body = (await answer({ context, query, body: undefined })) as object;
      const json = JSON.stringify(body);
      const etag = etagOf(body, json);
      context.res.set('ETag', etag);
      if (isKnown(context, etag)) context.res.status(304).end();
      else sendJson(context, 200, json);
    });
  }

  /**
   * A POST in one transaction, once per Idempotency-Key: what `answer` gives is the 201 and is remembered with the
   * change, so a repeat gets the very first answer.
   */
  write<Answer extends z.ZodType, Body extends z.ZodType = Nothing>(
    path: string,
    access: Access,
    description: Description<Nothing, Body, Answer>,
    answer: (work: Work, asked: Asked<undefined, z.output<Body>>) => Promise<z.output<Answer>>,
  ): this {
    this.#describe('write', 'post', path, access, description);
    return this.post(path, access, async (context) => {
      checkOperationKey(context);
      shaped(nothing, context.req.query);
      const body = shaped(description.body ?? nothing, await readBody(context)) as z.output<Body>;
      const written = await context.perform(answer, { context, query: undefined, body });
      sendJson(context, 201, JSON.stringify(written));
    });
  }

  /**
   * A POST whose answer takes long to work out: `prepare` does so before the transaction, `answer` writes it within. A
   * repeat of a remembered key gets the first answer and is not worked out again.
   */
  prepared<Answer extends z.ZodType, Body extends z.ZodType, Prepared>(
    path: string,
    access: Access,
    description: Description<Nothing, Body, Answer> & { readonly body: Body },
    prepare: (asked: Asked<undefined, z.output<Body>>) => Promise<Prepared>,
    answer: (work: Work, prepared: Prepared) => Promise<z.output<Answer>>,
  ): this {
    this.#describe('write', 'post', path, access, description);
    return this.post(path, access, async (context) => {
      checkOperationKey(context);
      shaped(nothing, context.req.query);
      const body = shaped(description.body, await readBody(context));
      const { now, actor, operation } = context;
      const known = await context.database.read((tx) => isRemembered(tx, { now, actor, operation }));
      const made = known ? undefined : { prepared: await prepare({ context, query: undefined, body }) };
      const write = async (work: Work): Promise<z.output<Answer>> =>
        made ? await answer(work, made.prepared) : refuse('stale');
      sendJson(context, 201, JSON.stringify(await context.perform(write, undefined)));
    });
  }

  /** The POST that gives tokens: nobody is signed in yet, and nothing of it is remembered. */
  signIn<Answer extends z.ZodType, Body extends z.ZodType>(
    access: Access,
    description: Description<Nothing, Body, Answer> & { readonly body: Body },
    answer: (asked: Asked<undefined, z.output<Body>>) => Promise<z.output<Answer>>,
  ): this {
    this.#describe('sign-in', 'post', '', access, description);
    return this.post('', access, async (context) => {
      shaped(nothing, context.req.query);
      const body = shaped(description.body, await readBody(context));
      sendJson(context, 201, JSON.stringify(await answer({ context, query: undefined, body })));
    });
  }

  #describe(
    kind: Kind,
    method: Method,
    path: string,
    access: Access,
    description: Description<z.ZodType, z.ZodType, z.ZodType>,
  ): void {
    this.calls.push({ kind, method, path: `${this.prefix}${path}`, access, description });
  }
}

function sendJson({ res }: Context, status: number, json: string): void {
  res.status(status).type('application/json').send(json);
}

export function resource(path: string): Resource {
  return new Resource(`${API}${path}`);
}
