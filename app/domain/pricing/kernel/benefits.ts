/**
 * What offers propose for a cart, in columns. A benefit has entries: so much off each of so many units of a line.
 *
 * - A benefit by the unit may be taken for any of its units, at most `limit` of them in all.
 * - A whole benefit (a set) is taken for all units of its entries or for none, at most `limit` times.
 */
export class Benefits {
  count: i32 = 0;
  /** Place of the benefit's offer among all, best first: of equal savings the lower rank is taken. */
  readonly rank: i32[] = [];
  readonly limit: i32[] = [];
  /** 1 for a whole benefit. */
  readonly whole: i32[] = [];
  /** Of each benefit where its entries begin; one more than there are benefits. */
  readonly first: i32[] = [0];
  readonly line: i32[] = [];
  /** Units of the line: at most so many, or exactly so many each time for a whole benefit. */
  readonly quantity: i32[] = [];
  /** Off each unit, above 0; in a whole benefit it may be 0. */
  readonly amount: number[] = [];
  /** What was decided: units that each entry takes. */
  readonly taken: i32[] = [];

  /** Adds an entry to the benefit that is being put together. */
  addEntry(line: i32, quantity: i32, amount: number): void {
    this.line.push(line);
    this.quantity.push(quantity);
    this.amount.push(amount);
    this.taken.push(0);
  }

  /** Ends the benefit that is being put together: nothing for one without entries. */
  close(rank: i32, limit: i32, whole: boolean): void {
    if (this.line.length === this.first[this.count]!) return;
    this.rank.push(rank);
    this.limit.push(limit);
    this.whole.push(whole ? 1 : 0);
    this.first.push(this.line.length);
    this.count += 1;
  }

  /** What a whole benefit takes off each time. */
  savingOf(benefit: i32): number {
    let saving: number = 0;
    for (let e = this.first[benefit]!; e < this.first[benefit + 1]!; e++) saving += this.quantity[e]! * this.amount[e]!;
    return saving;
  }
}
