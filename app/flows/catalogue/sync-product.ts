import type { ProductId, ShopDomain } from "../../domain/ids.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { markProductDeleted, readCatalogue, saveFetchedProduct } from "../../persistence/catalogue/products.ts";
import { readConditionFacts } from "../../persistence/offers/condition-facts.ts";
import { findShop, shopStays } from "../../persistence/shop/shops.ts";
import { markAffectedDue, markPublishDue } from "../../persistence/publishing/publish-due.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../../queue/enqueue.ts";

/** Takes in one product as Shopify has it now: its price, stock and place in the shop decide whether it is offered. */
export async function syncProduct(
  shop: ShopDomain,
  id: ProductId,
  context: FlowContext,
): Promise<{ code: "stored" | "deleted" | "unknown-shop" }> {
  const known = await inShop(context.database, shop, findShop);
  if (known === null) return { code: "unknown-shop" };
  const fetched = await context.gateway.product(shop, id, known.currency);
  if (fetched === null) return deleteProduct(shop, id, context);
  await inShop(context.database, shop, async (tx) => {
    if (!(await shopStays(tx))) return;
    const before = await readOfferable(tx, id);
    await saveFetchedProduct(tx, fetched);
    // Most changes are of a stock that stays above nothing: they concern no offer but the product's own.
    if ((await readOfferable(tx, id)) === before) await markPublishDue(tx, [id]);
    else await markAffectedDue(tx, [id]);
    await enqueue(tx, "publish-offers");
  });
  return { code: "stored" };
}

/** Takes note that a product is gone. Its orders stay evidence; it is never offered again. */
export async function deleteProduct(
  shop: ShopDomain,
  id: ProductId,
  context: FlowContext,
): Promise<{ code: "deleted" }> {
  await inShop(context.database, shop, async (tx) => {
    await markProductDeleted(tx, id, context.now());
    if ((await findShop(tx)) === null) return;
    await markAffectedDue(tx, [id]);
    await enqueue(tx, "publish-offers");
  });
  return { code: "deleted" };
}

/** What decides whether other products are offered with this one, as a text. */
async function readOfferable(tx: ShopTransaction, id: ProductId): Promise<string> {
  const entry = (await readCatalogue(tx, [id])).get(id);
  if (entry === undefined) return "absent";
  const { published, inStock, isGiftCard, isBundle, priceMinor, costShare } = entry;
  // What goes only with what is stated by tags and collections as well.
  const { tags = [], collections = [] } = (await readConditionFacts(tx, [id])).get(id) ?? {};
  return JSON.stringify([published, inStock, isGiftCard, isBundle, priceMinor, costShare, tags, collections]);
}
