export const account = {
  'account.title': 'My account',
} as const;
