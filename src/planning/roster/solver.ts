import loadHighs, { type Highs, type Model, type ModelData } from 'highs';

export type { ModelData } from 'highs';

export interface SolverOptions {
  /** Most nodes of the search tree; counts, not seconds, so that the same input ends the same. */
  readonly nodes?: number;
  /** Most iterations of the simplex method over all nodes; likewise. */
  readonly iterations?: number;
  /** Where to begin: a value for each column. */
  readonly start?: Float64Array;
  /** Seconds after which to give up, whatever was found. */
  readonly seconds?: number;
}

export interface Solved {
  readonly optimal: boolean;
  readonly infeasible: boolean;
  /** A value for each column; undefined when none was found. */
  readonly values: Float64Array | undefined;
  /** No solution of the model costs less; −Infinity when nothing is known. */
  readonly bound: number;
}

/** A linear relaxation, with the prices of its rows. */
export interface Relaxed {
  readonly values: Float64Array;
  readonly prices: Float64Array;
}

/** HiGHS in WebAssembly, one instance. What goes wrong within it comes out as an error with a short text. */
export interface Solver {
  solve(model: ModelData, options: SolverOptions): Solved;
  /** By the interior-point method; undefined when it does not end in time. */
  relax(model: ModelData, seconds?: number): Relaxed | undefined;
}

const QUIET = { output_flag: false, log_to_console: false } as const;

/** HiGHS failed; a short text says how. */
export class SolverError extends Error {}

/** An uncaught error of the library prints the whole library: only the first line of its text may leave. */
function guarded<T>(highs: Highs, data: ModelData, work: (model: Model) => T): T {
  let model: (Model & { dispose(): void }) | undefined;
  try {
    model = highs.createModel(data);
    model.options.set(QUIET);
    return work(model);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new SolverError(`HiGHS: ${text.split('\n')[0]!.slice(0, 200)}`);
  } finally {
    model?.dispose();
  }
}

let loaded: Promise<Solver> | undefined;

/** The library, loaded once; some 50 ms. */
export async function solverOf(): Promise<Solver> {
  loaded ??= loadSolver();
  return loaded;
}

/** An instance that failed once may fail for ever: the next who asks gets another. */
export function forgetSolver(): void {
  loaded = undefined;
}

async function loadSolver(): Promise<Solver> {
  // Its types take it for CommonJS; as a module the function itself is the default.
  const highs = await (loadHighs as unknown as typeof loadHighs.default)();
  const { modelStatus, callbackType } = highs.constants;
  return {
    solve: (data, { nodes = 2000, iterations = Infinity, start, seconds }) =>
      guarded(highs, data, (model) => {
        model.options.set({ mip_max_nodes: nodes, mip_rel_gap: 0, mip_abs_gap: 1e-6 });
        if (seconds !== undefined) model.options.set('time_limit', Math.max(0.01, seconds));
        if (start) model.setSolution({ colValue: start });
        const status = model.run({
          [callbackType.mipInterrupt](event) {
            if (Number(event.data.mip_total_lp_iterations ?? 0) > iterations) event.interrupt();
          },
        }).modelStatus;
        const found = Number(model.info.get('primal_solution_status')) === 2;
        return {
          optimal: status === modelStatus.optimal,
          infeasible: status === modelStatus.infeasible,
          values: found ? model.getSolution().colValue : undefined,
          bound: Number(model.info.get('mip_dual_bound')),
        };
      }),
    // With integer columns the library would solve the program whole, whichever method is asked for.
    relax: (data, seconds) =>
      guarded(highs, { ...data, integrality: new Int32Array(data.numCols) }, (model) => {
        model.options.set({ solver: 'ipm', run_crossover: 'off' });
        if (seconds !== undefined) model.options.set('time_limit', Math.max(0.01, seconds));
        model.run();
        const { colValue, rowDual } = model.getSolution();
        return rowDual.length === data.numRows ? { values: colValue, prices: rowDual } : undefined;
      }),
  };
}
