import { health } from './public/health.ts';
import type { Routes } from './route.ts';

/** Every page, by audience. A page is reachable only from here. */
export const pages: readonly Routes[] = [health];

/** Every resource of the JSON API. */
export const resources: readonly Routes[] = [];
