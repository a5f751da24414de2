/**
 * The baskets of one shop, as the miner reads them: compressed sparse rows over typed arrays, so that
 * millions of order lines fit in little memory and can be shared with a worker thread without a copy.
 *
 * Canonical by construction: items and customers are numbered in ascending order of their ids, orders
 * in ascending order of (time, order id), and each basket's items ascend. The same orders therefore
 * give the same table, whatever the order of their arrival.
 */
export interface BasketTable {
  /** Item index -> item id, ascending by UTF-16 code unit. */
  readonly itemIds: readonly string[];
  /** Customer index -> customer id (pseudonymous), ascending. */
  readonly customerIds: readonly string[];
  /** Order index -> position of its first item in `items`; length is orders + 1. */
  readonly start: Uint32Array;
  /** Item indexes, ascending and distinct within each basket. */
  readonly items: Uint32Array;
  /** Order index -> milliseconds since 1970 UTC; an ordinal where the source has no dates; NaN where unknown. */
  readonly at: Float64Array;
  /** Order index -> customer index, or -1. */
  readonly customer: Int32Array;
}

/**
 * Collects order lines in any order, repeated ones included, and builds the canonical {@link BasketTable}.
 *
 * Where the lines of one order disagree, the order takes its earliest known time and its first customer in
 * ascending order of ids, so that the outcome does not depend on which line came first. Orders whose time is
 * unknown (NaN) come before all others: they are history that nothing may be dated by.
 */
export class BasketTableBuilder {
  readonly #orders = new Interner();
  readonly #items = new Interner();
  readonly #customers = new Interner();
  readonly #orderAt: number[] = [];
  readonly #orderCustomer: number[] = [];
  readonly #dropped = new Set<number>();
  #lineOrder = new Uint32Array(1024);
  #lineItem = new Uint32Array(1024);
  #lines = 0;

  /** Lines taken so far, repeated ones included. */
  get lines(): number {
    return this.#lines;
  }

  /** Takes one line. `atMs` is NaN where the time is unknown; any non-finite value counts as unknown. */
  add(orderId: string, customerId: string | null, atMs: number, itemId: string): void {
    const order = this.#orders.indexOf(orderId);
    const customer = customerId === null ? -1 : this.#customers.indexOf(customerId);
    const at = Number.isFinite(atMs) ? atMs : NaN;
    if (order === this.#orderAt.length) {
      this.#orderAt.push(at);
      this.#orderCustomer.push(customer);
    } else {
      const known = this.#orderAt[order]!;
      if (Number.isNaN(known) || at < known) this.#orderAt[order] = at;
      if (customer >= 0) this.#orderCustomer[order] = this.#customers.lesser(this.#orderCustomer[order]!, customer);
    }
    if (this.#lines === this.#lineOrder.length) {
      this.#lineOrder = grown(this.#lineOrder);
      this.#lineItem = grown(this.#lineItem);
    }
    this.#lineOrder[this.#lines] = order;
    this.#lineItem[this.#lines] = this.#items.indexOf(itemId);
    this.#lines++;
  }

  /** Gives a time to an order whose time is unknown so far; an order that has one, or has no lines, stays as it is. */
  dateOrder(orderId: string, atMs: number): void {
    const order = this.#orders.find(orderId);
    if (order >= 0 && Number.isNaN(this.#orderAt[order]!)) this.#orderAt[order] = atMs;
  }

  /**
   * Leaves out of the table every order with more than `mostItems` different items. Returns their ids, and how many
   * lines each had.
   */
  dropLargerThan(mostItems: number): { orderId: string; lines: number }[] {
    const lines = new Uint32Array(this.#orderAt.length);
    for (let line = 0; line < this.#lines; line++) lines[this.#lineOrder[line]!]!++;
    const items = new Map<number, Set<number>>();
    lines.forEach((count, order) => {
      if (count > mostItems && !this.#dropped.has(order)) items.set(order, new Set());
    });
    if (items.size === 0) return [];
    for (let line = 0; line < this.#lines; line++) items.get(this.#lineOrder[line]!)?.add(this.#lineItem[line]!);
    const large = [...items.keys()].filter((order) => items.get(order)!.size > mostItems);
    for (const order of large) this.#dropped.add(order);
    return large.map((order) => ({ orderId: this.#orders.id(order), lines: lines[order]! }));
  }

  /** The table of all lines taken so far. The builder may go on taking lines afterwards. */
  build(): BasketTable {
    const lines = this.#keptLines();
    const items = this.#usedItems(lines);
    const customers = this.#usedCustomers();
    const order = this.#orderPermutation();
    const baskets = this.#sortedBaskets(lines, items.rank, order.rank, order.sequence.length);
    const at = new Float64Array(order.sequence.length);
    const customer = new Int32Array(order.sequence.length);
    order.sequence.forEach((from, to) => {
      at[to] = this.#orderAt[from]!;
      const who = this.#orderCustomer[from]!;
      customer[to] = who < 0 ? -1 : customers.rank[who]!;
    });
    return { itemIds: items.ids, customerIds: customers.ids, ...baskets, at, customer };
  }

  #keptLines(): { order: Uint32Array; item: Uint32Array } {
    const order = this.#lineOrder.subarray(0, this.#lines);
    const item = this.#lineItem.subarray(0, this.#lines);
    if (this.#dropped.size === 0) return { order, item };
    const isKept = (_: number, line: number) => !this.#dropped.has(order[line]!);
    return { order: order.filter(isKept), item: item.filter(isKept) };
  }

  #usedItems(lines: { item: Uint32Array }): Ranked {
    if (this.#dropped.size === 0) return this.#items.ranked();
    const used = new Set(lines.item);
    return this.#items.ranked((index) => used.has(index));
  }

  /** Only customers that an order kept: a second customer id on some line of an order leaves no trace. */
  #usedCustomers(): Ranked {
    const used = new Uint8Array(this.#customers.size);
    this.#orderCustomer.forEach((customer, order) => {
      if (customer >= 0 && !this.#dropped.has(order)) used[customer] = 1;
    });
    return this.#customers.ranked((index) => used[index] === 1);
  }

  #orderPermutation(): { sequence: Uint32Array; rank: Uint32Array } {
    const { rank: idRank } = this.#orders.ranked();
    const time = Float64Array.from(this.#orderAt, (at) => (Number.isNaN(at) ? -Infinity : at));
    const sequence = Uint32Array.from(time, (_, index) => index).filter((order) => !this.#dropped.has(order));
    sequence.sort((a, b) => (time[a]! === time[b]! ? idRank[a]! - idRank[b]! : time[a]! < time[b]! ? -1 : 1));
    const rank = new Uint32Array(time.length);
    sequence.forEach((from, to) => (rank[from] = to));
    return { sequence, rank };
  }

  #sortedBaskets(
    lines: { order: Uint32Array; item: Uint32Array },
    itemRank: Uint32Array,
    orderRank: Uint32Array,
    orders: number,
  ): { start: Uint32Array; items: Uint32Array } {
    const start = new Uint32Array(orders + 1);
    for (const order of lines.order) start[orderRank[order]! + 1]!++;
    for (let order = 0; order < orders; order++) start[order + 1]! += start[order]!;
    const cursor = start.slice(0, orders);
    const all = new Uint32Array(lines.order.length);
    for (let line = 0; line < all.length; line++) {
      all[cursor[orderRank[lines.order[line]!]!]!++] = itemRank[lines.item[line]!]!;
    }
    let write = 0;
    let from = 0;
    for (let order = 0; order < orders; order++) {
      const to = start[order + 1]!;
      const basket = all.subarray(from, to).sort();
      start[order] = write;
      for (let i = 0; i < basket.length; i++) if (i === 0 || basket[i] !== basket[i - 1]) all[write++] = basket[i]!;
      from = to;
    }
    start[orders] = write;
    return { start, items: all.slice(0, write) };
  }
}

interface Ranked {
  /** Ids in ascending order of UTF-16 code units. */
  readonly ids: string[];
  /** Index at arrival -> position in `ids`. */
  readonly rank: Uint32Array;
}

/** Numbers strings in the order of their first arrival. */
class Interner {
  readonly #index = new Map<string, number>();
  readonly #ids: string[] = [];

  get size(): number {
    return this.#ids.length;
  }

  indexOf(id: string): number {
    const known = this.#index.get(id);
    if (known !== undefined) return known;
    const index = this.#ids.length;
    this.#index.set(id, index);
    this.#ids.push(id);
    return index;
  }

  /** -1 for an id that never arrived. */
  find(id: string): number {
    return this.#index.get(id) ?? -1;
  }

  id(index: number): string {
    return this.#ids[index]!;
  }

  lesser(a: number, b: number): number {
    if (a < 0 || a === b) return b;
    return this.#ids[a]! < this.#ids[b]! ? a : b;
  }

  ranked(keep: (index: number) => boolean = () => true): Ranked {
    const kept: number[] = [];
    for (let index = 0; index < this.#ids.length; index++) if (keep(index)) kept.push(index);
    kept.sort((a, b) => (this.#ids[a]! < this.#ids[b]! ? -1 : 1));
    const rank = new Uint32Array(this.#ids.length);
    kept.forEach((index, position) => (rank[index] = position));
    return { ids: kept.map((index) => this.#ids[index]!), rank };
  }
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
