import type { publicPages as english } from '../en/public.ts';
import type { Room } from '../message.ts';

export const publicPages: Room<typeof english> = {
  'public.title': 'Күндізгі болу орталықтары',
};
