import type { Benefit, BenefitClass, BenefitUnits, TracedBenefit } from "./benefit.ts";
import { Benefits } from "./kernel/benefits.ts";
import { Resolver } from "./kernel/resolve.ts";

/** A line of a cart, as far as sharing out its units goes. */
export interface LineUnits {
  readonly id: string;
  readonly quantity: number;
}

/** Steps of the search; far more than the Function takes, for it has a budget of instructions. */
const EFFORT = 2_000_000;

/**
 * Decides which benefits a cart gets: every unit of a line gets at most one of a class, and the saving in all is maximal.
 * Ties go by priority, then by offer id. Neither the order of lines nor that of benefits matters.
 *
 * @returns What became of each benefit, in the order given.
 */
export function resolve(lines: readonly LineUnits[], benefits: readonly Benefit[]): TracedBenefit[] {
  const taken = new Map<Benefit, BenefitUnits[]>();
  for (const ofClass of ["product", "order", "shipping"] as const satisfies readonly BenefitClass[]) {
    resolveClass(
      lines,
      benefits.filter((benefit) => benefit.class === ofClass),
      taken,
    );
  }
  return trace(lines, benefits, taken);
}

function resolveClass(
  lines: readonly LineUnits[],
  benefits: readonly Benefit[],
  taken: Map<Benefit, BenefitUnits[]>,
): void {
  const ordered = lines.toSorted((a, b) => compareText(a.id, b.id));
  const places = new Map(ordered.map(({ id }, place) => [id, place]));
  const ranked = benefits.toSorted(compareBenefits);
  const offers = [...new Set(ranked.map(({ offer }) => offer))];
  const columns = new Benefits();
  const kept: Benefit[] = [];
  for (const benefit of ranked) {
    const units = benefit.units.filter(({ line, quantity }) => places.has(line) && quantity > 0);
    // A set of which the cart lacks a line, or that saves nothing, is no set.
    if (benefit.whole && units.length < benefit.units.length) continue;
    for (const { line, quantity, amountOffMinor } of units) {
      if (benefit.whole || amountOffMinor > 0) columns.addEntry(places.get(line)!, quantity, amountOffMinor, 0);
    }
    const all = units.reduce((sum, { quantity }) => sum + quantity, 0);
    const before = columns.count;
    columns.close(offers.indexOf(benefit.offer), benefit.limit ?? (benefit.whole ? 1 : all), benefit.whole ?? false);
    if (columns.count > before) kept.push(benefit);
  }
  const quantities = Int32Array.from(ordered, ({ quantity }) => quantity);
  new Resolver(columns, ordered.length).decide(quantities, EFFORT);
  kept.forEach((benefit, b) => {
    const units: BenefitUnits[] = [];
    for (let e = columns.first[b]!; e < columns.first[b + 1]!; e++) {
      if (columns.taken[e]! === 0) continue;
      const line = ordered[columns.line[e]!]!.id;
      units.push({ line, quantity: columns.taken[e]!, amountOffMinor: columns.amount[e]! });
    }
    taken.set(benefit, units);
  });
}

/** By priority, offer id and then by content, so that equal input in another order is the same. */
function compareBenefits(a: Benefit, b: Benefit): number {
  return b.priority - a.priority || compareText(a.offer, b.offer) || compareText(JSON.stringify(a), JSON.stringify(b));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What became of each benefit, given the units that were taken of it. */
export function trace<Of extends Benefit>(
  lines: readonly LineUnits[],
  benefits: readonly Of[],
  taken: ReadonlyMap<Benefit, readonly BenefitUnits[]>,
): TracedBenefit<Of>[] {
  return benefits.map((benefit): TracedBenefit<Of> => {
    const units = taken.get(benefit) ?? [];
    const savedMinor = savingOf(units);
    const proposedMinor = Math.max(savedMinor, aloneMinor(lines, benefit));
    const outcome = savedMinor === 0 ? "lost" : savedMinor < proposedMinor ? "partly-taken" : "taken";
    const own = new Set(benefit.units.map(({ line }) => line));
    const rivals = benefits.filter(
      (other) =>
        other.offer !== benefit.offer &&
        other.class === benefit.class &&
        (taken.get(other) ?? []).some(({ line }) => own.has(line)),
    );
    const lostTo = outcome === "taken" ? [] : [...new Set(rivals.map(({ offer }) => offer))].sort(compareText);
    return { benefit, proposedMinor, savedMinor, taken: units, outcome, lostTo };
  });
}

function savingOf(units: readonly BenefitUnits[]): number {
  return units.reduce((sum, { quantity, amountOffMinor }) => sum + quantity * amountOffMinor, 0);
}

/** What a benefit would save if there were no other. */
function aloneMinor(lines: readonly LineUnits[], benefit: Benefit): number {
  const left = new Map(lines.map(({ id, quantity }) => [id, quantity]));
  if (benefit.whole) {
    const needed = new Map<string, number>();
    for (const { line, quantity } of benefit.units) needed.set(line, (needed.get(line) ?? 0) + quantity);
    const times = [...needed].map(([line, quantity]) => Math.floor((left.get(line) ?? 0) / quantity));
    return Math.min(benefit.limit ?? 1, ...times) * savingOf(benefit.units);
  }
  let limit = benefit.limit ?? Infinity;
  let saved = 0;
  for (const { line, quantity, amountOffMinor } of benefit.units.toSorted(
    (a, b) => b.amountOffMinor - a.amountOffMinor,
  )) {
    const units = Math.min(limit, quantity, left.get(line) ?? 0);
    saved += units * amountOffMinor;
    limit -= units;
    left.set(line, (left.get(line) ?? 0) - units);
  }
  return saved;
}
