import type { ModelData } from './solver.ts';

/** A model under construction, row by row; entries for the same row and column must not repeat. */
export class Rows {
  readonly #cost: number[] = [];
  readonly #most: number[] = [];
  readonly #integer: number[] = [];
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];
  readonly #rowOf: number[] = [];
  readonly #columnOf: number[] = [];
  readonly #value: number[] = [];

  /** A column 0…most; its number. */
  column(cost: number, most: number, integer: boolean): number {
    this.#cost.push(cost);
    this.#most.push(most);
    return this.#integer.push(Number(integer)) - 1;
  }

  /** lower ≤ Σ value × column ≤ upper; its number. */
  row(lower: number, upper: number): number {
    this.#lower.push(lower);
    return this.#upper.push(upper) - 1;
  }

  add(row: number, column: number, value: number): void {
    if (value === 0) return;
    this.#rowOf.push(row);
    this.#columnOf.push(column);
    this.#value.push(value);
  }

  data(): ModelData {
    const [numCols, numRows] = [this.#cost.length, this.#lower.length];
    const starts = new Int32Array(numCols + 1);
    for (const column of this.#columnOf) starts[column + 1]! += 1;
    for (let at = 0; at < numCols; at++) starts[at + 1]! += starts[at]!;
    const next = starts.slice();
    const indices = new Int32Array(this.#rowOf.length);
    const values = new Float64Array(this.#rowOf.length);
    this.#columnOf.forEach((column, at) => {
      const place = next[column]!++;
      indices[place] = this.#rowOf[at]!;
      values[place] = this.#value[at]!;
    });
    return {
      numCols,
      numRows,
      colCost: Float64Array.from(this.#cost),
      colLower: new Float64Array(numCols),
      colUpper: Float64Array.from(this.#most),
      rowLower: Float64Array.from(this.#lower),
      rowUpper: Float64Array.from(this.#upper),
      matrix: { format: 'csc', numRows, numCols, starts, indices, values },
      integrality: Int32Array.from(this.#integer),
    };
  }
}
