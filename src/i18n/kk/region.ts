import type { region as english } from '../en/region.ts';
import type { Room } from '../message.ts';

export const region: Room<typeof english> = {
  'region.title': 'Өңір',
};
