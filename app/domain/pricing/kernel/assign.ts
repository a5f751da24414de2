import { Component } from "./component.ts";

/** Decides the benefits by the unit of a group, given what its whole benefits leave. Returns what they take off. */
export function assign(component: Component): number {
  component.clear();
  if (component.unitCount === 0) return 0;
  if (component.lineCount === 1) return assignOneLine(component);
  if (component.areUnitsApart()) return assignApart(component);
  if (component.effort > 0) {
    const total = assignByFlow(component);
    if (total >= 0) return total;
  }
  return assignGreedily(component);
}

/**
 * Four ways to decide benefits by the unit. Each fills `taken` of a component's unit benefits from `free` units of its
 * lines, and returns the saving.
 */

/** Benefits that share no line: each takes its largest amounts first, or all where nothing limits it. Exact. */
function assignApart(component: Component): number {
  let total: number = 0;
  for (let u: i32 = 0; u < component.unitCount; u++) {
    const benefit = component.units[u]!;
    total += isLimited(component, benefit) ? takeLargest(component, benefit) : takeAll(component, benefit);
  }
  return total;
}

/** Whether a benefit can have fewer units than its entries are for. */
function isLimited(component: Component, benefit: i32): boolean {
  const benefits = component.benefits;
  let left: number = benefits.limit[benefit]!;
  for (let e = benefits.first[benefit]!; e < benefits.first[benefit + 1]!; e++) left -= benefits.quantity[e]!;
  return left < 0;
}

function takeAll(component: Component, benefit: i32): number {
  const benefits = component.benefits;
  let total: number = 0;
  for (let e = benefits.first[benefit]!; e < benefits.first[benefit + 1]!; e++) {
    total += takeUnits(component, e, benefits.quantity[e]!);
  }
  return total;
}

function takeLargest(component: Component, benefit: i32): number {
  const benefits = component.benefits;
  let total: number = 0;
  let left = benefits.limit[benefit]!;
  while (left > 0) {
    let best: i32 = -1;
    for (let e = benefits.first[benefit]!; e < benefits.first[benefit + 1]!; e++) {
      if (benefits.taken[e]! >= benefits.quantity[e]! || component.free[benefits.line[e]!]! <= 0) continue;
      if (best < 0 || benefits.amount[e]! > benefits.amount[best]!) best = e;
    }
    if (best < 0) break;
    const before = benefits.taken[best]!;
    total += takeUnits(component, best, smaller(left, benefits.quantity[best]! - before));
    left -= benefits.taken[best]! - before;
  }
  return total;
}

/** One line: its units take the largest amounts first. Exact. */
function assignOneLine(component: Component): number {
  const benefits = component.benefits;
  const units = component.units;
  const taken = benefits.taken;
  const amount = benefits.amount;
  const line = component.lines[0]!;
  let total: number = 0;
  while (component.free[line]! > 0) {
    let best: i32 = -1;
    let bestRoom: i32 = 0;
    for (let u: i32 = 0; u < component.unitCount; u++) {
      const benefit: i32 = units[u]!;
      const start = benefits.first[benefit]!;
      const end = benefits.first[benefit + 1]!;
      let left = benefits.limit[benefit]!;
      for (let e = start; e < end; e++) left -= taken[e]!;
      for (let e = start; e < end; e++) {
        const room = smaller(left, benefits.quantity[e]! - taken[e]!);
        if (room <= 0 || (best >= 0 && amount[e]! <= amount[best]!)) continue;
        best = e;
        bestRoom = room;
      }
    }
    if (best < 0) break;
    total += takeUnits(component, best, bestRoom);
  }
  return total;
}

/**
 * Benefits with the largest amounts first, each for its lines in the order of its entries; then, if a single offer would
 * save more, that offer alone.
 */
function assignGreedily(component: Component): number {
  const benefits = component.benefits;
  const units = component.units;
  const order = units.slice(0, component.unitCount);
  for (let i: i32 = 1; i < order.length; i++) {
    const benefit = order[i]!;
    let at = i;
    while (at > 0 && largestAmount(component, order[at - 1]!) < largestAmount(component, benefit)) {
      order[at] = order[at - 1]!;
      at -= 1;
    }
    order[at] = benefit;
  }
  let total = takeInOrder(component, order, -1);
  let best: i32 = -1;
  let tried: i32 = -1;
  for (let u: i32 = 0; u < component.unitCount; u++) {
    const rank = benefits.rank[units[u]!]!;
    if (rank === tried) continue;
    tried = rank;
    if (mostOfRank(component, u) <= total) continue;
    component.clear();
    const alone = takeInOrder(component, order, rank);
    if (alone <= total) continue;
    total = alone;
    best = rank;
  }
  component.clear();
  return takeInOrder(component, order, best);
}

/** What the benefits of the rank that begins at a place would save if nothing limited them. */
function mostOfRank(component: Component, from: i32): number {
  const benefits = component.benefits;
  const units = component.units;
  const rank = benefits.rank[units[from]!]!;
  let most: number = 0;
  for (let u = from; u < component.unitCount && benefits.rank[units[u]!]! === rank; u++) {
    const benefit = units[u]!;
    for (let e = benefits.first[benefit]!; e < benefits.first[benefit + 1]!; e++) {
      most += benefits.quantity[e]! * benefits.amount[e]!;
    }
  }
  return most;
}

/** Takes benefits one after the other; of one rank only, or of all for -1. */
function takeInOrder(component: Component, order: Int32Array, rank: i32): number {
  const benefits = component.benefits;
  let total: number = 0;
  for (let i: i32 = 0; i < order.length; i++) {
    const benefit = order[i]!;
    if (rank >= 0 && benefits.rank[benefit]! !== rank) continue;
    let left = benefits.limit[benefit]!;
    for (let e = benefits.first[benefit]!; e < benefits.first[benefit + 1]! && left > 0; e++) {
      const before = benefits.taken[e]!;
      total += takeUnits(component, e, smaller(left, benefits.quantity[e]!));
      left -= benefits.taken[e]! - before;
    }
  }
  return total;
}

function largestAmount(component: Component, benefit: i32): number {
  const benefits = component.benefits;
  let largest: number = 0;
  for (let e = benefits.first[benefit]!; e < benefits.first[benefit + 1]!; e++) {
    if (benefits.amount[e]! > largest) largest = benefits.amount[e]!;
  }
  return largest;
}

/** Takes up to `most` units of an entry from its line's free units. */
function takeUnits(component: Component, entry: i32, most: i32): number {
  const line = component.benefits.line[entry]!;
  const units = smaller(most, component.free[line]!);
  if (units <= 0) return 0;
  component.benefits.taken[entry] = component.benefits.taken[entry]! + units;
  component.free[line] = component.free[line]! - units;
  return units * component.benefits.amount[entry]!;
}

function smaller(a: i32, b: i32): i32 {
  return a < b ? a : b;
}

/** "Cannot be reached", below every sum of amounts. */
const NEVER: number = -1e300;

/**
 * Exact: a flow of largest weight from benefits to lines, built from best paths one after the other (successive shortest
 * paths, Bellman-Ford on the residual graph; Ahuja, Magnanti, Orlin, "Network Flows", 1993, chapter 9). A path of equal
 * gain is preferred by rank.
 *
 * @returns The saving; -1 where the component's effort did not suffice: then nothing is taken.
 */
function assignByFlow(component: Component): number {
  const flow = new Flow(component);
  let total: number = 0;
  while (true) {
    const end = flow.bestPath();
    if (end === -2) {
      component.clear();
      return -1;
    }
    if (end < 0) return total;
    total += flow.push(end);
  }
}

class Flow {
  private readonly component: Component;
  /** Of each unit benefit: units that it may still give. */
  private readonly left: Int32Array;
  /** Best gain with which each benefit and each line is reached, the ranks along that path, and the entry that led there. */
  private readonly gainOfBenefit: Float64Array;
  private readonly gainOfLine: Float64Array;
  private readonly ranksOfBenefit: Float64Array;
  private readonly ranksOfLine: Float64Array;
  private readonly entryToBenefit: Int32Array;
  private readonly entryToLine: Int32Array;
  /** Of each line: the place of the benefit from which it was reached. */
  private readonly benefitToLine: Int32Array;

  constructor(component: Component) {
    const benefits = component.unitCount;
    const lines = component.lineCount;
    this.component = component;
    this.left = new Int32Array(benefits);
    this.gainOfBenefit = new Float64Array(benefits);
    this.ranksOfBenefit = new Float64Array(benefits);
    this.entryToBenefit = new Int32Array(benefits);
    this.gainOfLine = new Float64Array(lines);
    this.ranksOfLine = new Float64Array(lines);
    this.entryToLine = new Int32Array(lines);
    this.benefitToLine = new Int32Array(lines);
    for (let u: i32 = 0; u < benefits; u++) this.left[u] = component.benefits.limit[component.units[u]!]!;
  }

  /** The line at which the best path ends: -1 where none gains anything, -2 where the effort is used up. */
  bestPath(): i32 {
    const component = this.component;
    for (let u: i32 = 0; u < component.unitCount; u++) {
      this.gainOfBenefit[u] = this.left[u]! > 0 ? 0 : NEVER;
      this.ranksOfBenefit[u] = 0;
      this.entryToBenefit[u] = -1;
    }
    for (let l: i32 = 0; l < component.lineCount; l++) this.gainOfLine[l] = NEVER;
    while (this.reachLines() && this.reachBenefits()) {
      if (component.effort <= 0) return -2;
    }
    if (component.effort <= 0) return -2;
    let best: i32 = -1;
    for (let l: i32 = 0; l < component.lineCount; l++) {
      if (component.free[component.lines[l]!]! <= 0 || this.gainOfLine[l]! <= 0) continue;
      if (
        best < 0 ||
        this.isBetter(this.gainOfLine[l]!, this.ranksOfLine[l]!, this.gainOfLine[best]!, this.ranksOfLine[best]!)
      ) {
        best = l;
      }
    }
    return best;
  }

  private isBetter(gain: number, ranks: number, thanGain: number, thanRanks: number): boolean {
    return gain > thanGain || (gain === thanGain && ranks < thanRanks);
  }

  /** Goes from benefits to lines, through entries that can take more units. */
  private reachLines(): boolean {
    const component = this.component;
    const benefits = component.benefits;
    let hasReached = false;
    for (let u: i32 = 0; u < component.unitCount; u++) {
      if (this.gainOfBenefit[u]! === NEVER) continue;
      const benefit = component.units[u]!;
      const end = benefits.first[benefit + 1]!;
      component.effort -= end - benefits.first[benefit]!;
      const ranks = this.ranksOfBenefit[u]! + benefits.rank[benefit]!;
      for (let e = benefits.first[benefit]!; e < end; e++) {
        if (benefits.taken[e]! >= benefits.quantity[e]!) continue;
        const line = component.placeOf[benefits.line[e]!]!;
        const gain = this.gainOfBenefit[u]! + benefits.amount[e]!;
        if (!this.isBetter(gain, ranks, this.gainOfLine[line]!, this.ranksOfLine[line]!)) continue;
        this.gainOfLine[line] = gain;
        this.ranksOfLine[line] = ranks;
        this.entryToLine[line] = e;
        this.benefitToLine[line] = u;
        hasReached = true;
      }
    }
    return hasReached;
  }

  /** Goes from lines back to benefits that could give up units there. */
  private reachBenefits(): boolean {
    const component = this.component;
    const benefits = component.benefits;
    let hasReached = false;
    for (let u: i32 = 0; u < component.unitCount; u++) {
      const benefit = component.units[u]!;
      const end = benefits.first[benefit + 1]!;
      component.effort -= end - benefits.first[benefit]!;
      for (let e = benefits.first[benefit]!; e < end; e++) {
        if (benefits.taken[e]! <= 0) continue;
        const line = component.placeOf[benefits.line[e]!]!;
        if (this.gainOfLine[line]! === NEVER) continue;
        const gain = this.gainOfLine[line]! - benefits.amount[e]!;
        const ranks = this.ranksOfLine[line]! - benefits.rank[benefit]!;
        if (!this.isBetter(gain, ranks, this.gainOfBenefit[u]!, this.ranksOfBenefit[u]!)) continue;
        this.gainOfBenefit[u] = gain;
        this.ranksOfBenefit[u] = ranks;
        this.entryToBenefit[u] = e;
        hasReached = true;
      }
    }
    return hasReached;
  }

  /** Moves as many units as fit along the path that ends at a line. */
  push(end: i32): number {
    const component = this.component;
    const benefits = component.benefits;
    let units = component.free[component.lines[end]!]!;
    let line = end;
    while (true) {
      const entry = this.entryToLine[line]!;
      units = smaller(units, benefits.quantity[entry]! - benefits.taken[entry]!);
      const benefit = this.benefitToLine[line]!;
      const back = this.entryToBenefit[benefit]!;
      if (back < 0) {
        units = smaller(units, this.left[benefit]!);
        break;
      }
      units = smaller(units, benefits.taken[back]!);
      line = component.placeOf[benefits.line[back]!]!;
    }
    const gain = this.gainOfLine[end]!;
    component.free[component.lines[end]!] = component.free[component.lines[end]!]! - units;
    line = end;
    while (true) {
      const entry = this.entryToLine[line]!;
      benefits.taken[entry] = benefits.taken[entry]! + units;
      const benefit = this.benefitToLine[line]!;
      const back = this.entryToBenefit[benefit]!;
      if (back < 0) {
        this.left[benefit] = this.left[benefit]! - units;
        return units * gain;
      }
      benefits.taken[back] = benefits.taken[back]! - units;
      line = component.placeOf[benefits.line[back]!]!;
    }
  }
}
