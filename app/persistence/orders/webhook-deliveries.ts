import { bareNumber, type OrderId, type ShopDomain } from "../../domain/ids.ts";
import type { Database } from "../database/database.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import type { JobRow } from "../database/job-queue.ts";

/** What Shopify's headers say of a delivery. */
export interface Delivery {
  readonly shop: ShopDomain;
  /** The same for every attempt at one delivery. */
  readonly webhookId: string;
  readonly topic: string;
  /** The same for every delivery that one action of a person caused. */
  readonly eventId: string | null;
  readonly triggeredAt: Date | null;
}

/** A delivery with the work that it causes. */
export interface DeliveryWithWork extends Delivery {
  /** An order to be read again, or null. */
  readonly orderId: OrderId | null;
  readonly job: JobRow | null;
  /** Whether the work is done for a shop that is not (or no longer) installed, too. */
  readonly afterUninstall: boolean;
}

/** `repeated`: it came before. `not-needed`: the shop has left. */
export type StoringOutcome = "stored" | "repeated" | "not-needed";

/**
 * Stores deliveries and the work that they cause by one statement: either all of them or, where it throws, none. Gives
 * the outcomes in the order of the deliveries.
 */
export async function storeDeliveries(
  database: Database,
  deliveries: readonly DeliveryWithWork[],
  receivedAt: Date,
): Promise<StoringOutcome[]> {
  const rows = deliveries.map((delivery, place) => ({
    place,
    shop: delivery.shop,
    webhook_id: delivery.webhookId,
    topic: delivery.topic,
    event_id: delivery.eventId,
    triggered_at: delivery.triggeredAt,
    after_uninstall: delivery.afterUninstall,
    order_id: delivery.orderId === null ? null : bareNumber(delivery.orderId),
    task: delivery.job?.task ?? null,
    payload: delivery.job?.payload ?? null,
    job_key: delivery.job?.key ?? null,
    job_key_mode: delivery.job?.mode ?? null,
    delay_seconds: delivery.job?.delaySeconds ?? 0,
    queue: delivery.job?.queue ?? null,
  }));
  const answer = await database.pool.query<{ place: number; outcome: StoringOutcome }>({
    name: "receive-webhooks",
    text: "SELECT place, outcome FROM receive_webhooks($1::jsonb, $2::timestamptz)",
    values: [JSON.stringify(rows), receivedAt],
  });
  const outcomes = new Map(answer.rows.map(({ place, outcome }) => [place, outcome]));
  return deliveries.map((_, place) => outcomes.get(place)!);
}

/** Forgets deliveries that Shopify no longer repeats. */
export async function forgetDeliveries(tx: ShopTransaction, before: Date): Promise<void> {
  await tx.db.webhookDelivery.deleteMany({ where: { shop: tx.shop, receivedAt: { lt: before } } });
}
