import { publicPages } from './public/pages.ts';
import { accountPages } from './account/pages.ts';
import { familyPages } from './family/pages.ts';
import { systemPages } from './system/pages.ts';
import { centrePages } from './centre/pages.ts';
import { regionPages } from './region/pages.ts';
import { apiResources } from './api/resources.ts';
import type { Routes } from './route.ts';

/** Every page, by audience: its room lists them. A page is reachable only from here. */
export const pages: readonly Routes[] = [
  ...publicPages,
  ...accountPages,
  ...familyPages,
  // Before the centre of an id: 'new' is none.
  ...systemPages,
  ...centrePages,
  ...regionPages,
];

/** Every resource of the JSON API. */
export const resources: readonly Routes[] = apiResources;
