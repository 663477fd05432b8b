import { regions } from './regions.ts';
import { occupancyCsvRoutes } from './occupancy-csv.ts';
import { occupancy } from './occupancy.ts';
import { regionCentrePage } from './centre.ts';
import { hours } from './hours.ts';
import { hoursCsvRoutes } from './hours-csv.ts';
import { group } from './group.ts';
import { groupDay } from './group-day.ts';
import { staffing } from './staffing.ts';
import { staffingCsvRoutes } from './staffing-csv.ts';
import { order } from './order.ts';
import { rounds } from './rounds.ts';
import { newRound } from './new-round.ts';
import { round } from './round.ts';
import type { Routes } from '../route.ts';

/** Pages of a region. */
export const regionPages: readonly Routes[] = [
  regions,
  occupancyCsvRoutes,
  occupancy,
  regionCentrePage,
  hours,
  hoursCsvRoutes,
  group,
  groupDay,
  staffing,
  staffingCsvRoutes,
  order,
  rounds,
  newRound,
  round,
];
