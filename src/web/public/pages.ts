import { health } from './health.ts';
import { home } from './home.ts';
import { styles } from './styles.ts';
import { places } from './places.ts';
import { regionPlaces } from './region-places.ts';
import { place } from './place.ts';
import { application } from './application.ts';
import { applicationSent } from './application-sent.ts';
import { applicationStatus } from './application-status.ts';
import type { Routes } from '../route.ts';

/** Pages that nobody signs in for. */
export const publicPages: readonly Routes[] = [
  health,
  home,
  styles,
  places,
  regionPlaces,
  place,
  application,
  applicationSent,
  applicationStatus,
];
