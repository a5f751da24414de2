import type { ProductId } from "../ids.ts";
import type { Month } from "../mining/lists/seasons.ts";
import type { OfferContent } from "../offers/offer.ts";
import type { OfferTypeName } from "../offers/offer-type-name.ts";
import type { PlaybookFacts } from "./facts.ts";

/** The ready-made offers, in the order in which they choose their products. */
export const PLAYBOOK_NAMES = [
  "season-set",
  "set-of-three",
  "accessory-price",
  "pair",
  "buy-and-get",
  "clear-stock",
  "several-at-once",
  "stock-up",
  "upgrade",
  "small-extra",
  "shipping-goal",
] as const;
export type PlaybookName = (typeof PLAYBOOK_NAMES)[number];

/** Why an offer is proposed, in figures; pages word it. `first`, `second` and so on are the proposal's products. */
export type ProposalReason =
  /** Orders with both, and orders with the first. */
  | { readonly code: "pair"; readonly together: number; readonly orders: number }
  /** Orders of the first with the second, and with the third. */
  | { readonly code: "three"; readonly withSecond: number; readonly withThird: number; readonly orders: number }
  | {
      readonly code: "season";
      readonly together: number;
      readonly inSeason: number;
      readonly years: number;
      readonly months: readonly Month[];
    }
  | { readonly code: "slow"; readonly recent: number; readonly expected: number; readonly partnerRecent: number }
  /** Orders that took several units, of all that took any, and how many units most of these took. */
  | { readonly code: "several"; readonly several: number; readonly orders: number; readonly usual: number }
  | { readonly code: "repeat"; readonly customers: number; readonly repeatShare: number; readonly days: number }
  /** Customers who moved on from the first to the second, and pairs beside this one. */
  | { readonly code: "moved"; readonly customers: number; readonly others: number }
  /** Orders in which the first was bought with one of so many products. */
  | { readonly code: "extra"; readonly together: number; readonly products: number }
  /** Half of the orders cost less than `medianMinor`; `share` of them cost more than that and less than the goal. */
  | { readonly code: "near-goal"; readonly goalMinor: number; readonly medianMinor: number; readonly share: number }
  /** As `near-goal`; the shop's own rates ship for free from the goal on. */
  | { readonly code: "own-rate"; readonly goalMinor: number; readonly medianMinor: number; readonly share: number };

/** What a person should know before an offer is published. */
export type ProposalCheck =
  /** What the offer gives in a month at most, if orders stay as they are. */
  | { readonly code: "cost"; readonly monthlyMinor: number }
  /** What is left of the prices after cost and discount, of the product of which it is least. */
  | { readonly code: "margin"; readonly leftPercent: number }
  | { readonly code: "cost-unknown"; readonly products: readonly ProductId[] }
  /** Orders that reach the goal already ship for free as well: the share of them. */
  | { readonly code: "already-reach"; readonly share: number }
  /** The shop's rates say nothing of it yet: shipping from the goal on is at the shop's own cost. */
  | { readonly code: "shipping-cost" }
  /** Prices are set in the shop's currency only. */
  | { readonly code: "other-currencies" }
  /** What an add-on or an upgrade costs is the product's own price: nothing is given. */
  | { readonly code: "no-discount" };

/** A complete offer that a shop may publish as it is, with the reason for it. */
export interface Proposal {
  /** Names it within its shop for as long as it is about the same products: what is dismissed stays dismissed. */
  readonly id: string;
  readonly playbook: PlaybookName;
  readonly type: OfferTypeName;
  /** Active: saving it publishes it. */
  readonly content: OfferContent;
  /** A draft of the shop that it fills in; null where a new offer is to be made. */
  readonly draft: number | null;
  /** What it is about, for pictures and words. */
  readonly products: readonly ProductId[];
  readonly reason: ProposalReason;
  readonly checks: readonly ProposalCheck[];
  /** Orders that support it: of proposals of one playbook those with more come first. */
  readonly weight: number;
}

/** Whether an earlier playbook proposes two products together, or a person dismissed that; whichever comes first. */
export type IsTaken = (one: ProductId, other: ProductId) => boolean;

/** A ready-made offer. Pure: the same facts give the same proposals, and each is an offer that can be saved as it is. */
export interface Playbook {
  readonly name: PlaybookName;
  /** What it would propose, the best first; none where the evidence is not enough or an offer covers it already. */
  propose(this: void, facts: PlaybookFacts, isTaken: IsTaken): Proposal[];
}
