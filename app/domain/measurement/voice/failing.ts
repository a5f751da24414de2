import { shareEvidence } from "../../statistics/any-look-share.ts";
import { shareExcessPValue, type Stratum } from "../../statistics/share-excess.ts";

/** Below so many customers an offer is not judged. */
export const LEAST_CUSTOMERS = 30;
/** An offer is disliked where surely more than this share of those who answer say that it was not helpful. */
export const MOST_NO = 0.6;
/** How rarely that may be wrong where just that share says no, however often one looks. */
const ALPHA_DISLIKED = 0.01;
/** It is sent back where the odds of a return surely are more than this many times those of the same products otherwise. */
export const MOST_RETURN_RATIO = 1.5;
/** How rarely one look may be wrong where they are just that. Where they are equal, it is wrong almost never. */
const ALPHA_SENT_BACK = 1e-3;
/** Days after an order in which what is sent back counts; orders count once they are that old. */
export const RETURN_DAYS = 30;

/** How customers answered whether an offer was helpful. */
export interface HelpfulCount {
  readonly answers: number;
  readonly no: number;
}

/**
 * How often one product was sent back: of orders in which it came through the offer (the first such line of each), and of
 * lines of orders in which nothing came through any offer.
 */
export interface ReturnsOfProduct {
  readonly through: number;
  readonly throughReturned: number;
  readonly others: number;
  readonly othersReturned: number;
}

/** What an offer is judged by. */
export interface OfferRecord {
  readonly helpful: HelpfulCount;
  readonly returns: readonly ReturnsOfProduct[];
}

/** Why an offer should not run as it is. */
export type Failing =
  | { readonly code: "disliked"; readonly answers: number; readonly no: number }
  | {
      readonly code: "sent-back";
      /** Orders through the offer, of products that were bought without it as well. */
      readonly orders: number;
      readonly returned: number;
      /** Share of those orders that would have been sent back if they were like the others. */
      readonly usual: number;
    };

/** Whether customers surely dislike what an offer suggests, or surely send it back; null where nobody can say so. */
export function failingOf({ helpful, returns }: OfferRecord): Failing | null {
  const { answers, no } = helpful;
  if (answers >= LEAST_CUSTOMERS && shareEvidence(no, answers, MOST_NO) >= 1 / ALPHA_DISLIKED) {
    return { code: "disliked", answers, no };
  }
  const compared = returns.filter(({ through, others }) => through > 0 && others > 0);
  const orders = sum(compared.map(({ through }) => through));
  const others = sum(compared.map((one) => one.others));
  if (orders < LEAST_CUSTOMERS || others < LEAST_CUSTOMERS) return null;
  if (shareExcessPValue(compared.map(toStratum), MOST_RETURN_RATIO) >= ALPHA_SENT_BACK) return null;
  const expected = sum(compared.map((one) => (one.through * one.othersReturned) / one.others));
  const returned = sum(compared.map(({ throughReturned }) => throughReturned));
  return { code: "sent-back", orders, returned, usual: expected / orders };
}

function toStratum({ through, throughReturned, others, othersReturned }: ReturnsOfProduct): Stratum {
  return { hits: throughReturned, trials: through, otherHits: othersReturned, otherTrials: others };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
