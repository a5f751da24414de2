import { Products } from "./products.ts";
import { sortByNumber } from "./sort-places.ts";

/** Stands for the number of a custom item: above that of every product. */
const CUSTOM: number = 9007199254740992;

/**
 * A cart as the rules see it. Lines are kept in columns. Amounts are minor units of the cart's currency. Line properties
 * are not part of it: they never authorise a price.
 */
export class Cart {
  /** Three letters: see `packLetters`. */
  readonly currency: i32;
  lines: i32 = 0;
  /** What all lines cost before discounts, and their units, custom items included. */
  value: number = 0;
  allUnits: number = 0;
  readonly products: Products;
  /** Of each line: the place of its product, -1 for a custom item. */
  readonly product: Int32Array;
  /** Of each line: the number of its product, above all others for a custom item. */
  private readonly number: Float64Array;
  /** Of each line: the number of its variant. */
  readonly variant: Float64Array;
  readonly quantity: Int32Array;
  readonly unitPrice: Float64Array;
  /** Of each line: 1 for a gift card, which counts towards no reward. Set by whoever adds the line, where rewards ask. */
  readonly giftCard: Uint8Array;
  /** Of each line: 0 where it takes no discount (a selling plan, a bundle), though it may be what others are bought with. */
  readonly open: Uint8Array;
  /** The bytes of all line ids, one after the other; of each line where its id begins. */
  ids: Uint8Array;
  readonly idStart: Int32Array;
  /** With how many bytes the ids of the lines that are being sorted begin alike, as Shopify's do. */
  sharedIdBytes: i32 = 0;
  /** Lines by product number, dearest first, then by id: the same whatever order the cart came in. */
  order: Int32Array;
  /** Of each product: where its lines begin in `order`. One more than there are products. */
  readonly firstOf: Int32Array;
  /** Of each product: units of all its lines. */
  readonly units: Int32Array;

  constructor(lines: i32, currency: i32) {
    this.currency = currency;
    this.products = new Products(lines);
    this.product = new Int32Array(lines);
    this.number = new Float64Array(lines);
    this.variant = new Float64Array(lines);
    this.quantity = new Int32Array(lines);
    this.unitPrice = new Float64Array(lines);
    this.giftCard = new Uint8Array(lines);
    this.open = new Uint8Array(lines);
    this.ids = new Uint8Array(0);
    this.idStart = new Int32Array(lines + 1);
    this.order = new Int32Array(lines);
    this.firstOf = new Int32Array(lines + 1);
    this.units = new Int32Array(lines);
  }

  /**
   * Adds a line. Its id's bytes must already stand in `ids`, behind those of the lines before it.
   *
   * @param product Its number; 0 for a custom item.
   * @param unitPrice Minor units, at least 0.
   */
  add(idLength: i32, product: number, variant: number, quantity: i32, unitPrice: number, open: boolean): void {
    const line = this.lines;
    this.idStart[line + 1] = this.idStart[line]! + idLength;
    const place: i32 = product > 0 ? this.products.add(product) : -1;
    this.product[line] = place;
    this.number[line] = product > 0 ? product : CUSTOM;
    this.variant[line] = variant;
    this.quantity[line] = quantity;
    this.unitPrice[line] = unitPrice;
    this.open[line] = open ? 1 : 0;
    if (place >= 0) this.units[place] = this.units[place]! + quantity;
    this.lines = line + 1;
    this.value += unitPrice * quantity;
    this.allUnits += quantity;
  }

  /** Makes room for an id of so many bytes behind those that stand in `ids`. */
  makeRoom(idLength: i32): void {
    const needed = this.idStart[this.lines]! + idLength;
    if (needed <= this.ids.length) return;
    const wider = new Uint8Array(needed * 2);
    wider.set(this.ids);
    this.ids = wider;
  }

  /** Brings the lines into an order that does not depend on how they came. To be called once, after all are added. */
  arrange(): void {
    this.order = sortByNumber(this.number, this.lines);
    let start: i32 = 0;
    while (start < this.lines) {
      const number = this.number[this.order[start]!]!;
      let end = start + 1;
      while (end < this.lines && this.number[this.order[end]!]! === number) end += 1;
      if (end - start > 1) this.sortProduct(start, end);
      start = end;
    }
    this.renumber();
  }

  /** Lets no line of a product take a discount. To be called once the lines are arranged. */
  close(place: i32): void {
    for (let at = this.firstOf[place]!; at < this.firstOf[place + 1]!; at++) this.open[this.order[at]!] = 0;
  }

  /**
   * Sorts lines of one product, which stand side by side in `order`: the dearest first, then by id. Merges ever longer
   * stretches, for a product may have a line of its own for each engraving: 200 lines.
   */
  private sortProduct(start: i32, end: i32): void {
    // Two lines are compared once, or not at all.
    this.sharedIdBytes = end - start > 2 ? bytesSharedByIds(this, start, end) : 0;
    const order = this.order;
    const left = new Int32Array(end - start);
    for (let width: i32 = 1; width < end - start; width *= 2) {
      for (let from = start; from + width < end; from += 2 * width) {
        const middle = from + width;
        const last: i32 = middle + width < end ? middle + width : end;
        if (isBefore(this, order[middle]!, order[middle - 1]!)) this.mergeStretches(from, middle, last, left);
      }
    }
  }

  /** Merges two sorted stretches of `order`; `left` has room for the first. */
  private mergeStretches(from: i32, middle: i32, end: i32, left: Int32Array): void {
    const order = this.order;
    const count = middle - from;
    for (let i: i32 = 0; i < count; i++) left[i] = order[from + i]!;
    let i: i32 = 0;
    let right = middle;
    for (let at = from; i < count; at++) {
      if (right < end && isBefore(this, order[right]!, left[i]!)) {
        order[at] = order[right]!;
        right += 1;
      } else {
        order[at] = left[i]!;
        i += 1;
      }
    }
  }

  /** Numbers the products as their lines stand in `order`, custom items last. */
  private renumber(): void {
    const products = this.products;
    const placeBefore = new Int32Array(products.count);
    const newPlace = new Int32Array(products.count);
    let count: i32 = 0;
    for (let i: i32 = 0; i < this.lines; i++) {
      const place = this.product[this.order[i]!]!;
      if (place < 0) break;
      if (count === 0 || placeBefore[count - 1]! !== place) {
        this.firstOf[count] = i;
        placeBefore[count] = place;
        newPlace[place] = count;
        count += 1;
      }
      this.firstOf[count] = i + 1;
    }
    const units = this.units.slice(0);
    for (let i: i32 = 0; i < count; i++) this.units[i] = units[placeBefore[i]!]!;
    for (let i: i32 = 0; i < this.lines; i++) {
      const place = this.product[i]!;
      if (place >= 0) this.product[i] = newPlace[place]!;
    }
    products.renumber(newPlace);
  }
}

/** Of lines of one product: the dearest first, then by id. */
function isBefore(cart: Cart, a: i32, b: i32): boolean {
  if (cart.unitPrice[a]! !== cart.unitPrice[b]!) return cart.unitPrice[a]! > cart.unitPrice[b]!;
  return compareIds(cart, a, b) < 0;
}

function compareIds(cart: Cart, a: i32, b: i32): i32 {
  let atA: i32 = cart.idStart[a]! + cart.sharedIdBytes;
  let atB: i32 = cart.idStart[b]! + cart.sharedIdBytes;
  const endA = cart.idStart[a + 1]!;
  const endB = cart.idStart[b + 1]!;
  while (atA < endA && atB < endB) {
    const difference: i32 = (cart.ids[atA]! as i32) - (cart.ids[atB]! as i32);
    if (difference !== 0) return difference;
    atA += 1;
    atB += 1;
  }
  return endA - atA - (endB - atB);
}

/** With how many bytes the ids of lines from one place of `order` up to another begin alike. */
function bytesSharedByIds(cart: Cart, from: i32, end: i32): i32 {
  const first: i32 = cart.idStart[cart.order[from]!]!;
  let shared: i32 = cart.idStart[cart.order[from]! + 1]! - first;
  for (let at = from + 1; at < end; at++) {
    const start: i32 = cart.idStart[cart.order[at]!]!;
    const length: i32 = cart.idStart[cart.order[at]! + 1]! - start;
    if (length < shared) shared = length;
    let same: i32 = 0;
    while (same < shared && cart.ids[first + same]! === cart.ids[start + same]!) same += 1;
    shared = same;
  }
  return shared;
}
