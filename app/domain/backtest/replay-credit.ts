import { shareMinor } from "../money/allocate.ts";
import { creditFor } from "../store-credit/terms.ts";
import type { CartColumns } from "./cart-columns.ts";
import type { PackedOrders } from "./packed-orders.ts";
import type { Replayed } from "./replayed-cart.ts";
import type { ReplayedCredit, ReplayedOffer } from "./replayed-offer.ts";

/** Stands for no product: custom items, which are in no set, have this number. */
const NOTHING = 0;
/** Products that are looked at as what a cart lacks. */
const MOST_TRIED = 20;

const GIVEN: Replayed = { code: "given", on: { offLines: [], offOrderMinor: 0, shipsFree: false }, gifts: [] };

/** Finds the carts that held a whole set for which store credit is promised, and those that lacked one product of one. */
export class CreditReplay {
  readonly #sets: ReplayedCredit["sets"];
  readonly #prices: ReplayedOffer["prices"];
  /** Product -> those whose set it is in. */
  readonly #carriersOf = new Map<number, number[]>();

  constructor({ sets }: ReplayedCredit, prices: ReplayedOffer["prices"]) {
    this.#sets = sets;
    this.#prices = prices;
    for (const [carrier, companions] of sets) {
      for (const product of companions) {
        const carriers = this.#carriersOf.get(product);
        if (carriers === undefined) this.#carriersOf.set(product, [carrier]);
        else carriers.push(carrier);
      }
    }
  }

  /** Null where a cart lacked more than one product, or the one that it lacked cannot be bought today. */
  replay(cart: CartColumns): Replayed | null {
    const held: number[] = [];
    for (let line = 0; line < cart.lines; line++) {
      const product = cart.product[line]!;
      if (!cart.giftCard[line]! && !held.includes(product)) held.push(product);
    }
    for (const product of held) if (this.#lacked(product, held) === NOTHING) return GIVEN;
    const product = this.#productShort(held);
    return product === null ? null : { code: "near", miss: { short: "product", product } };
  }

  /** What a cart lacks of one product's set: {@link NOTHING}, or one product. Null where it lacks more, or there is no set. */
  #lacked(carrier: number, held: readonly number[]): number | null {
    const companions = this.#sets.get(carrier);
    if (companions === undefined) return null;
    let lacked = held.includes(carrier) ? NOTHING : carrier;
    for (const one of companions) {
      if (held.includes(one)) continue;
      if (lacked !== NOTHING) return null;
      lacked = one;
    }
    return lacked;
  }

  /** Of the sets of what is in the cart first, then of those that it is in. */
  #productShort(held: readonly number[]): number | null {
    let left = MOST_TRIED;
    for (const carrier of this.#carriersBeside(held)) {
      const lacked = this.#lacked(carrier, held);
      if (lacked !== null && lacked !== NOTHING && this.#prices.has(lacked)) return lacked;
      if (left-- === 0) return null;
    }
    return null;
  }

  *#carriersBeside(held: readonly number[]): Generator<number> {
    yield* held;
    for (const product of held) yield* this.#carriersOf.get(product) ?? [];
  }
}

/** The store credit that is earned by what of an order was not given back: that of the set that costs most. */
export function earnedMinor({ sets, terms }: ReplayedCredit, orders: PackedOrders, order: number): number {
  const units = unitsKept(orders, order);
  let setMinor = 0;
  for (const carrier of units.keys()) {
    const companions = sets.get(carrier);
    if (companions === undefined) continue;
    const of = [carrier, ...companions].map((one) => units.get(one));
    if (of.every((unit) => unit !== undefined)) {
      setMinor = Math.max(
        setMinor,
        of.reduce((sum, unit) => sum + unit, 0),
      );
    }
  }
  return creditFor(terms, { amountMinor: setMinor, currency: orders.currencies[orders.paidIn[order]!]! });
}

/** What the dearest unit of each product cost that was not given back. */
function unitsKept({ firstLine, lines }: PackedOrders, order: number): Map<number, number> {
  const units = new Map<number, number>();
  for (let at = firstLine[order]!; at < firstLine[order + 1]!; at++) {
    const [product, kept] = [lines.product[at]!, lines.kept[at]!];
    if (product === 0 || kept === 0 || lines.giftCard[at] === 1) continue;
    units.set(product, Math.max(units.get(product) ?? 0, shareMinor(lines.paid[at]!, 1, kept)));
  }
  return units;
}
