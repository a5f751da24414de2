import { gid } from "../../domain/ids.ts";
import type { ChosenOffer } from "../../domain/offers/types/bought-together/chosen-offer.ts";
import type { FewOrdersView } from "../../views/home-view.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readPreviewProducts, readSellable } from "../../persistence/offers/preview-products.ts";
import { chooseOffers, readShopEvidence } from "../publishing/choose-offers.ts";

/**
 * What a shop whose orders support no suggestion yet can do: how many more orders the closest pair would take, as far
 * as that can be estimated, and its best sellers, to pin by hand.
 */
export async function fewOrders(tx: ShopTransaction, now: Date): Promise<FewOrdersView> {
  const ids = await readSellable(tx);
  const triggers = ids.map((id) => gid("Product", id));
  const evidence = await readShopEvidence(tx, now, triggers);
  const offers = await chooseOffers(tx, evidence, triggers);
  const missing = offers.flatMap((offer) => shopOrdersMissing(offer, evidence.baskets));
  return {
    ordersMissing: missing.length === 0 ? null : Math.min(...missing),
    bestSellers: (await readPreviewProducts(tx, ids)).map(({ id, title }) => ({
      title,
      orders: evidence.basketCounts.get(gid("Product", String(id))) ?? 0,
    })),
  };
}

/**
 * Orders of the whole shop until a product's closest pair has enough, if its orders stay as they are; empty where
 * unknown.
 */
function shopOrdersMissing({ considered, ordersMissing }: ChosenOffer, orders: number): number[] {
  const together = Math.max(0, ...considered.map(({ own }) => own.pair.together));
  const ofPair = ordersMissing();
  return ofPair === null || together === 0 ? [] : [Math.ceil((ofPair * orders) / together)];
}
