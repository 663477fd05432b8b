import { z } from 'zod';
import { listChildren, type Child } from '../../data/children.ts';
import { families } from '../access.ts';
import { resource } from './resource.ts';
import { childPage } from './schemas/child.ts';
import { idAfter, pageFrom, paging, SHORT_PAGE } from './schemas/pages.ts';

const showChild = (child: Child) => ({
  id: String(child.id),
  ref: child.ref,
  name: child.name,
  birthDate: child.birthDate,
  category: child.category,
  supportWeight: child.supportWeight / 100,
  skillsNeeded: child.skillsNeeded,
});

export const children = resource('/children').read(
  '',
  families,
  {
    summary: "A guardian's children; to staff those whom their centre knows",
    query: z.strictObject(paging),
    answer: childPage,
  },
  async ({ context: { database, actor, today }, query }) => {
    const page = { after: idAfter(query), limit: (query.limit ?? SHORT_PAGE) + 1 };
    const rows = await database.read((tx) => listChildren(tx, actor, today, page));
    return pageFrom(rows, query, (row) => [String(row.id)], showChild);
  },
);
