import { clockOf, readConfig } from '../config.ts';
import { endInOrder } from './ending.ts';
import { logOf } from '../log.ts';
import { listenOrExit } from './pages.ts';

/** One of the processes that serve pages: see processes.ts. */

const config = readConfig(process.env);
const log = logOf(config);
endInOrder(await listenOrExit(config, { clock: clockOf(config), log }), log);
