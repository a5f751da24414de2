import type { CartColumns } from "./cart-columns.ts";
import type { CarriedRules } from "./offer-products.ts";
import type { ReplayedOffer } from "./replayed-offer.ts";

/**
 * Whether an offer of products could take anything off a cart: a bound that is quickly found and never rules out what
 * pricing would find. Whether shoppers meet its tests is not asked.
 */
export function couldGive(cart: CartColumns, offer: ReplayedOffer): boolean {
  for (let line = 0; line < cart.lines; line++) {
    const own = cart.about[line]?.carried ?? null;
    if (own !== null && hasEnough(cart, cart.product[line]!, own, offer)) return true;
  }
  return false;
}

/** Whether a cart has what the rules of one of its products ask for. */
function hasEnough(cart: CartColumns, product: number, own: CarriedRules, offer: ReplayedOffer): boolean {
  const { need, named } = own;
  if (!offer.countsTogether) return cart.unitsOf(product) >= need;
  // A set takes one unit of each of its products.
  if (offer.type === "bought-together") return productsNamed(cart, named) + 1 >= need;
  const units = carriedUnits(cart);
  // No product that is got for less carries the offer.
  return named.length === 0 ? units >= need : units + 1 >= need && productsNamed(cart, named) > 0;
}

/** How many of these products the cart has. */
function productsNamed(cart: CartColumns, named: readonly number[]): number {
  let found = 0;
  for (let line = 0; line < cart.lines; line++) {
    const product = cart.product[line]!;
    if (named.includes(product) && cart.product.indexOf(product) === line) found++;
  }
  return found;
}

/** Units of all products that carry the offer. */
function carriedUnits(cart: CartColumns): number {
  let units = 0;
  for (let line = 0; line < cart.lines; line++) {
    if (cart.about[line]?.carried != null) units += cart.quantity[line]!;
  }
  return units;
}
