import { readOrders } from "../../app/cli/read-orders.ts";
import type { CatalogueItem } from "../../app/domain/catalogue/catalogue-item.ts";

/** What an order file says of its products: the first title and category, the median price. */
export async function readCatalogue(path: string): Promise<CatalogueItem[]> {
  const found = new Map<string, { title: string; category: string; prices: number[] }>();
  const book = await readOrders([path]);
  for (const { itemId, title, category, unitPrice } of book.lines()) {
    let product = found.get(itemId);
    if (product === undefined) found.set(itemId, (product = { title: "", category: "", prices: [] }));
    product.title ||= title;
    product.category ||= category;
    if (unitPrice !== null && unitPrice > 0) product.prices.push(unitPrice / 10 ** book.amountDecimals);
  }
  return [...found].map(([id, { title, category, prices }]) => {
    const median = prices.sort((a, b) => a - b)[prices.length >> 1];
    const nothing = { vendor: null, tags: [], collections: [], attributes: [], refundedShare: null, marginShare: null };
    return {
      id,
      title,
      kind: category,
      priceMinor: median === undefined ? null : Math.round(median * 100),
      ...nothing,
    };
  });
}
