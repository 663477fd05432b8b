import type { mail as english } from '../en/mail.ts';
import type { Room } from '../message.ts';

export const mail: Room<typeof english> = {};
