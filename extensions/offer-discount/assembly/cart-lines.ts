import { Cart, exponentOfLetters, readMinor } from "./domain.ts";
import {
  copyString,
  element,
  elementsOf,
  intern,
  isString,
  lengthOf,
  numberOf,
  isObject,
  property,
  Value,
} from "./host.ts";
import { copyToScratch, numberOfGid, SCRATCH } from "./text.ts";

/** What the query of the cart's lines asks for, read into a cart. */
export class CartLines {
  readonly cart: Cart;
  /** Of each line of `cart`: its product, from which its offers are read once the whole cart is known. */
  readonly products: StaticArray<Value>;

  constructor(lines: Value, currency: i32, exponent: i32) {
    const count = elementsOf(lines);
    this.cart = new Cart(count, currency);
    this.products = new StaticArray<Value>(count);
    const id = intern("id");
    const quantity = intern("quantity");
    const cost = intern("cost");
    const amountPerQuantity = intern("amountPerQuantity");
    const amount = intern("amount");
    const plan = intern("plan");
    const merchandise = intern("merchandise");
    const product = intern("product");
    for (let i = 0; i < count; i++) {
      const line = element(lines, i);
      const units = <i32>numberOf(property(line, quantity));
      const price = minorOf(property(property(property(line, cost), amountPerQuantity), amount), exponent);
      const lineId = property(line, id);
      // A line whose price cannot be read takes no part, rather than being discounted by a guess.
      if (units <= 0 || price < 0 || !isString(lineId)) continue;
      const variant = property(line, merchandise);
      const ofVariant = property(variant, product);
      const isProduct = isObject(ofVariant);
      this.products[this.cart.lines] = ofVariant;
      this.add(
        lineId,
        isProduct ? numberOfGid(property(ofVariant, id)) : 0,
        isProduct ? numberOfGid(property(variant, id)) : 0,
        units,
        price,
        !isObject(property(line, plan)),
      );
    }
    this.cart.arrange();
  }

  private add(id: Value, product: f64, variant: f64, quantity: i32, price: f64, open: bool): void {
    const cart = this.cart;
    const length = lengthOf(id);
    cart.makeRoom(length);
    copyString(id, length, cart.ids, cart.idStart[cart.lines]);
    cart.add(length, product, variant, quantity, price, open);
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
