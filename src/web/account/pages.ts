import { signInPage, signOutPage } from './sign-in.ts';
import { account } from './account.ts';
import { token } from './token.ts';
import { phone } from './phone.ts';
import { home } from './home.ts';
import { feed } from './feed.ts';
import { codePage } from './code.ts';
import { slipPage } from './slip.ts';
import { resetPage } from './reset.ts';
import { resetLinkPage, invitationPage } from './link.ts';
import type { Routes } from '../route.ts';

/** Signing in and the own account. */
export const accountPages: readonly Routes[] = [
  signInPage,
  signOutPage,
  account,
  token,
  phone,
  home,
  feed,
  codePage,
  slipPage,
  resetPage,
  resetLinkPage,
  invitationPage,
];
