import { LOW_BITS } from "./text-reader.ts";

/** A table has at least so many slots for each product, so that most products that a cart lacks are known at once. */
const SLOTS_FOR_EACH: i32 = 16;

/**
 * The distinct products of a cart: product number to place, by open addressing. Numbers are looked up in two parts,
 * `high` * 2^30 + `low`: lists of products are read in such parts, and most of what they list is not in the cart.
 */
export class Products {
  /** Product numbers by place, in the order in which they came. */
  readonly numbers: Float64Array;
  count: i32 = 0;
  /** Slot to place + 1; 0 where free. */
  private readonly slots: Int32Array;
  /** Place to slot. */
  private readonly slotAt: Int32Array;
  private readonly lastSlot: i32;

  /** @param most Of distinct products that will be added: Shopify's carts have 500 lines. */
  constructor(most: i32) {
    let size: i32 = SLOTS_FOR_EACH;
    while (size < most * SLOTS_FOR_EACH) size *= 2;
    this.lastSlot = size - 1;
    this.numbers = new Float64Array(most);
    this.slots = new Int32Array(size);
    this.slotAt = new Int32Array(most);
  }

  /** Whether the cart may have a product, by the lower part of its number: it mostly does not have those that a list names. */
  mayHave(low: i32): boolean {
    return this.slots[slotFor(low) & this.lastSlot]! !== 0;
  }

  /** The place of a product, its number in two parts; -1 where the cart does not have it. */
  placeOfParts(high: i32, low: i32): i32 {
    const slots = this.slots;
    const last = this.lastSlot;
    let slot: i32 = slotFor(low) & last;
    while (true) {
      const place = slots[slot]! - 1;
      if (place < 0 || this.numbers[place]! === high * LOW_BITS + low) return place;
      slot = (slot + 1) & last;
    }
  }

  /** The place of a product; -1 where the cart does not have it. */
  placeOf(product: number): i32 {
    const high = Math.floor(product / LOW_BITS) as i32;
    return this.placeOfParts(high, (product - high * LOW_BITS) as i32);
  }

  /** The place of a product, which is added where it is new. */
  add(product: number): i32 {
    const high = Math.floor(product / LOW_BITS) as i32;
    const slot = this.slotOf(high, (product - high * LOW_BITS) as i32);
    const known = this.slots[slot]! - 1;
    if (known >= 0) return known;
    this.numbers[this.count] = product;
    this.slotAt[this.count] = slot;
    this.count += 1;
    this.slots[slot] = this.count;
    return this.count - 1;
  }

  /** Gives every product a new place. */
  renumber(newPlace: Int32Array): void {
    const numbers = this.numbers.slice(0);
    const slotAt = this.slotAt.slice(0);
    for (let place: i32 = 0; place < this.count; place++) {
      const into = newPlace[place]!;
      this.numbers[into] = numbers[place]!;
      this.slotAt[into] = slotAt[place]!;
      this.slots[slotAt[place]!] = into + 1;
    }
  }

  /** The slot that holds a product, or the free one where it belongs. */
  private slotOf(high: i32, low: i32): i32 {
    const last = this.lastSlot;
    let slot: i32 = slotFor(low) & last;
    while (true) {
      const place = this.slots[slot]! - 1;
      if (place < 0 || this.numbers[place]! === high * LOW_BITS + low) return slot;
      slot = (slot + 1) & last;
    }
  }
}

/** Product numbers rise by one or in steps of 2^15: the bits that tell them apart are mixed. */
function slotFor(low: i32): i32 {
  return low ^ (low >> 15);
}
