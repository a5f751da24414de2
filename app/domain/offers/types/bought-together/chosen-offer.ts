import type { PairCount } from "../../../baskets/product-counts.ts";
import type { ProductId } from "../../../ids.ts";
import type { EvidenceGrade, EvidenceStandard, GradedPair } from "../../../mining/evidence/association.ts";
import type { LearntCompanion, LearntList } from "../../../mining/lists/learnt-lists.ts";
import type { Month } from "../../../mining/lists/seasons.ts";
import type { SegmentList } from "../../../mining/segments/segment.ts";
import type { Segment } from "../../../shoppers/shopper.ts";
import type { Compatibility } from "../../compatibility/compatibility.ts";
import type { Exclusions } from "../../exclusion.ts";
import type { OfferMode } from "../../../settings/modes.ts";
import type { ChosenCompanion, OfferableProduct } from "./choose-companions.ts";
import type { CompanionLimits, LimitCode } from "./companion-limits.ts";
import type { SeasonNow } from "./season-now.ts";

/**
 * A person's decision about one companion of one product: `pin`, always offer it, `block`, never; `approve`, offer it where
 * the app offers nothing that nobody approved.
 */
export interface CompanionChoice {
  readonly trigger: ProductId;
  readonly companion: ProductId;
  readonly kind: "pin" | "approve" | "block";
}

/** What a decision needs to know of the shop as a whole; the same for every product. */
export interface ShopFacts {
  readonly settings: CompanionLimits & { readonly useCustomerHistory: boolean };
  readonly exclusions: Exclusions;
  readonly compatibility: Compatibility;
  readonly catalogue: ReadonlyMap<ProductId, OfferableProduct>;
  /** In how many orders each product was. */
  readonly basketCounts: ReadonlyMap<ProductId, number>;
  /** Orders of the shop that count. */
  readonly baskets: number;
  /** What chance alone would give in these orders, and the limits that the last run found. */
  readonly standard: EvidenceStandard;
  /** The month on the shop's own calendar. */
  readonly month: Month;
  /** The end of the 90 days that recent orders were counted in; null where shoppers do not see them. */
  readonly ordersUntil: Date | null;
}

/** In how many orders one product was, and with which companions, by bare id. */
export interface ProductOrders {
  readonly baskets: number;
  readonly companions: ReadonlyMap<string, PairCount>;
}

/** What a decision needs to know of one product. */
export interface ProductFacts {
  readonly product: ProductId;
  /** Only in automatic mode is anything offered that no person pinned. */
  readonly mode: OfferMode;
  /** How many companions its set shows. */
  readonly setSize: number;
  /** What its offer takes off each unit. */
  readonly discountBasisPoints: number;
  /** Its companions as they were learnt; null for none. */
  readonly list: LearntList | null;
  /**
   * True where only what is chosen matters. Listed companions that were in too few orders with the product to be chosen, which
   * are most, are then neither considered nor refused. Absent for false.
   */
  readonly onlyChosen?: boolean;
  /** Decisions of people about its companions, the earliest first. */
  readonly choices: readonly CompanionChoice[];
  /** The segments to decide for, in the order in which they are tried. */
  readonly segments: readonly SegmentList[];
  /** Orders of the product itself, and of the similar products that its list names. */
  readonly orders: ReadonlyMap<ProductId, ProductOrders>;
}

/** What the orders say about one companion, before any decision of a person. */
export interface CompanionEvidence {
  readonly product: ProductId;
  /** The orders with both. */
  readonly own: GradedPair;
  /** Of its own evidence, or the best among the similar products that it is taken from. */
  readonly grade: EvidenceGrade;
  /** What put it into the list; null where no ranking lists it. */
  readonly listed: LearntCompanion | null;
  /** Its place in the list, from 0; null where no ranking lists it. */
  readonly place: number | null;
  readonly season: SeasonNow;
  /** What the merchant set that keeps it back; null for nothing. */
  readonly limit: LimitCode | null;
  /** The similar products that it is taken from, with the evidence there; the most similar first. */
  readonly from: readonly { readonly product: ProductId; readonly own: GradedPair }[];
}

/** One companion that was considered, with its evidence and what people decided. */
export interface Considered extends CompanionEvidence {
  readonly pinned: boolean;
  readonly blocked: boolean;
  /** A person approved it, and the offer shows what people approve; false for a pin. */
  readonly approved: boolean;
  /** A person excluded it from being suggested with any product. */
  readonly excluded: boolean;
}

/** What one segment of shoppers is offered instead. */
export interface ChosenSegment extends Segment {
  readonly companions: readonly ChosenCompanion[];
}

/** The companions with enough evidence, best first, and the best grade among them. */
export interface SuggestedCompanions {
  readonly companions: readonly ProductId[];
  readonly grade: "strong" | "fair";
  /** See `proposed-companions.ts`; empty where nobody is asked. */
  readonly proposed: readonly ProductId[];
}

/** What is offered with one product, and everything that was considered for it. */
export interface ChosenOffer {
  readonly trigger: ProductId;
  readonly list: LearntList | null;
  readonly companions: readonly ChosenCompanion[];
  /** Segments with a list of their own, in the order in which they are tried. */
  readonly segments: readonly ChosenSegment[];
  /** Orders with both in the latest 90 days, for the companions whose number shoppers see. */
  readonly ordersShown: ReadonlyMap<ProductId, number>;
  /** Of all that was considered: what must not be offered with the product. */
  readonly refused: ReadonlySet<ProductId>;
  /** What is not among `companions` only because it is near-identical to one of them. */
  readonly nearIdentical: ReadonlySet<ProductId>;
  /** Pins first, then by their place in the list. */
  readonly considered: readonly Considered[];
  /** The companions with enough evidence, whatever people decided about them; null for none. */
  readonly suggested: SuggestedCompanions | null;
  /** See `orders-missing.ts`; computed when called. */
  readonly ordersMissing: () => number | null;
}
