import { issueToken } from '../../use-cases/sign-in.ts';
import { anyone } from '../access.ts';
import { resource } from './resource.ts';
import { token, tokenAsked } from './schemas/account.ts';

/** A token for somebody's login and password; tries are limited as those of the sign-in page are. */
export const tokens = resource('/tokens').signIn(
  anyone,
  {
    summary: 'A token with the role and scope of its owner',
    body: tokenAsked,
    answer: token,
    reasons: ['unauthenticated', 'too_many'],
  },
  async ({ context, body: { login, password } }) => {
    const { limits } = context.services;
    await limits.trySignIn(login, context.req.ip ?? '');
    const label = context.req.get('user-agent') ?? 'API';
    const issued = await issueToken(context.database, { login, password, now: context.now, label });
    await limits.signedIn(login);
    return { ...issued, user: { ...issued.user, id: String(issued.user.id) } };
  },
);
