import type { CartColumns } from "./cart-columns.ts";

/** Carts whose outcome is remembered; then all are forgotten. Larger ones hardly ever come again. */
const MOST_REMEMBERED = 50_000;
const MOST_LINES_REMEMBERED = 3;
/** Lines with fewer units have their price and units in one number. */
const UNITS_IN_KEY = 1_024;

/** Remembers outcomes that depend on a cart's lines alone. Shops sell the same small carts again and again. */
export class CartMemory<Outcome> {
  readonly #outcomes = new Map<string, Outcome>();
  /** The same of carts with one line, by its variant: most are, and numbers are found faster than texts. */
  readonly #ofVariants = new Map<number, Map<number, Outcome>>();
  #carts = 0;

  /** The remembered outcome for a cart; where there is none, the one that `findOut` gives is remembered. */
  find(cart: CartColumns, findOut: () => Outcome): Outcome {
    if (cart.lines > MOST_LINES_REMEMBERED) return findOut();
    const line = lineKey(cart);
    return line === null
      ? this.#known(this.#outcomes, cartKey(cart), findOut)
      : this.#known(this.#ofVariant(cart.variant[0]!), line, findOut);
  }

  #known<Key>(remembered: Map<Key, Outcome>, key: Key, findOut: () => Outcome): Outcome {
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const outcome = findOut();
    if (this.#carts++ >= MOST_REMEMBERED) this.#forget();
    remembered.set(key, outcome);
    return outcome;
  }

  #forget(): void {
    this.#carts = 0;
    this.#outcomes.clear();
    this.#ofVariants.clear();
  }

  #ofVariant(variant: number): Map<number, Outcome> {
    const known = this.#ofVariants.get(variant);
    if (known !== undefined) return known;
    const outcomes = new Map<number, Outcome>();
    this.#ofVariants.set(variant, outcomes);
    return outcomes;
  }
}

/** A number for what of a cart with one line decides beside its variant; null where that needs a text. */
function lineKey({ lines, variant, quantity, unitPrice, ships }: CartColumns): number | null {
  if (lines !== 1 || variant[0] === 0 || !ships[0] || quantity[0]! >= UNITS_IN_KEY) return null;
  return unitPrice[0]! * UNITS_IN_KEY + quantity[0]!;
}

function cartKey({ lines, product, variant, quantity, unitPrice, ships }: CartColumns): string {
  let key = "";
  for (let line = 0; line < lines; line++) {
    key += `${product[line]},${variant[line]},${quantity[line]},${unitPrice[line]}${ships[line]! ? "" : "-"};`;
  }
  return key;
}
