import type { ShopTransaction } from "../database/in-shop.ts";

export interface Delivery {
  readonly webhookId: string;
  readonly topic: string;
  readonly eventId: string | null;
  readonly triggeredAt: Date | null;
}

/** Stores that a delivery came. False where it came before: Shopify delivers at least once. */
export async function recordDelivery(tx: ShopTransaction, delivery: Delivery, receivedAt: Date): Promise<boolean> {
  const { count } = await tx.db.webhookDelivery.createMany({
    data: [{ shop: tx.shop, ...delivery, receivedAt }],
    skipDuplicates: true,
  });
  return count === 1;
}

/** Forgets deliveries that Shopify no longer repeats. */
export async function forgetDeliveries(tx: ShopTransaction, before: Date): Promise<void> {
  await tx.db.webhookDelivery.deleteMany({ where: { shop: tx.shop, receivedAt: { lt: before } } });
}
