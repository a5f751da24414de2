import { FIRST_OFFERS } from "../../domain/offers/first-offers.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { createOffer } from "../../persistence/offers/offer-changes.ts";
import { readOffers } from "../../persistence/offers/offer-rows.ts";

/** Makes the offers that every shop begins with, where it has none. */
export async function makeFirstOffers(tx: ShopTransaction, now: Date): Promise<void> {
  if ((await readOffers(tx)).length > 0) return;
  for (const { type, content } of FIRST_OFFERS) await createOffer(tx, type, content, now);
}
