/** Room for so many benefits and entries at first; it is doubled where it does not suffice. */
const ROOM: i32 = 8;

/**
 * What offers propose for a cart, in columns, which are longer than what they hold. A benefit has entries: so much off each
 * of so many units of a line.
 *
 * - A benefit by the unit may be taken for any of its units, at most `limit` of them in all.
 * - A whole benefit (a set) is taken for all units of its entries or for none, at most `limit` times.
 */
export class Benefits {
  count: i32 = 0;
  /** Entries of all benefits, and of the one that is being put together. */
  entries: i32 = 0;
  /** Place of the benefit's offer among all, best first: of equal savings the lower rank is taken. */
  rank: Int32Array = new Int32Array(ROOM);
  limit: Int32Array = new Int32Array(ROOM);
  /** 1 for a whole benefit. */
  whole: Uint8Array = new Uint8Array(ROOM);
  /** Of each benefit where its entries begin; one more than there are benefits. */
  first: Int32Array = new Int32Array(ROOM + 1);
  line: Int32Array = new Int32Array(ROOM);
  /** Units of the line: at most so many, or exactly so many each time for a whole benefit. */
  quantity: Int32Array = new Int32Array(ROOM);
  /** Off each unit, above 0; in a whole benefit it may be 0. */
  amount: Float64Array = new Float64Array(ROOM);
  /** What was decided: units that each entry takes. */
  taken: Int32Array = new Int32Array(ROOM);

  /** Adds an entry to the benefit that is being put together; so many units of it are taken already. */
  addEntry(line: i32, quantity: i32, amount: number, taken: i32): void {
    const entry = this.entries;
    if (entry === this.line.length) this.widenEntries();
    this.line[entry] = line;
    this.quantity[entry] = quantity;
    this.amount[entry] = amount;
    this.taken[entry] = taken;
    this.entries = entry + 1;
  }

  /** Ends the benefit that is being put together: nothing for one without entries. */
  close(rank: i32, limit: i32, whole: boolean): void {
    const benefit = this.count;
    if (this.entries === this.first[benefit]!) return;
    if (benefit === this.rank.length) this.widenBenefits();
    this.rank[benefit] = rank;
    this.limit[benefit] = limit;
    this.whole[benefit] = whole ? 1 : 0;
    this.first[benefit + 1] = this.entries;
    this.count = benefit + 1;
  }

  /** What a whole benefit takes off each time. */
  savingOf(benefit: i32): number {
    let saving: number = 0;
    for (let e = this.first[benefit]!; e < this.first[benefit + 1]!; e++) saving += this.quantity[e]! * this.amount[e]!;
    return saving;
  }

  private widenEntries(): void {
    this.line = twiceAsLong(this.line);
    this.quantity = twiceAsLong(this.quantity);
    this.taken = twiceAsLong(this.taken);
    const amount = new Float64Array(2 * this.entries);
    amount.set(this.amount);
    this.amount = amount;
  }

  private widenBenefits(): void {
    this.rank = twiceAsLong(this.rank);
    this.limit = twiceAsLong(this.limit);
    this.first = twiceAsLong(this.first);
    const whole = new Uint8Array(2 * this.count);
    whole.set(this.whole);
    this.whole = whole;
  }
}

function twiceAsLong(column: Int32Array): Int32Array {
  const longer = new Int32Array(2 * column.length);
  longer.set(column);
  return longer;
}
