import { expect, test } from 'vitest';
import { pages, resources } from '../src/web/rooms.ts';

test('every route with its access, as a list that a reviewer reads', async () => {
  const lines = [...pages, ...resources].flatMap((room) =>
    room.list.map(
      ({ method, path, access }) => `${method.toUpperCase().padEnd(4)} ${path || '/'}  ${access.name}`,
    ),
  );
  expect(new Set(lines).size).toBe(lines.length);
  await expect(`${lines.toSorted().join('\n')}\n`).toMatchFileSnapshot('routes.txt');
});
