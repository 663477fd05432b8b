import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { WrongUse } from './verb.ts';

async function textOf(path: string | undefined): Promise<string> {
  if (path === undefined || path === '-') return await text(process.stdin);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new WrongUse(`cannot read ${path}: ${(error as Error).message}`, { cause: error });
  }
}

/** The JSON in a file, or in standard input when there is none or it is '-'. Throws WrongUse for what cannot be read. */
export async function jsonIn(path: string | undefined): Promise<unknown> {
  const source = await textOf(path);
  try {
    return JSON.parse(source.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new WrongUse(`the input is not JSON: ${(error as Error).message}`, { cause: error });
  }
}
