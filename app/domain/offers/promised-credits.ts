import { type BareId, bareNumber, type ProductId } from "../ids.ts";
import { entriesOfType, readEnvelope } from "../publishing/envelope.ts";
import { type CreditTerms, STORE_CREDIT } from "../store-credit/terms.ts";
import { parseOfferId } from "./offer-id.ts";
import { type PublishedOffer, readEntry } from "./types/bought-together/published.ts";

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
  return entriesOfType(entries, "bought-together", readEntry).flatMap((entry) => creditOf(product, entry) ?? []);
}

function creditOf(product: ProductId, { id, setReward, companions, set }: PublishedOffer): PromisedCredit | null {
  const named = parseOfferId(id);
  if (setReward?.kind !== STORE_CREDIT || named?.kind !== "offer" || named.number === null) return null;
  const others = companions.slice(0, set).map((one) => one.product);
  return { offerNumber: named.number, product: bareNumber(product), companions: others, terms: setReward };
}
