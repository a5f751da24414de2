import { orderFileBytes } from "../../app/cli/order-file-bytes.ts";
import type { CatalogueItem } from "../../app/domain/mining/catalogue-item.ts";
import { OrderFileReader } from "../../app/domain/orders/order-file.ts";

/** What an order file says of its products: the first title and category, the median price. */
export async function readCatalogue(path: string): Promise<CatalogueItem[]> {
  const found = new Map<string, { title: string; category: string; prices: number[] }>();
  const reader = new OrderFileReader({
    onLine: ({ itemId, title, category, price }) => {
      let product = found.get(itemId);
      if (product === undefined) found.set(itemId, (product = { title: "", category: "", prices: [] }));
      product.title ||= title;
      product.category ||= category;
      if (price !== null && price > 0) product.prices.push(price);
    },
    onProblem: () => {},
  });
  for await (const chunk of orderFileBytes(path)) reader.push(chunk);
  reader.end();
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
