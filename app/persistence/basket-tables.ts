import { BasketTableBuilder, type BasketTable } from "../domain/mining/basket-table.ts";
import type { ShopStream } from "./in-shop.ts";

/** All stored baskets of the shop, as the miner reads them. */
export async function readBasketTable(tx: ShopStream): Promise<BasketTable> {
  const builder = new BasketTableBuilder();
  const { rows } = await tx.client.query<[string, number, string | null, string]>({
    text: `SELECT order_id::text, extract(epoch FROM at)::float8 * 1000, customer_key, array_to_string(products, ',')
           FROM baskets WHERE shop = $1`,
    values: [tx.shop],
    rowMode: "array",
  });
  for (const [order, at, customer, products] of rows) {
    for (const product of products.split(",")) builder.add(order, customer, at, product);
  }
  return builder.build();
}
