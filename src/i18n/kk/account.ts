import type { account as english } from '../en/account.ts';
import type { Room } from '../message.ts';

export const account: Room<typeof english> = {
  'account.title': 'Менің профилім',
};
