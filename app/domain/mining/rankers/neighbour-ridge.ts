import { companionLists } from "../matrices/companion-lists.ts";
import type { CompanionLists, Entries } from "../matrices/companion-lists.ts";
import { greatestPositions } from "../matrices/nth-greatest.ts";
import { pairLookup } from "../matrices/pair-weights.ts";
import type { PairWeights } from "../matrices/pair-weights.ts";
import { sharedFloat32, sharedUint32 } from "../matrices/shared-arrays.ts";

/**
 * Companions kept per trigger. A staple is bought with nearly everything; its many small weights cost time and change
 * little.
 */
const LONGEST_LIST = 200;

export interface RidgeOptions {
  /** Items whose weights may score a target. */
  readonly neighbours: number;
  /** Ridge penalty, as a multiple of the mean weighted orders of an item. */
  readonly penalty: number;
  /** Chance that an item of the cart is hidden while learning (EDLAE); the penalty grows with an item's orders. */
  readonly dropout: number;
}

/**
 * EASE^R (Steck 2019, "Embarrassingly shallow autoencoders") with the dropout penalty of EDLAE (Steck 2020), solved
 * for each target j over its own strongest partners C alone (feature selection as in fsSLIM, Ning and Karypis 2011):
 *
 *   w = (G_CC + diag(penalty * mean(g) + dropout / (1 - dropout) * g_C))^-1 G_Cj,   g = diag(G)
 *
 * The weight of trigger c for companion j is w_c. Each target costs neighbours^3 / 6, so the catalogue is never a
 * dense matrix: a hundred thousand items are a hundred thousand small systems, each independent of all others:
 * this solves those of the targets `first`, `first` + `step` ....
 */
export function ridgeRows(pairs: PairWeights, options: RidgeOptions, first: number, step: number): Entries {
  const itemCount = pairs.own.length;
  const size = options.neighbours;
  const targets = Math.max(0, Math.ceil((itemCount - first) / step));
  const entries = {
    trigger: sharedUint32(targets * size),
    companion: sharedUint32(targets * size),
    weight: sharedFloat32(targets * size),
    length: 0,
  };
  const penalties = ridgePenalties(pairs.own, options);
  const system = new Float64Array(size * size);
  const solution = new Float64Array(size);
  const scratch = new Float32Array(itemCount);
  const lookUp = pairLookup(pairs);
  for (let target = first; target < itemCount; target += step) {
    const from = pairs.start[target]!;
    const weights = pairs.weight.subarray(from, pairs.start[target + 1]!);
    const chosen = greatestPositions(weights, size, scratch);
    const candidates = chosen.map((position) => pairs.partner[from + position]!);
    const n = candidates.length;
    for (let k = 0; k < n; k++) solution[k] = weights[chosen[k]!]!;
    for (let row = 0; row < n; row++) {
      const item = candidates[row]!;
      lookUp(item, candidates, row, system, row * n);
      system[row * n + row] = pairs.own[item]! + penalties[item]!;
    }
    solveCholesky(system, solution, n);
    for (let k = 0; k < n; k++) {
      entries.trigger[entries.length] = candidates[k]!;
      entries.companion[entries.length] = target;
      entries.weight[entries.length++] = solution[k]!;
    }
  }
  return entries;
}

/** The lists from targets that were solved apart. */
export function joinRidgeRows(pairs: PairWeights, pieces: readonly Entries[]): CompanionLists {
  return companionLists(pairs.own.length, pieces, LONGEST_LIST);
}

function ridgePenalties(own: Float64Array, options: RidgeOptions): Float64Array {
  let sum = 0;
  let sold = 0;
  for (const weight of own) {
    sum += weight;
    if (weight > 0) sold++;
  }
  const flat = options.penalty * (sold === 0 ? 1 : sum / sold);
  const perOrder = options.dropout / (1 - options.dropout);
  return own.map((weight) => flat + perOrder * weight);
}

/**
 * Solves A x = b in place for a symmetric positive definite A of which the lower half is given (n x n, row major).
 * What is left in A is of no use to anyone.
 */
export function solveCholesky(a: Float64Array, b: Float64Array, n: number): void {
  factorise(a, n);
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= a[i * n + k]! * b[k]!;
    b[i] = sum / a[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    const x = b[i]! / a[i * n + i]!;
    b[i] = x;
    for (let k = 0; k < i; k++) b[k]! -= a[i * n + k]! * x;
  }
}

/**
 * A = L L' in place, by blocks of four rows and two columns: each number that is read serves several products, which
 * makes it about three times as fast as row by row.
 */
function factorise(a: Float64Array, n: number): void {
  const blocks = n - (n % 4);
  for (let i = 0; i < blocks; i += 4) {
    for (let j = 0; j < i; j += 2) factoriseBlock(a, n, i, j);
    for (let row = i; row < i + 4; row++) factoriseRow(a, n, row, i);
  }
  for (let row = blocks; row < n; row++) factoriseRow(a, n, row, 0);
}

/** The columns from `from` on of one row. */
function factoriseRow(a: Float64Array, n: number, row: number, from: number): void {
  const p = row * n;
  for (let j = from; j < row; j++) a[p + j] = (a[p + j]! - dot(a, p, j * n, j)) / a[j * n + j]!;
  const own = a[p + row]!;
  // Dropped pairs can make the matrix slightly indefinite; a floor keeps the step defined and small.
  a[p + row] = Math.sqrt(Math.max(own - dot(a, p, p, row), 1e-9 * own));
}

/** Rows i to i + 3 of the columns j and j + 1, all of whose earlier columns are done. */
function factoriseBlock(a: Float64Array, n: number, i: number, j: number): void {
  const p0 = i * n;
  const p1 = p0 + n;
  const p2 = p1 + n;
  const p3 = p2 + n;
  const q0 = j * n;
  const q1 = q0 + n;
  let s00 = 0;
  let s01 = 0;
  let s10 = 0;
  let s11 = 0;
  let s20 = 0;
  let s21 = 0;
  let s30 = 0;
  let s31 = 0;
  for (let k = 0; k < j; k++) {
    const left = a[q0 + k]!;
    const right = a[q1 + k]!;
    const v0 = a[p0 + k]!;
    const v1 = a[p1 + k]!;
    const v2 = a[p2 + k]!;
    const v3 = a[p3 + k]!;
    s00 += v0 * left;
    s01 += v0 * right;
    s10 += v1 * left;
    s11 += v1 * right;
    s20 += v2 * left;
    s21 += v2 * right;
    s30 += v3 * left;
    s31 += v3 * right;
  }
  finishPair(a, p0 + j, q0 + j, q1 + j, s00, s01);
  finishPair(a, p1 + j, q0 + j, q1 + j, s10, s11);
  finishPair(a, p2 + j, q0 + j, q1 + j, s20, s21);
  finishPair(a, p3 + j, q0 + j, q1 + j, s30, s31);
}

/** Two neighbouring numbers of a row, of which the second also needs the first. */
function finishPair(a: Float64Array, at: number, q0: number, q1: number, sum0: number, sum1: number): void {
  const first = (a[at]! - sum0) / a[q0]!;
  a[at] = first;
  a[at + 1] = (a[at + 1]! - sum1 - first * a[q1]!) / a[q1 + 1]!;
}

/** Sum of a[p + k] * a[q + k] over k < length. */
function dot(a: Float64Array, p: number, q: number, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += a[p + k]! * a[q + k]!;
  return sum;
}
