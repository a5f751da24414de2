import { bareNumber, type ProductId } from "../ids.ts";
import { isBasisPoints } from "../money/basis-points.ts";
import { toHundredths } from "../money/hundredths.ts";
import { money } from "../money/money.ts";
import {
  type GoalAmounts,
  LISTED_COMPANIONS,
  OFFER_BYTES,
  OFFER_COMPANIONS,
  type PolicyMessages,
  PUBLISHED_VERSION,
  type PublishedCheckout,
  type PublishedOffer,
  type PublishedPolicy,
  type PublishedStorefront,
  SET_SIZE,
} from "./published.ts";

/** An offer before it is published. */
export interface ProductOfferDraft {
  readonly product: ProductId;
  /** 0 to 10,000. */
  readonly discountBasisPoints: number;
  /** How many companions the set shows, 1 to 3. */
  readonly setSize: number;
  /** Whether the companions are those of similar products: nobody has bought them with this one yet. */
  readonly similar?: boolean;
  /** Best first. Every one of them is worth showing: what the gate refused is not among them. */
  readonly companions: readonly { readonly product: ProductId; readonly weight: number }[];
}

/** Two metafield values of one product, ready for `metafieldsSet`. */
export interface CompiledOffer {
  /** Value of the `companions` metafield: a JSON list of product ids. */
  readonly companions: string;
  /** Value of the `offer` metafield. */
  readonly offer: string;
  /** Companions left out because of the limits. */
  readonly dropped: number;
}

/** What discounts are called at checkout, by language. */
export const POLICY_MESSAGES: Readonly<Record<string, PolicyMessages>> = {
  en: { set: "Bought together", shipping: "Free shipping" },
  ja: { set: "ついで買い割引", shipping: "送料無料" },
};

/** The id of a product's bought-together offer, as the `_tsuide` line property names it. */
export function boughtTogetherOfferId(product: ProductId): string {
  return `bt-${bareNumber(product)}`;
}

/**
 * Compiles one product's offer. The product itself and repeated companions are left out, then what exceeds 24
 * companions or 10,000 bytes is dropped from the tail. Null where nothing is left to offer: the metafields are
 * then to be deleted. Throws for a discount or a set size out of range.
 */
export function compileProductOffer(draft: ProductOfferDraft): CompiledOffer | null {
  if (!isBasisPoints(draft.discountBasisPoints)) throw new Error(`Not basis points: ${draft.discountBasisPoints}`);
  if (!Number.isInteger(draft.setSize) || draft.setSize < 1 || draft.setSize > SET_SIZE) {
    throw new Error(`Not a set size: ${draft.setSize}`);
  }
  const distinct = new Map(draft.companions.toReversed().map((companion) => [companion.product, companion]));
  distinct.delete(draft.product);
  const worthy = draft.companions.filter((companion) => distinct.get(companion.product) === companion);
  if (worthy.length === 0) return null;
  let kept = worthy.slice(0, OFFER_COMPANIONS);
  let offer = offerJson(draft, kept);
  while (byteLength(offer) >= OFFER_BYTES) {
    kept = kept.slice(0, -1);
    offer = offerJson(draft, kept);
  }
  return {
    companions: JSON.stringify(kept.slice(0, LISTED_COMPANIONS).map((companion) => companion.product)),
    offer,
    dropped: worthy.length - kept.length,
  };
}

/** The Function's policy. `goal` null: no free shipping. Throws for an amount that is no positive integer. */
export function compilePolicy(policy: {
  sets: boolean;
  goal: GoalAmounts | null;
  messages?: Readonly<Record<string, PolicyMessages>>;
}): string {
  const published: PublishedPolicy = {
    version: PUBLISHED_VERSION,
    sets: policy.sets,
    goal: checkedGoal(policy.goal),
    messages: policy.messages ?? POLICY_MESSAGES,
  };
  return JSON.stringify(published);
}

/** What theme blocks read. `enabled` false hides every block at once. */
export function compileStorefront(storefront: { enabled: boolean; goal: GoalAmounts | null }): string {
  const goalMinor = checkedGoal(storefront.goal);
  const goal = goalMinor && mapAmounts(goalMinor, (minor, currency) => toHundredths(money(minor, currency)));
  const published: PublishedStorefront = { version: PUBLISHED_VERSION, enabled: storefront.enabled, goal, goalMinor };
  return JSON.stringify(published);
}

/** What the checkout extension reads. */
export function compileCheckout(checkout: { goal: GoalAmounts | null }): string {
  const published: PublishedCheckout = { version: PUBLISHED_VERSION, goal: checkedGoal(checkout.goal) };
  return JSON.stringify(published);
}

function offerJson(draft: ProductOfferDraft, companions: ProductOfferDraft["companions"]): string {
  const published: PublishedOffer = {
    version: PUBLISHED_VERSION,
    id: boughtTogetherOfferId(draft.product),
    discountBasisPoints: draft.discountBasisPoints,
    set: Math.min(draft.setSize, companions.length),
    ...(draft.similar === true ? { similar: true } : {}),
    companions: companions.map(({ product, weight }) => ({
      product: bareNumber(product),
      weight: Number(Math.max(weight, 0).toPrecision(4)),
    })),
  };
  return JSON.stringify(published);
}

/** Currencies in alphabetical order, so that the same goal compiles to the same text. */
function checkedGoal(goal: GoalAmounts | null): GoalAmounts | null {
  if (goal === null || Object.keys(goal).length === 0) return null;
  return mapAmounts(goal, (minor, currency) => {
    if (minor <= 0) throw new Error(`Not a goal amount: ${minor} ${currency}`);
    return money(minor, currency).amountMinor;
  });
}

function mapAmounts(amounts: GoalAmounts, change: (minor: number, currency: string) => number): GoalAmounts {
  return Object.fromEntries(
    Object.keys(amounts)
      .sort()
      .map((currency) => [currency, change(amounts[currency]!, currency)]),
  );
}

/** Ids, numbers and our own keys are ASCII, so every character of an offer is one byte. */
function byteLength(ascii: string): number {
  return ascii.length;
}
