import { z } from 'zod';
import type { Refusal } from '../../domain/refusal.ts';
import { listStaffById } from '../../data/staff.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import type { FieldError } from '../form.ts';
import { ticked } from '../shapes.ts';
import { WITHIN_VALUES, withinOfForm } from './replacement-words.ts';

const id = z.string().regex(/^[1-9]\d{0,8}$/);

/** What _replacements.ejs sends; without anybody to ask only `open` does. */
export const askShape = {
  staff: z
    .union([id, z.array(id).max(200)], { error: 'form.choose_one' })
    .optional()
    .transform((chosen) => (chosen === undefined ? [] : [...new Set([chosen].flat())].map(Number))),
  how: z.enum(['all', 'turn'], { error: 'form.choose_one' }).default('all'),
  within: z.enum(WITHIN_VALUES, { error: 'form.choose_one' }).default('evening').transform(withinOfForm),
  open: ticked(),
};

interface AskForm {
  readonly staff: readonly number[];
  readonly how: 'all' | 'turn';
  readonly within: ReturnType<typeof withinOfForm>;
  readonly open: boolean;
}

/** Whom the form asks; opened to whoever comes forward it asks nobody, whatever was ticked. */
export const askWish = ({ staff, how, within, open }: AskForm) => ({
  staffIds: open ? [] : staff,
  inTurn: how === 'turn',
  within,
});

export const NOBODY_CHOSEN: readonly FieldError[] = [{ field: 'staff', key: 'shortage.choose_somebody' }];

/** Why nobody was asked, in words, with a way on. */
export async function askRefused(
  context: Context,
  { reason, details }: Refusal,
  chosen: readonly number[] = [],
): Promise<{ errors: FieldError[]; status: number }> {
  const status = statusOf(reason);
  switch (reason) {
    case 'illegal_shifts': {
      const barred = (details['barred'] ?? chosen) as readonly number[];
      const staff = await context.database.read((tx) => listStaffById(tx, barred));
      const names = staff.map((each) => each.name).join(', ');
      return {
        errors: [
          { field: details['barred'] ? 'staff' : 'staffId', key: 'shortage.illegal', params: { names } },
        ],
        status,
      };
    }
    case 'invalid':
      return { errors: [{ field: 'staff', key: 'shortage.no_message' }], status };
    case 'past':
      return { errors: [{ field: '', key: 'shortage.past' }], status };
    case 'stale':
      return { errors: [{ field: '', key: 'shortage.changed' }], status };
    case 'taken':
    case 'withdrawn':
      return { errors: [{ field: '', key: 'shortage.changed' }], status };
    default:
      return { errors: [{ field: '', key: `refusal.${reason}` }], status };
  }
}
