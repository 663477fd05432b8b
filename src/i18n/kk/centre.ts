import type { centre as english } from '../en/centre.ts';
import type { Room } from '../message.ts';

export const centre: Room<typeof english> = {};
