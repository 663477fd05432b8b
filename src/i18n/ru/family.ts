import type { family as english } from '../en/family.ts';
import type { Room } from '../message.ts';

export const family: Room<typeof english> = {
  'family.title': 'Мои дети',
};
