import { companionLists } from "./companion-lists.ts";
import { greatestPositions } from "./nth-greatest.ts";
import { pairLookup } from "./pair-weights.ts";
import type { PairWeights } from "./pair-weights.ts";
import { listRanker } from "./ranker.ts";
import type { FittedRanker } from "./ranker.ts";

/** Companions kept per trigger. A staple speaks for nearly everything; its faint words cost time and change little. */
const LONGEST_LIST = 200;

export interface RidgeOptions {
  /** Items that may speak for a target. */
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
 * dense matrix: a hundred thousand items are a hundred thousand small systems, each independent of all others.
 */
export function fitNeighbourRidge(pairs: PairWeights, options: RidgeOptions): FittedRanker {
  const itemCount = pairs.own.length;
  const size = options.neighbours;
  const entries = {
    trigger: new Uint32Array(itemCount * size),
    companion: new Uint32Array(itemCount * size),
    weight: new Float32Array(itemCount * size),
    length: 0,
  };
  const penalties = ridgePenalties(pairs.own, options);
  const system = new Float64Array(size * size);
  const solution = new Float64Array(size);
  const scratch = new Float32Array(itemCount);
  const lookUp = pairLookup(pairs);
  for (let target = 0; target < itemCount; target++) {
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
  return listRanker("neighbour-ridge", companionLists(itemCount, entries, LONGEST_LIST));
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
 * Solves A x = b in place by A = L L' for a symmetric positive definite A of which the lower half is given (n x n, row
 * major). L replaces A and x replaces b.
 */
function solveCholesky(a: Float64Array, b: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const rowI = i * n;
    for (let j = 0; j < i; j++) a[rowI + j] = (a[rowI + j]! - dot(a, rowI, j * n, j)) / a[j * n + j]!;
    const own = a[rowI + i]!;
    // Dropped pairs can make the matrix slightly indefinite; a floor keeps the step defined and small.
    a[rowI + i] = Math.sqrt(Math.max(own - dot(a, rowI, rowI, i), 1e-9 * own));
  }
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

/** Sum of a[p + k] * a[q + k] over k < length; four sums at once, so that additions need not wait for each other. */
function dot(a: Float64Array, p: number, q: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += a[p + k]! * a[q + k]!;
    s1 += a[p + k + 1]! * a[q + k + 1]!;
    s2 += a[p + k + 2]! * a[q + k + 2]!;
    s3 += a[p + k + 3]! * a[q + k + 3]!;
  }
  for (; k < length; k++) s0 += a[p + k]! * a[q + k]!;
  return s0 + s1 + (s2 + s3);
}
