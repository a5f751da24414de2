import { Benefits } from "./benefits.ts";

/** The benefits and lines that can disturb one another, while they are decided. One is opened after the other. */
export class Component {
  readonly benefits: Benefits;
  private readonly quantities: Int32Array;
  /** Steps of the search that are left, for all components together. */
  effort: i32;
  /** Benefits by the unit, and whole ones, by rank. */
  readonly units: i32[] = [];
  readonly wholes: i32[] = [];
  /** How often each of the `wholes` is taken. */
  readonly times: i32[] = [];
  readonly lines: i32[] = [];
  /** Of each line of the cart: its place in `lines`. */
  readonly placeOf: Int32Array;
  /** Of each line of the cart: units that no benefit has taken yet. */
  readonly free: Int32Array;
  private readonly bestTimes: i32[] = [];
  private bestTotal: number = -1;
  private bestRanks: number = 0;
  /** Of each line of the cart: the number of the component that has seen it. */
  private readonly seen: Int32Array;
  private opened: i32 = 0;

  constructor(benefits: Benefits, quantities: Int32Array, effort: i32) {
    this.benefits = benefits;
    this.quantities = quantities;
    this.effort = effort;
    this.placeOf = new Int32Array(quantities.length);
    this.free = new Int32Array(quantities.length);
    this.seen = new Int32Array(quantities.length);
  }

  /** Takes the benefits that `groups` names from one place up to another. */
  open(groups: Int32Array, from: i32, to: i32): void {
    this.opened += 1;
    // The same arrays for every component: new ones would cost more than all that is decided in most.
    this.units.length = 0;
    this.wholes.length = 0;
    this.times.length = 0;
    this.lines.length = 0;
    this.bestTimes.length = 0;
    this.bestTotal = -1;
    for (let i = from; i < to; i++) {
      const benefit = groups[i]!;
      this.insertByRank(this.benefits.whole[benefit]! !== 0 ? this.wholes : this.units, benefit);
      for (let e = this.benefits.first[benefit]!; e < this.benefits.first[benefit + 1]!; e++) {
        this.see(this.benefits.line[e]!);
      }
    }
    for (let w: i32 = 0; w < this.wholes.length; w++) {
      this.times.push(0);
      this.bestTimes.push(0);
    }
  }

  private see(line: i32): void {
    if (this.seen[line]! === this.opened) return;
    this.seen[line] = this.opened;
    this.placeOf[line] = this.lines.length;
    this.lines.push(line);
  }

  private insertByRank(list: i32[], benefit: i32): void {
    list.push(benefit);
    let i = list.length - 1;
    while (i > 0 && this.benefits.rank[list[i - 1]!]! > this.benefits.rank[benefit]!) {
      list[i] = list[i - 1]!;
      i -= 1;
    }
    list[i] = benefit;
  }

  /** Takes nothing by the unit, and the whole benefits as `times` says: `free` is what is left. */
  clear(): void {
    for (let i: i32 = 0; i < this.lines.length; i++) this.free[this.lines[i]!] = this.quantities[this.lines[i]!]!;
    for (let u: i32 = 0; u < this.units.length; u++) {
      const benefit = this.units[u]!;
      for (let e = this.benefits.first[benefit]!; e < this.benefits.first[benefit + 1]!; e++)
        this.benefits.taken[e] = 0;
    }
    for (let w: i32 = 0; w < this.wholes.length; w++) {
      const benefit = this.wholes[w]!;
      for (let e = this.benefits.first[benefit]!; e < this.benefits.first[benefit + 1]!; e++) {
        const units = this.times[w]! * this.benefits.quantity[e]!;
        this.benefits.taken[e] = units;
        const line = this.benefits.line[e]!;
        this.free[line] = this.free[line]! - units;
      }
    }
  }

  /** Whether the lines have units enough for the whole benefits as `times` says. */
  fits(): boolean {
    this.clear();
    for (let i: i32 = 0; i < this.lines.length; i++) {
      if (this.free[this.lines[i]!]! < 0) return false;
    }
    return true;
  }

  /** How often a whole benefit can be taken beside what `times` says of the others. */
  mostTimes(w: i32): i32 {
    const benefit = this.wholes[w]!;
    this.times[w] = 0;
    this.clear();
    let most = this.benefits.limit[benefit]!;
    for (let e = this.benefits.first[benefit]!; e < this.benefits.first[benefit + 1]!; e++) {
      const fitting = Math.floor(this.free[this.benefits.line[e]!]! / this.benefits.quantity[e]!) as i32;
      if (fitting < most) most = fitting;
    }
    return most > 0 ? most : 0;
  }

  /** Steps that looking through the component once takes, roughly. */
  size(): i32 {
    return this.lines.length + this.units.length + 4 * this.wholes.length;
  }

  /** What the whole benefits take off as `times` says. */
  wholeSaving(): number {
    let saving: number = 0;
    for (let w: i32 = 0; w < this.wholes.length; w++) {
      if (this.times[w]! > 0) saving += this.times[w]! * this.benefits.savingOf(this.wholes[w]!);
    }
    return saving;
  }

  /** Remembers `times` where the saving is above that of all that were tried before, or as large with better ranks. */
  keepIfBest(total: number): boolean {
    if (total < this.bestTotal) return false;
    const ranks = this.ranksTaken();
    if (total === this.bestTotal && ranks >= this.bestRanks) return false;
    this.bestTotal = total;
    this.bestRanks = ranks;
    for (let w: i32 = 0; w < this.times.length; w++) this.bestTimes[w] = this.times[w]!;
    return true;
  }

  /** The ranks of all units that are taken, summed. */
  private ranksTaken(): number {
    let ranks: number = 0;
    for (let u: i32 = 0; u < this.units.length; u++) ranks += this.ranksOf(this.units[u]!);
    for (let w: i32 = 0; w < this.wholes.length; w++) ranks += this.ranksOf(this.wholes[w]!);
    return ranks;
  }

  private ranksOf(benefit: i32): number {
    let units: number = 0;
    for (let e = this.benefits.first[benefit]!; e < this.benefits.first[benefit + 1]!; e++)
      units += this.benefits.taken[e]!;
    return units * this.benefits.rank[benefit]!;
  }

  /** Sets `times` to the best that was remembered. */
  restoreBest(): void {
    for (let w: i32 = 0; w < this.times.length; w++) this.times[w] = this.bestTimes[w]!;
  }

  takeNoWholes(): void {
    for (let w: i32 = 0; w < this.times.length; w++) this.times[w] = 0;
  }
}
