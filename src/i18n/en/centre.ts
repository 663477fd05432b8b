import { booking } from './centre/booking.ts';
import { day } from './centre/day.ts';
import { register } from './centre/register.ts';
import { settings } from './centre/settings.ts';
import { staff } from './centre/staff.ts';

/** A centre's pages. */
export const centre = { ...day, ...booking, ...register, ...settings, ...staff } as const;
