import { z } from 'zod';
import { createToken, revokeToken } from '../../use-cases/sign-in.ts';
import { signedIn } from '../access.ts';
import type { Context } from '../context.ts';
import { parseForm } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { idField } from '../shapes.ts';
import { showAccount } from './account.ts';

const ALREADY_MADE = { errors: [{ field: '', key: 'account.token_already' }], input: {} } as const;

/** The token is shown in the answer to the form and never again; it is stored nowhere but hashed. */
async function addToken(context: Context): Promise<void> {
  const form = parseForm(
    z.strictObject({
      label: z.string({ error: 'account.label_missing' }).trim().min(1, 'account.label_missing').max(100),
    }),
    context.req.body,
  );
  if (form.errors) return await showAccount(context, form);
  const { t } = context;
  let made: { id: number; token: string } | undefined;
  const keep = (newest: { id: number; token: string }) => void (made = newest);
  const { id } = await context.perform(createToken, { label: form.values.label, keep });
  // A second tap: the first one's token went with its answer, and is not made again.
  if (made?.id !== id) return await showAccount(context, { ...ALREADY_MADE, status: 409 });
  return page(
    context.res,
    'account/token',
    { title: t('account.token_made'), token: made.token, label: form.values.label },
    { width: 'narrow', address: paths.account() },
  );
}

async function revoke(context: Context): Promise<void> {
  const form = parseForm(z.strictObject({ tokenId: idField() }), context.req.body);
  if (form.errors) return await showAccount(context, form);
  await context.perform(revokeToken, { tokenId: form.values.tokenId });
  return context.done(paths.account(), { key: 'account.token_revoked' });
}

/** Tokens for the JSON API: made and revoked on the account page. */
export const token = routes('/account/tokens')
  .post('', signedIn, addToken)
  .post('/revocation', signedIn, revoke);
