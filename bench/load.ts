import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Asked {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** One client with connections of its own; node:http costs this process a third of what fetch would. */
export class Client implements Disposable {
  readonly #url: string;
  readonly #agent: Agent;

  constructor(url: string, connections: number) {
    this.#url = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  ask({ method = 'GET', path, headers, body }: Asked): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, this.#url), { method, headers, agent: this.#agent }, (answer) => {
        text(answer).then(
          (words) => resolve({ status: answer.statusCode ?? 0, text: words, headers: answer.headers }),
          reject,
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  [Symbol.dispose]() {
    this.#agent.destroy();
  }
}

/** Milliseconds of every answer while so many users ask without a pause, each waiting for its own answer only. */
export async function underLoad(
  users: number,
  each: number,
  work: (number: number) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  let number = 0;
  const user = async () => {
    for (let turn = 0; turn < each; turn++) {
      const start = performance.now();
      await work(number++);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: users }, user));
  return times;
}

/** The value below which that share of all values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
