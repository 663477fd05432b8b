import { Agent, request } from 'node:http';
import type { Sent } from './requests.ts';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly language: string;
  readonly location: string;
  /** Names of the cookies that are set. */
  readonly cookies: readonly string[];
  readonly text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** Sends a request as it is: no library puts its address or headers in order first. */
export function send(url: string, { method, path, headers, body }: Sent): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const asked = request(
      { agent, hostname, port, method, path, headers: { ...headers, ...length } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            type: answer.headers['content-type'] ?? '',
            language: answer.headers['content-language'] ?? '',
            location: answer.headers.location ?? '',
            cookies: (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split('=')[0]!),
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.setTimeout(20_000, () => asked.destroy(new Error('no answer within 20 seconds')));
    asked.end(body);
  });
}
