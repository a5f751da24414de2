import { Benefits } from "./benefits.ts";
import { sortByNumber } from "./sort-places.ts";

/** The benefits and lines that can disturb one another, while they are decided. One is opened after the other. */
export class Component {
  readonly benefits: Benefits;
  private quantities: Int32Array;
  /** Steps of the search that are left, for all components together. */
  effort: i32 = 0;
  /** Benefits by the unit, and whole ones, by rank. */
  readonly units: Int32Array;
  readonly wholes: Int32Array;
  unitCount: i32 = 0;
  wholeCount: i32 = 0;
  /** How often each of the `wholes` is taken. */
  readonly times: Int32Array;
  readonly lines: Int32Array;
  lineCount: i32 = 0;
  /** Of each line of the cart: its place in `lines`. */
  readonly placeOf: Int32Array;
  /** Of each line of the cart: units that no benefit has taken yet. */
  readonly free: Int32Array;
  private readonly bestTimes: Int32Array;
  private bestTotal: number = -1;
  private bestRanks: number = 0;
  /** Of each line of the cart: the number of the component that has seen it. */
  private readonly seen: Int32Array;
  private opened: i32 = 0;
  /** Of each line of the cart: the number of the component that has found it in a benefit by the unit. */
  private readonly mark: Int32Array;
  /** What {@link areUnitsApart} found; -1 where it was not asked. */
  private apart: i32 = -1;

  constructor(benefits: Benefits, lines: i32) {
    this.benefits = benefits;
    this.quantities = new Int32Array(0);
    this.units = new Int32Array(benefits.count);
    this.wholes = new Int32Array(benefits.count);
    this.times = new Int32Array(benefits.count);
    this.bestTimes = new Int32Array(benefits.count);
    this.lines = new Int32Array(lines);
    this.placeOf = new Int32Array(lines);
    this.free = new Int32Array(lines);
    this.seen = new Int32Array(lines);
    this.mark = new Int32Array(lines);
  }

  /** Begins to decide all components again, for so many units of each line. */
  begin(quantities: Int32Array, effort: i32): void {
    this.quantities = quantities;
    this.effort = effort;
  }

  /** Takes the benefits that `groups` names from one place up to another. */
  open(groups: Int32Array, from: i32, to: i32): void {
    const benefits = this.benefits;
    this.opened += 1;
    this.unitCount = 0;
    this.wholeCount = 0;
    this.lineCount = 0;
    this.bestTotal = -1;
    for (let i = from; i < to; i++) {
      const benefit: i32 = groups[i]!;
      if (benefits.whole[benefit]! !== 0) {
        this.insertByRank(this.wholes, this.wholeCount, benefit);
        this.wholeCount += 1;
      } else {
        this.insertByRank(this.units, this.unitCount, benefit);
        this.unitCount += 1;
      }
      const end = benefits.first[benefit + 1]!;
      for (let e = benefits.first[benefit]!; e < end; e++) this.see(benefits.line[e]!);
    }
    for (let w: i32 = 0; w < this.wholeCount; w++) {
      this.times[w] = 0;
      this.bestTimes[w] = 0;
    }
    this.apart = -1;
  }

  /** Whether no line has two entries of benefits by the unit. */
  areUnitsApart(): boolean {
    if (this.apart < 0) this.apart = this.findWhetherApart() ? 1 : 0;
    return this.apart === 1;
  }

  private findWhetherApart(): boolean {
    for (let u: i32 = 0; u < this.unitCount; u++) {
      const benefit = this.units[u]!;
      for (let e = this.benefits.first[benefit]!; e < this.benefits.first[benefit + 1]!; e++) {
        const line = this.benefits.line[e]!;
        if (this.mark[line]! === this.opened) return false;
        this.mark[line] = this.opened;
      }
    }
    return true;
  }

  private see(line: i32): void {
    if (this.seen[line]! === this.opened) return;
    this.seen[line] = this.opened;
    this.placeOf[line] = this.lineCount;
    this.lines[this.lineCount] = line;
    this.lineCount += 1;
  }

  /** Inserts a benefit into a list of so many. */
  private insertByRank(list: Int32Array, count: i32, benefit: i32): void {
    let i = count;
    while (i > 0 && this.benefits.rank[list[i - 1]!]! > this.benefits.rank[benefit]!) {
      list[i] = list[i - 1]!;
      i -= 1;
    }
    list[i] = benefit;
  }

  /**
   * Drops whole benefits that are never needed: another one takes the same units, saves as much or more, and can be taken
   * as often as the lines have units.
   */
  dropDominatedWholes(): void {
    const wholes = this.wholes;
    const count = this.wholeCount;
    const savings = new Float64Array(count);
    const signatures = new Float64Array(count);
    for (let w: i32 = 0; w < count; w++) {
      savings[w] = this.benefits.savingOf(wholes[w]!);
      signatures[w] = this.signatureOf(wholes[w]!);
    }
    // Only those with an equal signature can take the same units: they stand side by side.
    const order = sortByNumber(signatures, count);
    const isNeeded = new Uint8Array(count);
    for (let i: i32 = 0; i < count; i++) {
      const w = order[i]!;
      isNeeded[w] = 1;
      let from = i;
      while (from > 0 && signatures[order[from - 1]!]! === signatures[w]!) from -= 1;
      for (let k = from; k < count && signatures[order[k]!]! === signatures[w]! && isNeeded[w]! !== 0; k++) {
        const other = order[k]!;
        const isLess = savings[other]! < savings[w]! || (savings[other]! === savings[w]! && other >= w);
        if (other !== w && !isLess && this.replaces(wholes[other]!, wholes[w]!)) isNeeded[w] = 0;
      }
    }
    let kept: i32 = 0;
    for (let w: i32 = 0; w < count; w++) {
      if (isNeeded[w]! === 0) continue;
      wholes[kept] = wholes[w]!;
      kept += 1;
    }
    this.wholeCount = kept;
  }

  /** A number that is equal for benefits that take the same units. */
  private signatureOf(benefit: i32): number {
    const benefits = this.benefits;
    let sum: number = 0;
    for (let e = benefits.first[benefit]!; e < benefits.first[benefit + 1]!; e++) {
      const line: number = benefits.line[e]! + 1;
      sum += line * line * benefits.quantity[e]!;
    }
    return sum;
  }

  /** Whether a whole benefit takes the units of another one, and can be taken as often as the lines have such units. */
  private replaces(a: i32, b: i32): boolean {
    const benefits = this.benefits;
    const first = benefits.first[a]!;
    const end = benefits.first[a + 1]!;
    if (end - first !== benefits.first[b + 1]! - benefits.first[b]!) return false;
    let most: i32 = 2147483647;
    for (let e = first; e < end; e++) {
      const fitting = Math.floor(this.quantities[benefits.line[e]!]! / benefits.quantity[e]!) as i32;
      if (fitting < most) most = fitting;
    }
    return benefits.limit[a]! >= most && this.sharesUnits(a, b);
  }

  /** Whether each entry of a benefit is for as many units of a line as one of the other. */
  private sharesUnits(a: i32, b: i32): boolean {
    const benefits = this.benefits;
    for (let e = benefits.first[a]!; e < benefits.first[a + 1]!; e++) {
      let other = benefits.first[b]!;
      while (
        other < benefits.first[b + 1]! &&
        (benefits.line[other]! !== benefits.line[e]! || benefits.quantity[other]! !== benefits.quantity[e]!)
      ) {
        other += 1;
      }
      if (other === benefits.first[b + 1]!) return false;
    }
    return true;
  }

  /** Takes nothing by the unit, and the whole benefits as `times` says: `free` is what is left. */
  clear(): void {
    const first = this.benefits.first;
    const taken = this.benefits.taken;
    for (let i: i32 = 0; i < this.lineCount; i++) this.free[this.lines[i]!] = this.quantities[this.lines[i]!]!;
    for (let u: i32 = 0; u < this.unitCount; u++) {
      const benefit: i32 = this.units[u]!;
      const end = first[benefit + 1]!;
      for (let e = first[benefit]!; e < end; e++) taken[e] = 0;
    }
    for (let w: i32 = 0; w < this.wholeCount; w++) {
      const benefit = this.wholes[w]!;
      for (let e = this.benefits.first[benefit]!; e < this.benefits.first[benefit + 1]!; e++) {
        const units = this.times[w]! * this.benefits.quantity[e]!;
        this.benefits.taken[e] = units;
        const line = this.benefits.line[e]!;
        this.free[line] = this.free[line]! - units;
      }
    }
  }

  /** Steps that looking through the component once takes, roughly. */
  size(): i32 {
    return this.lineCount + this.unitCount + 4 * this.wholeCount;
  }

  /** Remembers `times` where the saving is above that of all that were tried before, or as large with better ranks. */
  keepIfBest(total: number): boolean {
    if (total < this.bestTotal) return false;
    const ranks = this.ranksTaken();
    if (total === this.bestTotal && ranks >= this.bestRanks) return false;
    this.bestTotal = total;
    this.bestRanks = ranks;
    for (let w: i32 = 0; w < this.wholeCount; w++) this.bestTimes[w] = this.times[w]!;
    return true;
  }

  /** The ranks of all units that are taken, summed. */
  private ranksTaken(): number {
    let ranks: number = 0;
    for (let u: i32 = 0; u < this.unitCount; u++) ranks += this.ranksOf(this.units[u]!);
    for (let w: i32 = 0; w < this.wholeCount; w++) ranks += this.ranksOf(this.wholes[w]!);
    return ranks;
  }

  private ranksOf(benefit: i32): number {
    let units: number = 0;
    for (let e = this.benefits.first[benefit]!; e < this.benefits.first[benefit + 1]!; e++)
      units += this.benefits.taken[e]!;
    return units * this.benefits.rank[benefit]!;
  }

  /** Whether nothing that saves less than this could be the best. */
  isWorthTrying(most: number): boolean {
    return most >= this.bestTotal;
  }

  /** Sets `times` to the best that was remembered. */
  restoreBest(): void {
    for (let w: i32 = 0; w < this.wholeCount; w++) this.times[w] = this.bestTimes[w]!;
  }

  takeNoWholes(): void {
    for (let w: i32 = 0; w < this.wholeCount; w++) this.times[w] = 0;
  }
}
