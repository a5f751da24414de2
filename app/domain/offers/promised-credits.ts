import { type BareId, bareNumber, type ProductId } from "../ids.ts";
import { entriesOfType, readEnvelope } from "../publishing/envelope.ts";
import type { CreditTerms } from "../store-credit/terms.ts";
import { parseOfferId } from "./offer-id.ts";
import { creditOf, type PublishedOffer, readEntry } from "./types/bought-together/published.ts";

/** What an envelope promises for the order that has a whole set of it. */
export interface PromisedCredit {
  readonly offerNumber: number;
  readonly product: BareId;
  readonly companions: readonly BareId[];
  readonly terms: CreditTerms;
}

/**
 * The store credit that a product's envelope promises. An entry that is for some shoppers promises none: which of them made
 * an order nobody could tell later. Nothing for a value that is no envelope.
 */
export function promisedCredits(product: ProductId, envelope: unknown): PromisedCredit[] {
  const entries = readEnvelope(envelope).filter(({ tests }) => tests === undefined);
  return entriesOfType(entries, "bought-together", readEntry).flatMap((entry) => promiseOf(product, entry) ?? []);
}

function promiseOf(product: ProductId, entry: PublishedOffer): PromisedCredit | null {
  const [named, credit] = [parseOfferId(entry.id), creditOf(entry)];
  if (credit === null || named?.kind !== "offer" || named.number === null) return null;
  return { offerNumber: named.number, product: bareNumber(product), ...credit };
}
