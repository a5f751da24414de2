import { bareNumber, type ShopDomain } from "../../domain/ids.ts";
import { customerDueTrigger } from "../../domain/shop/flow-trigger.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { announceDues, forgetAnnouncedDues } from "../../persistence/customers/announced-dues.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { shopStays } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { requestTrigger } from "../triggers/send-trigger.ts";

/** Whose time passed longer ago is late for a reminder. Long enough for nights on which nothing ran, or more were due. */
const LATE_AFTER_DAYS = 7;
/** Customers who are announced in a night, the surest first. */
export const MOST_ANNOUNCED = 100;
/** As long as what else is known of visits and orders' visitors is kept. */
const KEPT_DAYS = 800;

/**
 * Has Shopify Flow start workflows for customers whose usual interval for a product has passed: once for each purchase of it.
 * Who they are is not known here; Shopify says it when a trigger is sent.
 */
export async function announceDueCustomers(shop: ShopDomain, context: FlowContext): Promise<void> {
  const now = context.now();
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  await inShop(context.database, shop, async (tx) => {
    if (!(await shopStays(tx))) return;
    await forgetAnnouncedDues(tx, before(KEPT_DAYS));
    for (const { order, product, due } of await announceDues(tx, {
      ...{ after: before(LATE_AFTER_DAYS), now },
      most: MOST_ANNOUNCED,
    })) {
      const key = `customer-due/${bareNumber(order)}/${bareNumber(product)}`;
      await requestTrigger(tx, key, customerDueTrigger(product, due), now, order);
    }
  });
}
