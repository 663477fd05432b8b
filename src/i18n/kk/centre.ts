import { booking } from './centre/booking.ts';
import { day } from './centre/day.ts';
import { register } from './centre/register.ts';
import { settings } from './centre/settings.ts';
import { staff } from './centre/staff.ts';
import type { centre as english } from '../en/centre.ts';
import type { Room } from '../message.ts';

export const centre: Room<typeof english> = { ...day, ...booking, ...register, ...settings, ...staff };
