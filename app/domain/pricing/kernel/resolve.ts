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
    if (component.wholeCount === 0) assign(component);
    else assignWithWholes(component);
    from = to;
  }
}

/** Benefits by group, and behind them the group of each. Groups are numbered by their first line. */
function groupsOf(benefits: Benefits, lines: i32): Int32Array {
  const count = benefits.count;
  const first = benefits.first;
  const line = benefits.line;
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
  }
  for (let l: i32 = 0; l < lines; l++) start[l + 1] = start[l + 1]! + start[l]!;
  const groups = new Int32Array(2 * count);
  for (let b: i32 = 0; b < count; b++) {
    const root: i32 = rootOfBenefit[b]!;
    const place: i32 = start[root]!;
    groups[place] = b;
    groups[count + place] = root;
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
