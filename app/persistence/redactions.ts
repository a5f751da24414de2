import type { Database } from "./database.ts";
import type { ShopTransaction } from "./in-shop.ts";

export type RedactionKind = "customer" | "shop" | "data-request" | "uninstall";

/** Notes that a redaction was carried out: proof that outlives the shop, with nothing in it that names anyone. */
export async function recordRedaction(
  database: Database,
  redaction: { shopHash: string; kind: RedactionKind; rows: number; doneAt: Date },
): Promise<void> {
  await database.prisma.redaction.create({ data: redaction });
}

/** Takes a customer's pseudonym off their orders and baskets. The orders stay: they name nobody. */
export async function forgetCustomer(tx: ShopTransaction, customerKey: string): Promise<number> {
  const where = { shop: tx.shop, customerKey };
  const data = { customerKey: null };
  const orders = await tx.db.order.updateMany({ where, data });
  const baskets = await tx.db.basket.updateMany({ where, data });
  return orders.count + baskets.count;
}
