import { priceCart } from "../pricing/price-cart.ts";
import { encodeShopRules, type GiftRules, type OrderRewardRules } from "../pricing/rules.ts";
import { fewest } from "./line-miss.ts";
import type { SimulatedLine, SimulatedShopOffer } from "./offer-in-cart.ts";
import { type DeliveryOutcome, simulateDelivery, type DeliveryToSimulate } from "./simulate-delivery.ts";
import type { LinesToSimulate } from "./simulate-lines.ts";

/** What became of one tier of a goal. Amounts are minor units of the cart's currency. */
export type TierOutcome =
  | { readonly reward: "shipping"; readonly outcome: DeliveryOutcome }
  | { readonly reward: "order" | "gift"; readonly code: "applied"; readonly savedMinor: number }
  /** Another discount on the order saves more, or as much. */
  | { readonly reward: "order"; readonly code: "lost" }
  /** Reached, and the shopper has not added it. */
  | { readonly reward: "gift"; readonly code: "not-in-cart" }
  /** In the cart, and on a selling plan, or another offer or goal takes as much off it. */
  | { readonly reward: "gift"; readonly code: "not-given" }
  | { readonly reward: "order" | "gift"; readonly code: "amount-missing"; readonly missingMinor: number }
  | { readonly reward: "order" | "gift"; readonly code: "other-currencies" };

/** What became of a goal that gives more than free shipping. */
export interface TiersOutcome {
  readonly code: "tiers";
  readonly tiers: readonly TierOutcome[];
}

/** The discount on the order that a cart gets: of those that are reached the one that saves most; null for none. */
export function orderDiscountOf(
  cart: LinesToSimulate,
): { readonly offer: number; readonly amountOffMinor: number } | null {
  const [best = null] = priced(cart, cart.lines, cart.shopRules).order.toSorted(
    (a, b) => b.amountOffMinor - a.amountOffMinor,
  );
  return best;
}

/** What became of goals that give more than free shipping, by the discount Function's own code; by their number. */
export function simulateTiers(
  cart: LinesToSimulate,
  offers: readonly SimulatedShopOffer[],
  delivery: Omit<DeliveryToSimulate, "offers">,
): ReadonlyMap<number, TiersOutcome> {
  const best = orderDiscountOf(cart);
  const gifts = offers.flatMap(({ rules }) => rules.filter((one) => one.type === "gift"));
  const withTiers = offers.filter(({ rules }) => rules.some(({ type }) => type !== "goal"));
  return new Map(
    withTiers.map(({ number, type, rules }) => {
      const tiers = rules.map((one): TierOutcome => {
        if (one.type === "gift") return giftOutcome(one, cart);
        if (one.type === "order-reward") return orderOutcome(one, gifts, cart, best);
        const { outcomes } = simulateDelivery({ ...delivery, offers: [{ number, type, rules: one }] });
        return { reward: "shipping", outcome: outcomes.get(number)! };
      });
      return [number, { code: "tiers", tiers }];
    }),
  );
}

/** @param gifts Those of all goals: what they make free is not discounted again. */
function orderOutcome(
  rules: OrderRewardRules,
  gifts: readonly GiftRules[],
  cart: LinesToSimulate,
  best: ReturnType<typeof orderDiscountOf>,
): TierOutcome {
  if (!Object.hasOwn(rules.amounts, cart.currency)) return { reward: "order", code: "other-currencies" };
  const own = (lines: readonly SimulatedLine[]) => priced(cart, lines, encodeShopRules([rules, ...gifts])).order[0];
  const given = own(cart.lines);
  if (given === undefined) return amountMissing("order", cart, (lines) => own(lines) !== undefined);
  const isBest = best?.offer === rules.number && best.amountOffMinor === given.amountOffMinor;
  return isBest
    ? { reward: "order", code: "applied", savedMinor: given.amountOffMinor }
    : { reward: "order", code: "lost" };
}

function giftOutcome(rules: GiftRules, cart: LinesToSimulate): TierOutcome {
  if (!Object.hasOwn(rules.amounts, cart.currency)) return { reward: "gift", code: "other-currencies" };
  const others = cart.lines.filter(({ product }) => product !== rules.product);
  const gift: SimulatedLine = {
    ...{ id: "gift", product: rules.product, variant: null, quantity: 1, unitPriceMinor: 1 },
    ...{ subscription: false, requiresShipping: true },
  };
  const isReached = (lines: readonly SimulatedLine[]) =>
    savedByGift(rules, priced(cart, [...lines, gift], encodeShopRules([rules])).trace) !== null;
  if (!isReached(others)) return amountMissing("gift", { ...cart, lines: others }, isReached);
  if (others.length === cart.lines.length) return { reward: "gift", code: "not-in-cart" };
  const savedMinor = savedByGift(rules, priced(cart, cart.lines, cart.shopRules).trace) ?? 0;
  return savedMinor > 0 ? { reward: "gift", code: "applied", savedMinor } : { reward: "gift", code: "not-given" };
}

function savedByGift({ number, product }: GiftRules, trace: ReturnType<typeof priceCart>["trace"]): number | null {
  const own = trace.filter(({ benefit: of }) => of.type === "goal" && of.number === number && of.product === product);
  return own.length === 0 ? null : own.reduce((sum, { savedMinor }) => sum + savedMinor, 0);
}

const LARGEST_AMOUNT = 1e12;

/** How much more of products without offers a cart lacks. */
function amountMissing(
  reward: "order" | "gift",
  { lines }: LinesToSimulate,
  suffices: (lines: readonly SimulatedLine[]) => boolean,
): TierOutcome {
  const more = (unitPriceMinor: number): SimulatedLine => ({
    ...{ id: "more", product: null, variant: null, quantity: 1, unitPriceMinor },
    ...{ subscription: false, requiresShipping: true },
  });
  const missingMinor = fewest((amount) => suffices([...lines, more(amount)]), LARGEST_AMOUNT);
  return { reward, code: "amount-missing", missingMinor: missingMinor ?? LARGEST_AMOUNT };
}

function priced({ currency, rules }: LinesToSimulate, lines: readonly SimulatedLine[], shopRules: string) {
  const withRules = lines.map((line) => ({ ...line, rules: (line.product && rules.get(line.product)) ?? null }));
  return priceCart({ currency, shopRules, lines: withRules });
}
