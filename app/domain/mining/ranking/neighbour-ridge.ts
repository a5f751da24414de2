import { companionLists } from "./companion-lists.ts";
import type { PairWeights } from "./pair-weights.ts";
import { listRanker } from "./ranker.ts";
import type { FittedRanker } from "./ranker.ts";

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
  const place = new Int16Array(itemCount).fill(-1);
  const weight = new Float64Array(itemCount);
  for (let target = 0; target < itemCount; target++) {
    const candidates = strongestOf(pairs.partners[target]!, pairs.weights[target]!, size, weight);
    const n = candidates.length;
    if (n === 0) continue;
    for (let k = 0; k < n; k++) {
      place[candidates[k]!] = k;
      solution[k] = weight[candidates[k]!]!;
    }
    fillSystem(pairs, candidates, place, penalties, system);
    solveCholesky(system, solution, n);
    for (let k = 0; k < n; k++) {
      place[candidates[k]!] = -1;
      entries.trigger[entries.length] = candidates[k]!;
      entries.companion[entries.length] = target;
      entries.weight[entries.length++] = solution[k]!;
    }
  }
  return listRanker("neighbour-ridge", companionLists(itemCount, entries));
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

/** The `keep` strongest partners; leaves every partner's weight in `weight`. */
function strongestOf(partners: Uint32Array, weights: Float32Array, keep: number, weight: Float64Array): Uint32Array {
  for (let k = 0; k < partners.length; k++) weight[partners[k]!] = weights[k]!;
  if (partners.length <= keep) return partners;
  const floor = Float32Array.from(weights).sort()[weights.length - keep]!;
  const chosen: number[] = [];
  const ties: number[] = [];
  for (let k = 0; k < partners.length; k++) {
    if (weights[k]! > floor) chosen.push(partners[k]!);
    else if (weights[k] === floor) ties.push(partners[k]!);
  }
  ties.sort((a, b) => a - b);
  return Uint32Array.from(chosen.concat(ties.slice(0, keep - chosen.length)));
}

function fillSystem(
  pairs: PairWeights,
  candidates: Uint32Array,
  place: Int16Array,
  penalties: Float64Array,
  system: Float64Array,
): void {
  const n = candidates.length;
  system.fill(0, 0, n * n);
  for (let row = 0; row < n; row++) {
    const item = candidates[row]!;
    const partners = pairs.partners[item]!;
    const weights = pairs.weights[item]!;
    for (let k = 0; k < partners.length; k++) {
      const column = place[partners[k]!]!;
      if (column < 0) continue;
      // A row that was cut to its strongest partners may lack a pair that the other row has: fill both sides.
      system[row * n + column] = weights[k]!;
      system[column * n + row] = weights[k]!;
    }
  }
  for (let row = 0; row < n; row++) system[row * n + row] = pairs.own[candidates[row]!]! + penalties[candidates[row]!]!;
}

/** Solves A x = b in place for a symmetric positive definite A (n x n, row major, its lower half is overwritten). */
function solveCholesky(a: Float64Array, b: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const rowI = i * n;
    for (let j = 0; j < i; j++) {
      const rowJ = j * n;
      let sum = a[rowI + j]!;
      for (let k = 0; k < j; k++) sum -= a[rowI + k]! * a[rowJ + k]!;
      a[rowI + j] = sum / a[rowJ + j]!;
    }
    let pivot = a[rowI + i]!;
    for (let k = 0; k < i; k++) pivot -= a[rowI + k]! * a[rowI + k]!;
    // Cut rows can make the matrix slightly indefinite; a floor keeps the step defined and small.
    a[rowI + i] = Math.sqrt(Math.max(pivot, 1e-9 * a[rowI + i]!, 1e-300));
  }
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= a[i * n + k]! * b[k]!;
    b[i] = sum / a[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < n; k++) sum -= a[k * n + i]! * b[k]!;
    b[i] = sum / a[i * n + i]!;
  }
}
