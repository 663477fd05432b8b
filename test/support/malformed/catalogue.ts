import type { Role } from '../../../src/domain/people.ts';
import { postRoutes, type Route, type Routes } from '../../../src/web/route.ts';
import type { Visitor } from '../app.ts';
import { encoded, filled, formsOf, unescaped, type Body, type Control } from './forms.ts';

/** A form as a page of ours sends it: the address and the fields. */
export interface Learnt {
  readonly path: string;
  readonly body: Body;
  readonly controls: readonly Control[];
}

/** What pages taught of a route to one who may use it. */
export interface Lesson {
  readonly forms: Learnt[];
  readonly queries: { readonly path: string; readonly query: Body }[];
}

const nameOf = ({ method, path }: Route) => `${method} ${path}`;

function bodyOf(parameters: URLSearchParams): Body {
  const body: Record<string, string | string[]> = {};
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    body[name] = values.length === 1 ? values[0]! : values;
  }
  return body;
}

/** Opens pages, and those that they lead to with a question, and learns which fields each route is sent. */
export class Catalogue {
  readonly #lessons = new Map<string, Lesson>();
  readonly #routes: { readonly route: Route; readonly path: RegExp }[];

  constructor(rooms: readonly Routes[]) {
    const gets = rooms.flatMap((room) => room.list).filter(({ method }) => method === 'get');
    const asPosts = {
      list: gets.map((route) => ({ ...route, method: 'post' as const })),
    } as unknown as Routes;
    this.#routes = [
      ...postRoutes(rooms),
      ...postRoutes([asPosts]).map(({ route, path }) => ({
        route: { ...route, method: 'get' as const },
        path,
      })),
    ];
  }

  lesson(role: Role | 'visitor', route: Route): Lesson {
    const key = `${role} ${nameOf(route)}`;
    const known = this.#lessons.get(key) ?? { forms: [], queries: [] };
    this.#lessons.set(key, known);
    return known;
  }

  #routeOf(method: string, path: string): Route | undefined {
    return this.#routes.find(({ route, path: shape }) => route.method === method && shape.test(path))?.route;
  }

  /** Learns from a page; gives the addresses with questions that it leads to and that are new. */
  learn(role: Role | 'visitor', path: string, html: string): string[] {
    const further: string[] = [];
    const question = (target: string, query: Body) => {
      const route = this.#routeOf('get', target);
      if (route === undefined || Object.keys(query).length === 0) return;
      const { queries } = this.lesson(role, route);
      const names = (of: Body) => Object.keys(of).toSorted().join();
      if (queries.length >= 5 || queries.some((known) => names(known.query) === names(query))) return;
      queries.push({ path: target, query });
      further.push(`${target}?${encoded(query)}`);
    };
    for (const form of formsOf(html)) {
      const action = form.action === '' ? path : form.action;
      const [target = ''] = action.split('?');
      if (form.method === 'get') question(target, filled(form));
      else {
        const route = this.#routeOf('post', target);
        if (route === undefined) continue;
        const { forms } = this.lesson(role, route);
        const names = (controls: readonly Control[]) =>
          [...new Set(controls.map(({ name }) => name))].toSorted().join();
        const known = forms.some(({ controls }) => names(controls) === names(form.controls));
        if (!known && forms.length < 4)
          forms.push({ path: action, body: filled(form), controls: form.controls });
      }
    }
    for (const [, href = ''] of html.matchAll(/ href="(\/[^"]*\?[^"]*)"/g)) {
      const [target = '', search = ''] = unescaped(href).split('?');
      const query = new URLSearchParams(search);
      if (!query.has('lang')) question(target, bodyOf(query));
    }
    return further;
  }

  async open(role: Role | 'visitor', visitor: Visitor, path: string): Promise<void> {
    const waiting = [path];
    const opened = new Set<string>();
    for (let at = 0; at < waiting.length && at < 12; at++) {
      const each = waiting[at]!;
      if (opened.has(each)) continue;
      opened.add(each);
      const page = await visitor.get(each);
      if (page.status === 200 && page.headers.get('content-type')?.startsWith('text/html') === true)
        waiting.push(...this.learn(role, each.split('?')[0]!, page.text));
    }
  }
}
