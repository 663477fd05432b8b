import { pino, type Logger } from 'pino';
import type { Config } from './config.ts';

/** The log of every process and thread: lines of JSON to standard error. */
export function logOf({ environment }: Config): Logger {
  return pino({ level: environment === 'production' ? 'info' : 'warn' }, pino.destination(2));
}
