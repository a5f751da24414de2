import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import { storefrontEntry } from "../../domain/offers/types/goal/published.ts";
import type { GoalTier } from "../../domain/offers/types/goal/tiers.ts";
import { giftsOf } from "../../domain/offers/types/goal/published.ts";
import { EMPTY_PREVIEW, type NamedProducts, type PreviewCompanion, type PreviewOf } from "../preview.ts";

type Config = ConfigOf<"goal">;

/** How full the example's cart is, in percent of the next amount. */
const CART_PERCENT = 60;

export const goalGifts: NamedProducts<Config> = ({ tiers }) => giftsOf(tiers);

/**
 * The bar over a cart that is not at its first amount yet, and over one that has just reached each of them. An example
 * product stands for a gift that is not chosen yet.
 */
export const previewGoal: PreviewOf<Config> = ({ config }, { currency, companions }) => {
  const shipping = config.amounts[currency];
  const tiers = config.tiers.flatMap((tier, place) => tierIn(tier, currency, companions[place]) ?? []);
  const reached = [...new Set([shipping ?? [], ...tiers.map(({ from }) => from[currency] ?? [])].flat())];
  const rising = reached.toSorted((a, b) => a - b);
  if (rising[0] === undefined) return EMPTY_PREVIEW;
  const amounts: Record<string, number> = shipping === undefined ? {} : { [currency]: shipping };
  return {
    ...EMPTY_PREVIEW,
    blocks: ["goal-bar"],
    shopEntries: [storefrontEntry("goal", { amounts, countries: null, tiers })],
    cartMinor: Math.floor((rising[0] * CART_PERCENT) / 100),
    moreCartsMinor: rising,
  };
};

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
