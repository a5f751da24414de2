import { Cart, exponentOfLetters, PricedOffer, QUANTITY_BREAKS, readMinor } from "./domain.ts";
import {
  copyString,
  element,
  elementsOf,
  isString,
  isTrue,
  lengthOf,
  numberOf,
  isObject,
  property,
  Value,
} from "./host.ts";
import { nameOf } from "./names.ts";
import { copyToScratch, numberOfGid, PRODUCT_GID, SCRATCH, VARIANT_GID } from "./text.ts";

/** What the query of the cart's lines asks for, read into a cart. */
export class CartLines {
  readonly cart: Cart;
  /** Of each line of `cart`: its variant and its product, of which more is read once the whole cart is known. */
  private readonly variants: StaticArray<Value>;
  readonly products: StaticArray<Value>;
  private readonly ids: StaticArray<Value>;

  constructor(lines: Value, currency: i32, exponent: i32) {
    const count = elementsOf(lines);
    this.cart = new Cart(count, currency);
    this.variants = new StaticArray<Value>(count);
    this.products = new StaticArray<Value>(count);
    this.ids = new StaticArray<Value>(count);
    const id = nameOf("id");
    const quantity = nameOf("quantity");
    const cost = nameOf("cost");
    const each = nameOf("each");
    const amount = nameOf("amount");
    const plan = nameOf("plan");
    const merchandise = nameOf("merchandise");
    const product = nameOf("product");
    for (let i = 0; i < count; i++) {
      const line = element(lines, i);
      const units = <i32>numberOf(property(line, quantity));
      const price = minorOf(property(property(property(line, cost), each), amount), exponent);
      const lineId = property(line, id);
      // A line whose price cannot be read takes no part, rather than being discounted by a guess.
      if (units <= 0 || price < 0 || !isString(lineId)) continue;
      const variant = property(line, merchandise);
      const ofVariant = property(variant, product);
      this.variants[this.cart.lines] = variant;
      this.products[this.cart.lines] = ofVariant;
      const number = isObject(ofVariant) ? numberOfGid(property(ofVariant, id), PRODUCT_GID) : 0;
      this.add(lineId, number, units, price, !isObject(property(line, plan)));
    }
    this.readIdsToCompare();
    this.cart.arrange();
  }

  private add(id: Value, product: f64, quantity: i32, price: f64, open: bool): void {
    const cart = this.cart;
    const length = lengthOf(id);
    cart.makeRoom(length);
    this.ids[cart.lines] = id;
    cart.add(length, product, 0, quantity, price, open);
  }

  /** Ids decide the order of lines of one product, and of custom items. */
  private readIdsToCompare(): void {
    const cart = this.cart;
    const linesOf = new Int32Array(cart.products.count + 1);
    for (let line = 0; line < cart.lines; line++) linesOf[cart.product[line] + 1] += 1;
    for (let line = 0; line < cart.lines; line++) {
      if (linesOf[cart.product[line] + 1] > 1) this.readId(line);
    }
  }

  /** Copies a line's id into the cart, which has its place free: each copy costs a call, and few lines need one. */
  readId(line: i32): void {
    const start = this.cart.idStart[line];
    copyString(this.ids[line], this.cart.idStart[line + 1] - start, this.cart.ids, start);
  }

  /** Reads which lines are gift cards. */
  readGiftCards(): void {
    const giftCard = nameOf("gift");
    for (let line = 0; line < this.cart.lines; line++) {
      const product = this.products[line];
      this.cart.giftCard[line] = isObject(product) && isTrue(property(product, giftCard)) ? 1 : 0;
    }
  }

  /** Reads the variants of products of which an offer counts each variant by itself, where they have several lines. */
  readVariants(offers: PricedOffer[]): void {
    const cart = this.cart;
    const id = nameOf("id");
    for (let i = 0; i < offers.length; i++) {
      const offer = offers[i];
      if (offer.type != QUANTITY_BREAKS || offer.together) continue;
      const from = cart.firstOf[offer.anchor];
      const to = cart.firstOf[offer.anchor + 1];
      if (to - from < 2) continue;
      for (let at = from; at < to; at++) {
        const line = cart.order[at];
        cart.variant[line] = numberOfGid(property(this.variants[line], id), VARIANT_GID);
      }
    }
  }
}

/** Minor units of a decimal; -1 for anything else. */
export function minorOf(decimal: Value, exponent: i32): f64 {
  const length = copyToScratch(decimal);
  return length < 0 ? -1 : readMinor(SCRATCH, 0, length, exponent);
}

/** Digits after the decimal point of a packed currency. */
export function exponentOf(currency: i32): i32 {
  return exponentOfLetters(currency >> 16, (currency >> 8) & 255, currency & 255);
}
