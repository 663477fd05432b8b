import { deleteOperation, insertOperation } from '../../data/operations.ts';
import { anyone } from '../access.ts';
import type { Context } from '../context.ts';
import { routes } from '../route.ts';

/** 200 when the database can be read and written; anything else fails as usual (503 when the disk is full). */
async function answerHealth({ database, now, res }: Context): Promise<void> {
  await database.write(async (tx) => {
    await deleteOperation(tx, 0, 'health', 'health');
    await insertOperation(tx, {
      personId: 0,
      route: 'health',
      key: 'health',
      bodyHash: '',
      answer: null,
      at: now,
    });
  });
  res.set('Cache-Control', 'no-store').type('text').send('ok\n');
}

export const health = routes('/healthz').get('', anyone, answerHealth);
