import { bareNumber, type ProductId } from "../../domain/ids.ts";
import { offerId } from "../../domain/offers/offer-id.ts";
import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import type { PublishedOffer } from "../../domain/offers/types/bought-together/published.ts";
import { storefrontEntry } from "../../domain/offers/types/goal/published.ts";
import type { GoalTier } from "../../domain/offers/types/goal/tiers.ts";
import { giftsOf } from "../../domain/offers/types/goal/published.ts";
import {
  EMPTY_PREVIEW,
  type NamedProducts,
  type PreviewCompanion,
  type PreviewFacts,
  type PreviewOf,
} from "../preview.ts";

type Config = ConfigOf<"goal">;

/** How full the example's cart is, in percent of the next amount, where no product closes the gap. */
const CART_PERCENT = 60;

export const goalGifts: NamedProducts<Config> = ({ tiers }) => giftsOf(tiers);

/**
 * The bar over a cart that lacks what one of its companions costs to reach the first amount, and over carts that have
 * just reached each amount. An example product stands for a gift that is not chosen yet.
 */
export const previewGoal: PreviewOf<Config> = ({ config }, facts) => {
  const { currency, companions, product } = facts;
  const shipping = config.amounts[currency];
  const tiers = config.tiers.flatMap((tier, place) => tierIn(tier, currency, companions[place]) ?? []);
  const reached = [...new Set([shipping ?? [], ...tiers.map(({ from }) => from[currency] ?? [])].flat())];
  const rising = reached.toSorted((a, b) => a - b);
  if (rising[0] === undefined) return EMPTY_PREVIEW;
  const closing = config.closesGap ? closingOf(rising[0], tiers, facts) : null;
  const amounts: Record<string, number> = shipping === undefined ? {} : { [currency]: shipping };
  return {
    ...EMPTY_PREVIEW,
    blocks: ["goal-bar"],
    productEntries: closing === null ? [] : [listing(product, closing)],
    shopEntries: [
      storefrontEntry("goal", { amounts, countries: null, tiers, gap: config.closesGap ? config.closesGapAt : null }),
    ],
    cartMinor: closing === null ? Math.floor((rising[0] * CART_PERCENT) / 100) : rising[0] - facts.prices.get(closing)!,
    moreCartsMinor: rising,
  };
};

/** The first companion that may close the gap to an amount: no gift, and at most half of the amount. */
function closingOf(amount: number, tiers: readonly GoalTier[], { companions, prices }: PreviewFacts): ProductId | null {
  const gifts = giftsOf(tiers);
  const isFit = (product: ProductId) => {
    const price = prices.get(product) ?? 0;
    return price > 0 && price * 2 <= amount && !gifts.includes(product);
  };
  return companions.find(({ product }) => isFit(product))?.product ?? null;
}

/** What makes the companion go with the product in the example's cart. */
function listing(product: ProductId, companion: ProductId): PublishedOffer {
  return {
    ...{
      type: "bought-together",
      id: offerId("bought-together", 1, bareNumber(product)),
      discountBasisPoints: 0,
      set: 1,
    },
    companions: [{ product: bareNumber(companion), weight: 1 }],
  };
}

/** A tier as it is in the preview's currency, with an example as its gift; null where there is none. */
function tierIn({ from, reward }: GoalTier, currency: string, example?: PreviewCompanion): GoalTier | null {
  const amount = from[currency];
  if (amount === undefined) return null;
  const own = { [currency]: amount };
  if (reward.kind === "percent") return { from: own, reward };
  if (reward.kind === "gift") {
    if (reward.product.length > 0) return { from: own, reward };
    return example === undefined ? null : { from: own, reward: { kind: "gift", product: [example.product] } };
  }
  const off = reward.amounts[currency];
  return off === undefined ? null : { from: own, reward: { kind: "amount-off", amounts: { [currency]: off } } };
}
