import type { Response } from 'express';
import type { Access } from './access.ts';
import type { Context } from './context.ts';

export type Handler = (context: Context) => Promise<void> | void;

export type Method = 'get' | 'post';

export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly access: Access;
  readonly handler: Handler;
}

/**
 * The routes of one page or resource. Access is a required argument: a route without it does not compile, and
 * test/routes.test.ts keeps the list of all of them.
 */
export class Routes {
  readonly prefix: string;
  readonly list: Route[] = [];

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  get(path: string, access: Access, handler: Handler): this {
    return this.#add('get', path, access, handler);
  }

  post(path: string, access: Access, handler: Handler): this {
    return this.#add('post', path, access, handler);
  }

  #add(method: Method, path: string, access: Access, handler: Handler): this {
    this.list.push({ method, path: `${this.prefix}${path}`, access, handler });
    return this;
  }
}

export function routes(prefix: string): Routes {
  return new Routes(prefix);
}

/** The routes that forms are sent to, by path. */
export type PostRoutes = readonly { readonly route: Route; readonly path: RegExp }[];

export function postRoutes(rooms: readonly Routes[]): PostRoutes {
  return rooms
    .flatMap((room) => room.list)
    .filter((route) => route.method === 'post')
    .map((route) => ({
      route,
      path: new RegExp(
        `^${route.path.replaceAll('.', String.raw`\.`).replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`,
      ),
    }));
}

/** The route that takes a form sent to a path of ours, with what the path says; undefined where none does. */
export function postOf(res: Response, path: string) {
  for (const each of (res.locals['posts'] ?? []) as PostRoutes) {
    const match = each.path.exec(path);
    if (match) return { route: each.route, parameters: { ...match.groups } };
  }
  return undefined;
}
