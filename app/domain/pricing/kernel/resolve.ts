import { assignByFlow, assignGreedily, assignOneLine } from "./assign.ts";
import { Benefits } from "./benefits.ts";
import { Component } from "./component.ts";

/** So many ways of taking whole benefits are tried one by one; beyond, the best next one is taken step by step. */
const WAYS_TRIED: i32 = 256;

/**
 * Decides which benefits a cart gets, and writes it into `benefits.taken`: every unit of a line gets at most one, and the
 * saving in all is maximal. Of equal savings the benefits of lower rank are taken. The result is exact while `effort`
 * lasts, which counts steps of the search; from then on it is as good as taking the dearest first, and never worse than
 * the best of the offers by itself.
 *
 * Benefits that share no line cannot disturb each other, so each group of them is decided by itself.
 *
 * @param quantities Units of each line that can take a benefit.
 */
export function resolveBenefits(benefits: Benefits, quantities: Int32Array, effort: i32): void {
  const groups = groupsOf(benefits, quantities.length);
  const component = new Component(benefits, quantities, effort);
  let from: i32 = 0;
  while (from < benefits.count) {
    let to = from + 1;
    while (to < benefits.count && groups[benefits.count + to]! === groups[benefits.count + from]!) to += 1;
    component.open(groups, from, to);
    if (component.wholes.length === 0) assign(component);
    else resolveWholes(component);
    from = to;
  }
}

/** Benefits by group, and behind them the group of each. Groups are numbered by their first line. */
function groupsOf(benefits: Benefits, lines: i32): Int32Array {
  const parent = new Int32Array(lines);
  for (let line: i32 = 0; line < lines; line++) parent[line] = line;
  for (let b: i32 = 0; b < benefits.count; b++) {
    const root = rootOf(parent, benefits.line[benefits.first[b]!]!);
    for (let e = benefits.first[b]! + 1; e < benefits.first[b + 1]!; e++) join(parent, root, benefits.line[e]!);
  }
  const start = new Int32Array(lines + 1);
  for (let b: i32 = 0; b < benefits.count; b++) {
    const root = rootOf(parent, benefits.line[benefits.first[b]!]!);
    start[root + 1] = start[root + 1]! + 1;
  }
  for (let line: i32 = 0; line < lines; line++) start[line + 1] = start[line + 1]! + start[line]!;
  const groups = new Int32Array(2 * benefits.count);
  for (let b: i32 = 0; b < benefits.count; b++) {
    const root = rootOf(parent, benefits.line[benefits.first[b]!]!);
    const place = start[root]!;
    groups[place] = b;
    groups[benefits.count + place] = root;
    start[root] = place + 1;
  }
  return groups;
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

/** Decides the benefits by the unit of a group, given what its whole benefits leave. */
function assign(component: Component): number {
  component.clear();
  if (component.lines.length === 1) return assignOneLine(component);
  if (component.effort > 0) {
    const total = assignByFlow(component);
    if (total >= 0) return total;
  }
  return assignGreedily(component);
}

/** Decides a group in which there are whole benefits. */
function resolveWholes(component: Component): void {
  let ways: i32 = 1;
  for (let w: i32 = 0; w < component.wholes.length && ways <= WAYS_TRIED; w++) {
    const times = component.benefits.limit[component.wholes[w]!]!;
    ways = times >= WAYS_TRIED ? WAYS_TRIED + 1 : ways * (times + 1);
  }
  const steps = ways * component.size();
  if (ways <= WAYS_TRIED && steps <= component.effort) {
    component.effort -= steps;
    tryAllWays(component);
  } else takeBestNext(component);
  component.restoreBest();
  assign(component);
}

function tryAllWays(component: Component): void {
  const wholes = component.wholes;
  let isDone = false;
  while (!isDone) {
    if (component.fits()) component.keepIfBest(component.wholeSaving() + assign(component));
    // Counts up `times` like the digits of a number.
    let w: i32 = 0;
    while (w < wholes.length) {
      component.times[w] = component.times[w]! + 1;
      if (component.times[w]! <= component.benefits.limit[wholes[w]!]!) break;
      component.times[w] = 0;
      w += 1;
    }
    isDone = w >= wholes.length;
  }
}

function takeBestNext(component: Component): void {
  component.keepIfBest(assign(component));
  tryEachOfferAlone(component);
  component.restoreBest();
  let hasImproved = true;
  while (hasImproved && component.effort > 0) {
    hasImproved = false;
    component.effort -= component.wholes.length * component.size();
    for (let w: i32 = 0; w < component.wholes.length; w++) {
      if (component.times[w]! >= component.benefits.limit[component.wholes[w]!]!) continue;
      component.times[w] = component.times[w]! + 1;
      if (component.fits() && component.keepIfBest(component.wholeSaving() + assign(component))) hasImproved = true;
      component.times[w] = component.times[w]! - 1;
    }
    component.restoreBest();
  }
}

/** Tries for each offer to take its whole benefits as often as they fit, with units left for the others. */
function tryEachOfferAlone(component: Component): void {
  const benefits = component.benefits;
  for (let first: i32 = 0; first < component.wholes.length; first++) {
    const rank = benefits.rank[component.wholes[first]!]!;
    if (first > 0 && benefits.rank[component.wholes[first - 1]!]! === rank) continue;
    component.takeNoWholes();
    for (let w: i32 = 0; w < component.wholes.length; w++) {
      if (benefits.rank[component.wholes[w]!]! !== rank) continue;
      component.times[w] = component.mostTimes(w);
    }
    component.keepIfBest(component.wholeSaving() + assign(component));
  }
}
