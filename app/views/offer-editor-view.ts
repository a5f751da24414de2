import type { FreeRate } from "../domain/offers/free-rate.ts";
import type { OfferContent } from "../domain/offers/offer.ts";
import type { OfferState } from "../domain/offers/offer-state.ts";
import type { OfferTypeName } from "../domain/offers/offer-type-name.ts";
import type { OfferFault } from "../domain/offers/read-offer.ts";
import type { OfferMode } from "../domain/settings/modes.ts";
import type { FailingView } from "./failing-view.ts";
import type { ProposalView } from "./proposals-view.ts";

/** What the page of one offer shows. Its form follows from the type: see `contentShape` in `domain/offers/offer-types.ts`. */
export interface OfferEditorView {
  /** Null for an offer that is not stored yet. */
  stored: StoredOfferView | null;
  type: OfferTypeName;
  /** What the form begins with. What is invalid by now has its default there, and `fault` names it. */
  content: OfferContent;
  shop: { currency: string; currencies: string[]; timezone: string };
  /** The shop's own free shipping rates, where they could be read. */
  shippingRates: FreeRate[];
  /** For an upgrade offer: for how many products upgrades were found. Null before the first search, and for other types. */
  upgradesFound?: number | null;
  /** For a subscription offer: how many products can be subscribed to. */
  productsWithPlans?: number;
  /** Offers of the type that run and are for all shoppers and all products: others may never be shown behind one of them. */
  forAll?: { number: number; name: string; priority: number }[];
  /** The mode of offers that have none of their own. */
  shopMode: OfferMode;
  /** For a bundle: whether there can be one, and how far its product is. */
  bundle?: BundleView;
  /** Everything is off the storefront, by a person's word. */
  paused: boolean;
  /** What the form is filled in with; absent where it begins as `content`. */
  proposal?: { view: ProposalView; content: OfferContent };
}

/** What there is to know of a bundle beyond its offer. */
export interface BundleView {
  /** Whether Shopify lets the shop have bundles; null where it gave no answer. */
  eligible: boolean | null;
  /** Shopify's words about why not; null where it has none. */
  reason: string | null;
  /** `none`: there is no product yet. `making`: something is under way. `draft`: it is there, and not for sale. */
  state: "none" | "making" | "for-sale" | "draft";
  /** What Shopify refused; null for nothing. */
  fault: { code: "not-eligible" | "refused" | "deleted"; reason: string | null } | null;
  /** Whether a component no longer exists. */
  areComponentsGone: boolean;
}

export interface StoredOfferView {
  number: number;
  version: number;
  state: OfferState;
  changedAt: string;
  canUndo: boolean;
  fault: OfferFault | null;
  /** Ids of products that the conditions name and that are gone. */
  goneProducts: string[];
  /** That customers dislike it or send it back; null where they do not. */
  failing: FailingView | null;
  /** Running experiments that compare it. */
  experiments: { number: number; name: string }[];
}

/** Of an offer that only another release can show. */
export interface ForeignOfferView {
  stored: StoredOfferView;
  name: string;
  type: string;
}

/** Whether only another release can show an offer. */
export function isForeign(view: OfferEditorView | ForeignOfferView): view is ForeignOfferView {
  return !("content" in view);
}
