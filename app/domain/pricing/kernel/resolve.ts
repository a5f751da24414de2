import { assign } from "./assign.ts";
import { Benefits } from "./benefits.ts";
import { Component } from "./component.ts";
import { assignWithWholes } from "./whole-search.ts";

/**
 * Decides which benefits a cart gets, and writes it into `benefits.taken`: every unit of a line gets at most one, and the
 * saving in all is maximal. Of equal savings the benefits of lower rank are taken. The result is exact while `effort`
 * lasts, which counts steps of the search; from then on it is as good as taking what saves most first.
 *
 * Benefits that share no line cannot disturb each other, so each group of them is decided by itself.
 */
export class Resolver {
  private readonly benefits: Benefits;
  private readonly lines: i32;
  /** Decides the wide groups, which few carts have; null before the first of them. */
  private component: Component | null = null;
  /** Steps that the last decision had before it began with the wide groups. */
  private effort: i32 = 0;
  /** Benefits by group, and the group of each: groups are numbered by their first line. */
  private readonly order: Int32Array;
  private readonly groupAt: Int32Array;
  /** Of each group: 1 where it has a whole benefit, or more than one line. */
  private readonly isWide: Uint8Array;

  /** @param benefits All of them: none may be added before the last decision. */
  constructor(benefits: Benefits, lines: i32) {
    this.benefits = benefits;
    this.lines = lines;
    this.order = new Int32Array(benefits.count);
    this.groupAt = new Int32Array(benefits.count);
    this.isWide = new Uint8Array(lines);
    if (benefits.count > 0) this.group(lines);
  }

  /**
   * Decides, whatever was decided before.
   *
   * @param quantities Units of each line that can take a benefit.
   */
  decide(quantities: Int32Array, effort: i32): void {
    const taken = this.benefits.taken;
    const entries = this.benefits.entries;
    for (let e: i32 = 0; e < entries; e++) taken[e] = 0;
    this.effort = effort;
    if (this.component !== null) this.component!.begin(quantities, effort);
    let from: i32 = 0;
    while (from < this.order.length) {
      const group = this.groupAt[from]!;
      let to = from + 1;
      while (to < this.order.length && this.groupAt[to]! === group) to += 1;
      if (this.isWide[group]! === 0) assignLine(this.benefits, this.order, from, to, quantities[group]!);
      else this.decideWide(from, to, quantities);
      from = to;
    }
  }

  /** Steps that the last decision did not take; 0 where it had too few. */
  effortLeft(): i32 {
    const component = this.component;
    const left: i32 = component === null ? this.effort : component.effort;
    return left > 0 ? left : 0;
  }

  /** Decides a group that has a whole benefit, or more than one line. */
  private decideWide(from: i32, to: i32, quantities: Int32Array): void {
    let component = this.component;
    if (component === null) {
      component = new Component(this.benefits, this.lines);
      component.begin(quantities, this.effort);
      this.component = component;
    }
    component.open(this.order, from, to);
    if (component.wholeCount === 0) assign(component);
    else assignWithWholes(component);
  }

  private group(lines: i32): void {
    const count = this.benefits.count;
    const first = this.benefits.first;
    const line = this.benefits.line;
    const parent = new Int32Array(lines);
    for (let l: i32 = 0; l < lines; l++) parent[l] = l;
    for (let b: i32 = 0; b < count; b++) {
      const end = first[b + 1]!;
      for (let e = first[b]! + 1; e < end; e++) join(parent, line[e - 1]!, line[e]!);
    }
    const rootOfBenefit = new Int32Array(count);
    const start = new Int32Array(lines + 1);
    for (let b: i32 = 0; b < count; b++) {
      const root = rootOf(parent, line[first[b]!]!);
      rootOfBenefit[b] = root;
      start[root + 1] = start[root + 1]! + 1;
      if (first[b + 1]! - first[b]! > 1 || this.benefits.whole[b]! !== 0) this.isWide[root] = 1;
    }
    for (let l: i32 = 0; l < lines; l++) start[l + 1] = start[l + 1]! + start[l]!;
    for (let b: i32 = 0; b < count; b++) {
      const root: i32 = rootOfBenefit[b]!;
      const place: i32 = start[root]!;
      this.order[place] = b;
      this.groupAt[place] = root;
      start[root] = place + 1;
    }
  }
}

/**
 * Decides benefits by the unit of one line, each with one entry, as most of a cart's are: the line's units take the largest
 * amounts first, of equal ones that of the lower rank. Exact.
 *
 * @param places Names the benefits, from one place up to another.
 */
function assignLine(benefits: Benefits, places: Int32Array, from: i32, to: i32, units: i32): void {
  const first = benefits.first;
  const taken = benefits.taken;
  const quantity = benefits.quantity;
  let left = units;
  while (left > 0) {
    let best: i32 = -1;
    let largest: number = 0;
    for (let i = from; i < to; i++) {
      const benefit = places[i]!;
      const e = first[benefit]!;
      const amount = benefits.amount[e]!;
      if (amount < largest || taken[e]! > 0 || quantity[e]! <= 0 || benefits.limit[benefit]! <= 0) continue;
      if (best >= 0 && amount === largest && benefits.rank[benefit]! >= benefits.rank[best]!) continue;
      best = benefit;
      largest = amount;
    }
    if (best < 0) return;
    const e = first[best]!;
    const most: i32 = benefits.limit[best]! < quantity[e]! ? benefits.limit[best]! : quantity[e]!;
    taken[e] = left < most ? left : most;
    left -= most;
  }
}

function rootOf(parent: Int32Array, line: i32): i32 {
  let at = line;
  while (parent[at]! !== at) {
    parent[at] = parent[parent[at]!]!;
    at = parent[at]!;
  }
  return at;
}

/** Puts two lines into one group, whose root is the earlier of their roots. */
function join(parent: Int32Array, a: i32, b: i32): void {
  const rootA = rootOf(parent, a);
  const rootB = rootOf(parent, b);
  if (rootA < rootB) parent[rootB] = rootA;
  else parent[rootA] = rootB;
}
