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
