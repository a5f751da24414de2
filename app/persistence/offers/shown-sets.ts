import { bareNumber, gid, type ProductId } from "../../domain/ids.ts";
import { parseOfferId } from "../../domain/offers/offer-id.ts";
import { parseProductOffer, type PublishedOffer } from "../../domain/offers/types/bought-together/published.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";
import { BOUGHT_TOGETHER, REFUSED } from "../publishing/published.ts";

/** Sets that are read: those of the best sellers. */
const MOST_SETS = 500;

/**
 * The sets that shoppers see, as Shopify holds them, by the product that each is shown with, best sellers first: all of the
 * shop, those of some products, or those of the offer with a number.
 */
export async function readShownSets(
  tx: ShopTransaction,
  of: { readonly products: readonly ProductId[] } | { readonly offer: number } | "all",
): Promise<Map<ProductId, PublishedOffer>> {
  const owners = of !== "all" && "products" in of ? `{${of.products.map(bareNumber).join(",")}}` : null;
  const number = of !== "all" && "offer" in of ? of.offer : null;
  const rows = await selectSql<{ product: string; offer: string }>(
    tx,
    `SELECT p.product_id::text AS product, o.value AS offer FROM published o
     JOIN products p ON p.shop = o.shop AND o.owner_id = 'gid://shopify/Product/' || p.product_id
     LEFT JOIN associations a ON a.shop = p.shop AND a.product_id = p.product_id
     WHERE o.shop = $1 AND o.key = 'offers' AND strpos(o.value, $2) > 0 AND NOT starts_with(o.digest, $3)
       AND ($4::text IS NULL OR p.product_id IN (SELECT unnest($4::text::bigint[])))
     ORDER BY a.baskets DESC NULLS LAST, p.product_id LIMIT ${MOST_SETS}`,
    ...[tx.shop, BOUGHT_TOGETHER, REFUSED, owners],
  );
  const isOfOther = (id: string) => {
    const named = parseOfferId(id);
    return number !== null && (named?.kind !== "offer" || named.number !== number);
  };
  return new Map(
    rows.flatMap(({ product, offer }): [ProductId, PublishedOffer][] => {
      const read = parseProductOffer(offer, null, isOfOther);
      return read === null ? [] : [[gid("Product", product), read]];
    }),
  );
}
