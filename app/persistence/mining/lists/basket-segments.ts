import type { OrderFacts } from "../../../domain/mining/segments/order-segments.ts";
import type { ShopStream } from "../../database/in-shop.ts";

// Revenue in a currency that is not the shop's any more cannot be compared with the rest.
const DECLARE = `
  DECLARE basket_facts NO SCROLL CURSOR FOR
  SELECT b.channel, o.presentment_currency, CASE WHEN o.currency = s.currency THEN o.net_minor::float8 END
  FROM baskets b JOIN shops s ON s.domain = b.shop LEFT JOIN orders o USING (shop, order_id)
  WHERE b.shop = $1 ORDER BY b.at, b.order_id::text COLLATE "C"`;
const FETCH_SIZE = 20_000;

/**
 * What is known of each basket's order, in the order in which `BasketTable` has them: by time, then by the order's
 * number as text. A batch at a time in memory.
 */
export async function readOrderFacts(tx: ShopStream): Promise<OrderFacts> {
  const channel: (string | null)[] = [];
  const currency: (string | null)[] = [];
  const revenue: number[] = [];
  // The same few texts come again and again.
  const texts = new Map<string, string>();
  const once = (text: string | null) => {
    if (text === null) return null;
    const known = texts.get(text) ?? text;
    texts.set(text, known);
    return known;
  };
  await tx.client.query(DECLARE, [tx.shop]);
  for (;;) {
    const { rows } = await tx.client.query<[string, string | null, number | null]>({
      text: `FETCH ${FETCH_SIZE} FROM basket_facts`,
      rowMode: "array",
    });
    for (const [where, paidIn, minor] of rows) {
      channel.push(once(where));
      currency.push(once(paidIn));
      revenue.push(minor ?? NaN);
    }
    if (rows.length < FETCH_SIZE) break;
  }
  await tx.client.query("CLOSE basket_facts");
  return { channel, currency, revenueMinor: Float64Array.from(revenue) };
}
