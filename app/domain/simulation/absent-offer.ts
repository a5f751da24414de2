import type { ConditionFacts } from "../offers/conditions/condition.ts";
import { conditionsHold } from "../offers/conditions/conditions.ts";
import type { Offer } from "../offers/offer.ts";
import type { OfferStatus } from "../offers/offer.ts";
import type { ShopperFacts } from "../pricing/buyer-facts.ts";
import { type UnmetCondition, unmetConditions } from "../offers/shopper-conditions/unmet-conditions.ts";
import { scheduleState } from "../offers/schedule.ts";

/** Why an offer has no part in a cart: no product of the cart carries anything of it. */
export type Absence =
  /** Not for this shopper: the kinds of conditions that are not met, "business" and "counter" for the two switches. */
  | { readonly code: "other-shoppers"; readonly conditions: readonly UnmetCondition[] }
  | { readonly code: "draft" | "paused" | "scheduled" | "ended" | "unusable" }
  | { readonly code: "not-for-these-products" }
  /** An experiment gives another arm of it than the cart's what it gives. */
  | { readonly code: "other-arm" }
  /** Another offer of its type is shown with the products that it is for. */
  | { readonly code: "outranked"; readonly by: number }
  /** It gives no discount: it only suggests. */
  | { readonly code: "no-discount" }
  /** Nothing is chosen for the products that it could be shown with. */
  | { readonly code: "nothing-to-offer" }
  /** It runs, and Shopify does not hold it yet. */
  | { readonly code: "not-published" };

/** What is known of a cart and its moment. */
export interface AbsenceFacts {
  readonly now: Date;
  readonly timezone: string;
  /** Numbers of offers that are taken as if they were active. */
  readonly included: readonly number[];
  /** What conditions ask about the products in the cart. */
  readonly products: readonly ConditionFacts[];
  /** The offers that run, by priority. */
  readonly running: readonly Offer[];
  readonly shopper: ShopperFacts;
  /** Offers that experiments keep from the cart's arms. */
  readonly ofOtherArms: ReadonlySet<number>;
  /** Offers of which products of the cart carry an entry, whether or not it gives a discount. */
  readonly carried: ReadonlySet<number>;
  /** Whether entries are as Shopify holds them; otherwise they are compiled for this cart. */
  readonly asPublished: boolean;
}

/** Why an offer that could be on products has nothing to do with any in the cart. Null for one that is archived. */
export function absenceOf(
  { offer, number, status }: { readonly offer: Offer | null; readonly number: number; readonly status: OfferStatus },
  facts: AbsenceFacts,
): Absence | null {
  if (status === "archived") return null;
  const isIncluded = facts.included.includes(number);
  if (status !== "active" && !isIncluded) return { code: status };
  if (offer === null) return { code: "unusable" };
  const schedule = isIncluded ? "running" : scheduleState(offer.schedule, facts.now, facts.timezone);
  if (schedule !== "running") return { code: schedule === "ahead" ? "scheduled" : "ended" };
  if (facts.ofOtherArms.has(number)) return { code: "other-arm" };
  const conditions = unmetConditions(offer.audience, facts.shopper);
  if (conditions !== null) return { code: "other-shoppers", conditions };
  if (facts.carried.has(number)) return { code: "no-discount" };
  const fitting = facts.products.filter((product) => conditionsHold(offer.conditions, product) === true);
  if (fitting.length === 0) return { code: "not-for-these-products" };
  const first = fitting.map((product) => facts.running.find((one) => isShownWith(one, offer, product, facts)));
  const other = first.find((one) => one !== undefined && one.number !== number);
  if (other !== undefined && first.every((one) => one?.number !== number))
    return { code: "outranked", by: other.number };
  return { code: facts.asPublished ? "not-published" : "nothing-to-offer" };
}

function isShownWith(one: Offer, { type }: Offer, product: ConditionFacts, { shopper }: AbsenceFacts): boolean {
  const isFor = one.type === type && unmetConditions(one.audience, shopper) === null;
  return isFor && conditionsHold(one.conditions, product) === true;
}
