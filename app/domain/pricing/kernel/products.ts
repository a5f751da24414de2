/** Sizes of the table: primes, so that numbers that rise in steps spread over it. */
const SIZES: i32[] = [127, 509, 1021, 2039, 4093, 8191];

/** The distinct products of a cart: product number to place, by open addressing. */
export class Products {
  /** Product numbers by place, in the order in which they came. */
  readonly numbers: Float64Array;
  count: i32 = 0;
  /** Slot to place + 1; 0 where free. */
  private readonly slots: Int32Array;
  private readonly size: i32;

  /** @param most Of distinct products that will be added, at most 4,000: Shopify's carts have 500 lines. */
  constructor(most: i32) {
    let choice: i32 = 0;
    while (choice < SIZES.length - 1 && SIZES[choice]! < most * 2) choice += 1;
    const size: i32 = SIZES[choice]!;
    this.size = size;
    this.numbers = new Float64Array(most);
    this.slots = new Int32Array(size);
  }

  /** The place of a product; -1 where the cart does not have it. */
  placeOf(product: number): i32 {
    return this.slots[this.slotOf(product)]! - 1;
  }

  /** The place of a product, which is added where it is new. */
  add(product: number): i32 {
    const slot = this.slotOf(product);
    const known = this.slots[slot]! - 1;
    if (known >= 0) return known;
    this.numbers[this.count] = product;
    this.count += 1;
    this.slots[slot] = this.count;
    return this.count - 1;
  }

  /** Gives every product a new place. */
  renumber(newPlace: Int32Array): void {
    const numbers = this.numbers.slice(0);
    for (let place: i32 = 0; place < this.count; place++) this.numbers[newPlace[place]!] = numbers[place]!;
    for (let slot: i32 = 0; slot < this.size; slot++) {
      const place = this.slots[slot]! - 1;
      if (place >= 0) this.slots[slot] = newPlace[place]! + 1;
    }
  }

  /** The slot that holds a product, or the free one where it belongs. */
  private slotOf(product: number): i32 {
    const size = this.size;
    let slot = (product - Math.floor(product / size) * size) as i32;
    while (true) {
      const place = this.slots[slot]! - 1;
      if (place < 0 || this.numbers[place]! === product) return slot;
      slot = slot + 1 === size ? 0 : slot + 1;
    }
  }
}
