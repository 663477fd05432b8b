import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Actor } from '../../src/domain/people.ts';
import type { ApiAnswer, ApiClient, TestApp } from './app.ts';

interface Content {
  readonly content?: Readonly<Record<string, object>>;
}

interface Operation {
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const part = (text: string) => text.replaceAll('~', '~0').replaceAll('/', '~1');

/** The OpenAPI document that the app serves, held against what the app does. */
export class Contract {
  readonly document: OpenApi;
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: OpenApi) {
    this.document = document;
    this.#ajv.addSchema(document, 'openapi');
  }

  static async of(app: TestApp): Promise<Contract> {
    return new Contract((await (await app.api()).get('/openapi.json')).body as unknown as OpenApi);
  }

  /** What is wrong with a value, by the schema at a place of the document. */
  errorsAt(place: readonly string[], value: unknown): string[] {
    const pointer = `openapi#/${place.map((each) => encodeURIComponent(part(each))).join('/')}`;
    let validate = this.#compiled.get(pointer);
    if (!validate) this.#compiled.set(pointer, (validate = this.#ajv.compile({ $ref: pointer })));
    return validate(value)
      ? []
      : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  }

  /** Throws unless the answer, and the body that was accepted, are as the document says. */
  check(method: 'get' | 'post', address: string, sent: unknown, answer: ApiAnswer): void {
    const errors = this.#errorsOf(method, address.split('?')[0]!, sent, answer);
    if (errors.length === 0) return;
    const told = `${method} ${address}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 400)}`;
    throw new Error(`${told}\nis not as the OpenAPI document says:\n${errors.join('\n')}`);
  }

  #errorsOf(method: 'get' | 'post', path: string, sent: unknown, answer: ApiAnswer): string[] {
    const pattern = (each: string) => new RegExp(`^${each.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    const template = Object.keys(this.document.paths).find(
      (each) => pattern(each).test(path) && this.document.paths[each]![method],
    );
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    if (template === undefined) {
      const problem = answer.status === 404 && type === 'application/problem+json';
      return problem
        ? this.errorsAt(['components', 'schemas', 'Problem'], answer.body)
        : ['is not described'];
    }
    const { responses } = this.document.paths[template]![method]!;
    const status = answer.status >= 500 ? '5XX' : String(answer.status);
    if (!responses[status]) return [`status ${status}`];
    if (answer.status === 304) return [];
    if (!responses[status].content?.[type]) return [`content type ${type}`];
    const call = ['paths', template, method];
    const errors = this.errorsAt([...call, 'responses', status, 'content', type, 'schema'], answer.body);
    if (method === 'get' || answer.status >= 300) return errors;
    return [
      ...errors,
      ...this.errorsAt([...call, 'requestBody', 'content', 'application/json', 'schema'], sent),
    ];
  }
}

export interface CheckedAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The document says what is in it, and the tests what they expect of it. */
  readonly body: { readonly [name: string]: unknown; readonly id: string; readonly reason: string };
}

/** A client whose every answer is held against the document. */
export class CheckedClient {
  readonly #client: ApiClient;
  readonly #contract: Contract;

  constructor(client: ApiClient, contract: Contract) {
    this.#client = client;
    this.#contract = contract;
  }

  static async of(app: TestApp, contract: Contract, actor?: Actor): Promise<CheckedClient> {
    return new CheckedClient(await app.api(actor), contract);
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<CheckedAnswer> {
    const answer = await this.#client.get(path, headers);
    this.#contract.check('get', path, undefined, answer);
    return answer as unknown as CheckedAnswer;
  }

  async post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<CheckedAnswer> {
    const answer = await this.#client.post(path, body, headers);
    this.#contract.check('post', path, body, answer);
    return answer as unknown as CheckedAnswer;
  }
}
