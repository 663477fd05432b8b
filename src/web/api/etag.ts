import { createHash } from 'node:crypto';
import { refuse } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';

/**
 * The strong ETag of an answer, of which the JSON may be known. `asAt`, the instant of asking, is no part of what was
 * asked for.
 */
export function etagOf(body: object, json?: string): string {
  const { asAt, ...content } = body as { asAt?: unknown };
  const text = asAt === undefined && json !== undefined ? json : JSON.stringify(content);
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}

function tagsOf(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}

/** Whether the client has this answer already. Weak and strong tags count alike here (RFC 9110, 13.1.2). */
export function isKnown(context: Context, etag: string): boolean {
  const header = context.req.get('if-none-match');
  if (header === undefined) return false;
  return tagsOf(header).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag);
}

/** Refuses a write on something that is no longer as the client saw it. Call it under the lock. */
export function requireUnchanged(context: Context, body: object): void {
  const header = context.req.get('if-match');
  if (header === undefined) return;
  const etag = etagOf(body);
  if (!tagsOf(header).some((tag) => tag === '*' || tag === etag)) refuse('stale');
}
