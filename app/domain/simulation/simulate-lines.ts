import type { BareId } from "../ids.ts";
import type { BuyerFacts } from "../pricing/buyer-facts.ts";
import { type PricedCart, priceCart } from "../pricing/price-cart.ts";
import { lineMiss, type LineMiss } from "./line-miss.ts";
import { type LineOffer, NOTHING_STOPPED, rulesOfOfferAlone, type SimulatedLine } from "./offer-in-cart.ts";

/** A cart with the rules that its products and the shop carry. */
export interface LinesToSimulate {
  readonly currency: string;
  /** Nothing is known of the buyer where it is absent. */
  readonly buyer?: BuyerFacts;
  readonly lines: readonly SimulatedLine[];
  /** Compact rules of each product, as they are published. */
  readonly rules: ReadonlyMap<BareId, string>;
  readonly shopRules: string;
  /** The offers that these rules hold. */
  readonly offers: readonly LineOffer[];
}

/** So many units of a line, with what one offer takes off each. */
export interface DiscountedUnits {
  readonly offer: number;
  readonly quantity: number;
  readonly amountOffMinor: number;
}

export interface PricedLine {
  readonly id: string;
  readonly fullMinor: number;
  readonly discountMinor: number;
  readonly discounts: readonly DiscountedUnits[];
}

/** What became of one offer. Amounts are minor units of the cart's currency. */
export type LineOutcome =
  | { readonly code: "applied"; readonly savedMinor: number }
  | {
      /** Others took some or all of its units. `moreMinor`: how much more the cart saves with them; 0 for a tie. */
      readonly code: "partly-applied" | "lost";
      readonly savedMinor: number;
      /** What it would save if there were no other offer. */
      readonly aloneMinor: number;
      readonly lostTo: readonly number[];
      readonly moreMinor: number;
    }
  | LineMiss;

export interface SimulatedLines {
  readonly lines: readonly PricedLine[];
  readonly savedMinor: number;
  /** By the number of the offer. */
  readonly outcomes: ReadonlyMap<number, LineOutcome>;
}

/** What offers take off a cart, by the discount Function's own code, and what became of each of them. */
export function simulateLines(cart: LinesToSimulate): SimulatedLines {
  const trace = traceOf(cart, cart.rules, cart.shopRules);
  return {
    lines: cart.lines.map((line) => pricedLine(line, trace)),
    savedMinor: savedIn(trace),
    outcomes: new Map(cart.offers.map((offer) => [offer.number, outcomeOf(offer, cart, trace)])),
  };
}

type Trace = PricedCart["trace"];

function traceOf(
  { currency, buyer, lines }: Pick<LinesToSimulate, "currency" | "buyer" | "lines">,
  rules: ReadonlyMap<BareId, string>,
  shopRules: string,
): Trace {
  const priced = lines.map((line) => ({ ...line, rules: (line.product && rules.get(line.product)) ?? null }));
  return priceCart({ currency, ...(buyer && { buyer }), shopRules, lines: priced }).trace;
}

function savedIn(trace: Trace): number {
  return trace.reduce((sum, { savedMinor }) => sum + savedMinor, 0);
}

function pricedLine({ id, quantity, unitPriceMinor }: SimulatedLine, trace: Trace): PricedLine {
  const byAmount = new Map<string, DiscountedUnits>();
  for (const { benefit, taken } of trace) {
    for (const { line, quantity: units, amountOffMinor } of taken) {
      if (line !== id || amountOffMinor === 0) continue;
      const offer = benefit.number;
      const key = `${offer} ${amountOffMinor}`;
      byAmount.set(key, { offer, amountOffMinor, quantity: units + (byAmount.get(key)?.quantity ?? 0) });
    }
  }
  const discounts = [...byAmount.values()].sort((a, b) => b.amountOffMinor - a.amountOffMinor || a.offer - b.offer);
  const discountMinor = discounts.reduce((sum, one) => sum + one.quantity * one.amountOffMinor, 0);
  return { id, fullMinor: quantity * unitPriceMinor, discountMinor, discounts };
}

function outcomeOf(offer: LineOffer, cart: LinesToSimulate, trace: Trace): LineOutcome {
  const own = trace.filter(({ benefit }) => benefit.number === offer.number);
  const savedMinor = savedIn(own);
  const aloneMinor = savedIn(traceOf(cart, rulesOfOfferAlone(offer), NOTHING_STOPPED));
  if (aloneMinor === 0) return lineMiss(offer, cart);
  if (savedMinor >= aloneMinor) return { code: "applied", savedMinor };
  if (own.length === 0) return { code: "stopped" };
  const rivals = trace.filter(({ benefit }) => own.some(({ lostTo }) => lostTo.includes(benefit.offer)));
  const numbers = rivals.map(({ benefit }) => benefit.number).filter((number) => number !== offer.number);
  const lostTo = [...new Set(numbers)].sort((a, b) => a - b);
  const withoutThem = savedIn(traceOf(cart, rulesWithout(lostTo, cart), NOTHING_STOPPED));
  // Without the others there are no gifts either: they count where it lost to one.
  const gifts = trace.filter(({ benefit }) => benefit.type === "goal");
  const lostToGift = gifts.some(({ benefit }) => lostTo.includes(benefit.number));
  return {
    ...{ code: savedMinor === 0 ? "lost" : "partly-applied", savedMinor, aloneMinor, lostTo },
    moreMinor: savedIn(trace) - (lostToGift ? 0 : savedIn(gifts)) - withoutThem,
  };
}

/** What products carry without some offers. */
function rulesWithout(numbers: readonly number[], { offers }: LinesToSimulate): ReadonlyMap<BareId, string> {
  const rules = new Map<BareId, string>();
  const kept = offers.filter(({ number }) => !numbers.includes(number));
  for (const offer of kept) {
    for (const [product, text] of rulesOfOfferAlone(offer)) {
      const before = rules.get(product);
      // Both texts begin with the version of rules.
      rules.set(product, before === undefined ? text : `${before}${text.slice(text.indexOf(";"))}`);
    }
  }
  return rules;
}
