import { BasketTableBuilder, type BasketTable } from "../../app/domain/baskets/basket-table.ts";
import { generateShop } from "../dev-store/generator/generate-shop.ts";

/** The orders of the demo's English shop, as its seed gives them; what goes together in it was planted. */
export function demoBaskets(): BasketTable {
  const builder = new BasketTableBuilder();
  for (const order of generateShop({ locale: "en", seed: 1, now: Date.UTC(2026, 0, 1) }).orders.values()) {
    for (const { productId } of order.lines) {
      if (productId !== null) builder.add(order.id, order.customerId, order.processedAt, productId);
    }
  }
  return builder.build();
}
