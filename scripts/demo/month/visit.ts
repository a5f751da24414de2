// What is known of the demo's simulated shoppers: what they are shown, what they do, and what they order.
import type { Pair } from "../../../app/domain/measurement/experiments/assigned-arms.ts";
import { HOLDOUT_NUMBER, type PublishedSplit } from "../../../app/domain/measurement/experiments/published-split.ts";
import type { SentVisit } from "../../../app/domain/measurement/visit.ts";
import type { DevOrder } from "../../../test/dev-store/shop/state.ts";

/** Milliseconds that a page view takes. */
export const PAGE_MS = 40_000;

/** The bought-together offers that shoppers are split between; whoever is not split is shown the first. */
export interface ShownSet {
  readonly number: number;
  /** How many companions it shows. */
  readonly size: number;
}

/** What the shop shows at the time, and to whom. */
export interface Shown {
  /** As the theme reads it; null where nobody is split. */
  readonly split: PublishedSplit | null;
  /** The experiment between the sets; null before there is one. */
  readonly experiment: number | null;
  readonly sets: readonly ShownSet[];
  /** Number of the goal. */
  readonly goal: number;
  /** What is listed with each product, the best first. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** What one of a product is bought as. */
  readonly lines: ReadonlyMap<string, DraftLine>;
}

export type DraftLine = Omit<DevOrder["lines"][number], "id" | "currentQuantity">;

/** A page of a visit, and what its visitor did with what it shows of an offer. */
export interface PageView {
  readonly kind: "home" | "product" | "cart";
  /** "0" for a page of no product. */
  readonly product: string;
  /** What it shows, by the claim of what is added from it; a shopper who is held out is shown nothing. */
  readonly claims: readonly string[];
  readonly seen: boolean;
  readonly clicked: boolean;
  /** The product that was added from the first of the claims. */
  readonly added: string | null;
}

/** What happens to an order after it was placed. Lines by their place. */
export interface Change {
  readonly at: number;
  readonly kind: "refund" | "cancel";
  readonly lines: readonly { readonly place: number; readonly quantity: number }[];
  readonly withoutLinesMinor: number;
}

/** An order as it is to be placed. */
export interface Sale {
  readonly at: number;
  readonly order: DevOrder;
  readonly lines: readonly DraftLine[];
  /** Whether the checkout takes off what it takes off; otherwise its discounts stay as they are. */
  readonly priced: boolean;
  readonly changes: readonly Change[];
  /** Whether it would not have been placed without offers. */
  readonly isExtra: boolean;
}

export interface Visit {
  readonly visitor: string;
  readonly consents: boolean;
  readonly arms: readonly Pair[];
  readonly began: SentVisit;
  readonly at: number;
  readonly pages: readonly PageView[];
  /** What the visit ends with; null where nothing is bought. */
  readonly sale: Sale | null;
  /** What was chosen on the thank-you page about the offer of the first claim. */
  readonly answers: readonly { readonly question: "helpful" | "reason" | "recommend"; readonly answer: string }[];
}

/** Whether a shopper is shown offers. */
export function isShown(arms: readonly Pair[]): boolean {
  return !arms.some(([experiment, arm]) => experiment === HOLDOUT_NUMBER && arm === 0);
}
