import { assign } from "./assign.ts";
import { Component } from "./component.ts";
import { sortByNumber } from "./sort-places.ts";

/** The table of amounts has at most so many places: a larger component is decided without it. */
const MOST_PLACES: i32 = 20000;

/** Decides a group in which there are whole benefits. */
export function assignWithWholes(component: Component): void {
  component.dropDominatedWholes();
  new WholeSearch(component).run();
  component.restoreBest();
  assign(component);
}

/**
 * Looks for the best way of taking the whole benefits of a component: first those that save most, then each offer by
 * itself, then every way there is, as long as the effort lasts. Left out are ways that cannot save more than the best one
 * known: no unit saves more than the largest amount that is still possible on its line.
 */
class WholeSearch {
  private readonly component: Component;
  private readonly lines: i32;
  /** Units of each line of the component that are not taken. */
  private readonly free: Int32Array;
  /** The largest amount off a unit of each line by benefits by the unit. */
  private readonly byUnit: Float64Array;
  /** Of each whole benefit, and behind the last: the largest amount off a unit of each line from there on. */
  private largest: Float64Array;

  constructor(component: Component) {
    const lines = component.lineCount;
    const byUnit = new Float64Array(lines);
    this.component = component;
    this.lines = lines;
    this.free = new Int32Array(lines);
    this.byUnit = byUnit;
    this.largest = byUnit;
    component.takeNoWholes();
    component.clear();
    for (let l: i32 = 0; l < this.lines; l++) this.free[l] = component.free[component.lines[l]!]!;
    for (let u: i32 = 0; u < component.unitCount; u++) this.raise(this.byUnit, component.units[u]!, 0);
  }

  /** The best way is remembered in the component. */
  run(): void {
    this.tryLargestFirst();
    this.tryEachOffer();
    if (this.lines * (this.component.wholeCount + 1) > MOST_PLACES) return;
    this.readLargest();
    this.component.takeNoWholes();
    this.tryFrom(0, 0);
  }

  /** Tries what the component's `times` say; its whole benefits save so much. */
  private tryTimes(saved: number): void {
    const component = this.component;
    if (component.unitCount === 0 && !component.isWorthTrying(saved)) return;
    component.effort -= 3 * component.size();
    component.keepIfBest(saved + assign(component));
  }

  /** Takes the whole benefits that save most beyond what their units would save by the unit, as often as they fit. */
  private tryLargestFirst(): void {
    const component = this.component;
    const benefits = component.benefits;
    const count = component.wholeCount;
    const gains = new Float64Array(count);
    for (let w: i32 = 0; w < count; w++) {
      const benefit = component.wholes[w]!;
      let gain = benefits.savingOf(benefit);
      for (let e = benefits.first[benefit]!; e < benefits.first[benefit + 1]!; e++) {
        gain -= benefits.quantity[e]! * this.byUnit[component.placeOf[benefits.line[e]!]!]!;
      }
      gains[w] = -gain;
    }
    const order = sortByNumber(gains, count);
    let saved: number = 0;
    for (let i: i32 = 0; i < count; i++) {
      if (gains[order[i]!]! < 0) saved += this.takeMost(order[i]!);
    }
    this.tryTimes(saved);
    for (let w: i32 = 0; w < count; w++) this.giveBack(w);
  }

  /** Takes the whole benefits of each offer as often as they fit, with the remaining units for the others. */
  private tryEachOffer(): void {
    const component = this.component;
    const rank = component.benefits.rank;
    let byUnits: number = 0;
    for (let l: i32 = 0; l < this.lines; l++) byUnits += this.free[l]! * this.byUnit[l]!;
    let from: i32 = 0;
    while (from < component.wholeCount) {
      let to = from;
      let saved: number = 0;
      while (to < component.wholeCount && rank[component.wholes[to]!]! === rank[component.wholes[from]!]!) {
        saved += this.takeMost(to);
        to += 1;
      }
      if (component.effort > 0 && component.isWorthTrying(saved + byUnits)) this.tryTimes(saved);
      for (let w = from; w < to; w++) this.giveBack(w);
      from = to;
    }
  }

  /** Takes a whole benefit as often as it fits. Returns what it saves. */
  private takeMost(w: i32): number {
    const benefit = this.component.wholes[w]!;
    const times = this.fitting(benefit);
    this.component.times[w] = times;
    this.take(benefit, times);
    return times * this.component.benefits.savingOf(benefit);
  }

  private giveBack(w: i32): void {
    this.take(this.component.wholes[w]!, -this.component.times[w]!);
    this.component.times[w] = 0;
  }

  private readLargest(): void {
    const component = this.component;
    const last = component.wholeCount * this.lines;
    this.largest = new Float64Array(last + this.lines);
    for (let l: i32 = 0; l < this.lines; l++) this.largest[last + l] = this.byUnit[l]!;
    for (let w = component.wholeCount - 1; w >= 0; w--) {
      const row = w * this.lines;
      for (let l: i32 = 0; l < this.lines; l++) this.largest[row + l] = this.largest[row + this.lines + l]!;
      this.raise(this.largest, component.wholes[w]!, row);
    }
  }

  /** Raises the amounts of a row to those of a benefit. */
  private raise(amounts: Float64Array, benefit: i32, row: i32): void {
    const benefits = this.component.benefits;
    for (let e = benefits.first[benefit]!; e < benefits.first[benefit + 1]!; e++) {
      const place = row + this.component.placeOf[benefits.line[e]!]!;
      if (benefits.amount[e]! > amounts[place]!) amounts[place] = benefits.amount[e]!;
    }
  }

  /** Tries the whole benefits from a place on, beside those before it, which save so much. */
  private tryFrom(w: i32, saved: number): void {
    const component = this.component;
    component.effort -= this.lines + 1;
    if (component.effort <= 0) return;
    if (w === component.wholeCount) {
      this.tryTimes(saved);
      return;
    }
    let most = saved;
    for (let l: i32 = 0; l < this.lines; l++) most += this.free[l]! * this.largest[w * this.lines + l]!;
    if (!component.isWorthTrying(most)) return;
    const benefit = component.wholes[w]!;
    const saving = component.benefits.savingOf(benefit);
    const fitting = this.fitting(benefit);
    for (let times = fitting; times >= 0; times--) {
      component.times[w] = times;
      this.take(benefit, times);
      this.tryFrom(w + 1, saved + times * saving);
      this.take(benefit, -times);
    }
    component.times[w] = 0;
  }

  private fitting(benefit: i32): i32 {
    const benefits = this.component.benefits;
    let most: i32 = benefits.limit[benefit]!;
    for (let e = benefits.first[benefit]!; e < benefits.first[benefit + 1]!; e++) {
      const free = this.free[this.component.placeOf[benefits.line[e]!]!]!;
      const times = Math.floor(free / benefits.quantity[e]!) as i32;
      if (times < most) most = times;
    }
    return most;
  }

  private take(benefit: i32, times: i32): void {
    const benefits = this.component.benefits;
    for (let e = benefits.first[benefit]!; e < benefits.first[benefit + 1]!; e++) {
      const place = this.component.placeOf[benefits.line[e]!]!;
      this.free[place] = this.free[place]! - times * benefits.quantity[e]!;
    }
  }
}
