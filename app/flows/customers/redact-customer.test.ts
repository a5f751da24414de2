import { expect, test } from "vitest";
import { emptyShop } from "../../../test/dev-store/shop/empty-shop.ts";
import { wireApp } from "../../../test/fixtures/wired-app.ts";
import { gid, type CustomerKey } from "../../domain/ids.ts";
import type { OrderHead } from "../../domain/orders/fetched-order.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { saveHistory } from "../../persistence/orders/save-orders.ts";
import { customerKey } from "../../shopify/readers/read-nodes.ts";
import { installShop } from "../shop/install-shop.ts";
import { redactCustomer } from "./redact-customer.ts";

const NOW = Date.parse("2026-05-01T12:00:00Z");

test("forgets which browser made a redacted customer's orders, named by Shopify or by the pseudonym", async () => {
  const facts = { name: "Tea", currency: "JPY", locale: "ja", timezone: "Asia/Tokyo" } as const;
  const app = await wireApp([emptyShop({ domain: "tea.myshopify.com", ...facts })], { now: () => NOW });
  await app.signIn();
  await installShop(app.shop, app.context);
  const head = (number: string, key: CustomerKey | null): OrderHead => ({
    ...{ id: gid("Order", number), name: `#${number}`, createdAt: NOW, processedAt: NOW, updatedAt: NOW },
    ...{ cancelledAt: null, test: false, currency: "JPY", presentmentCurrency: "JPY", channel: "online" as const },
    ...{ channelSource: null, customerKey: key, netMinor: 1000, refundedMinor: 0 },
  });
  const theirs = customerKey(app.context.hashKey, app.shop, "683");
  await inShop(app.context.database, app.shop, (tx) => saveHistory(tx, [head("1", theirs), head("2", null)], []));
  const event = { shop: app.shop, at: NOW, visitor: "v1", offer: 0, surface: "", product: "0" } as const;
  const bought = ["1", "2", "3"].map((order) => ({ id: order, kind: "checkout-completed" as const, order, ...event }));
  const exposed = { id: "shown", kind: "exposed" as const, shown: { experiment: 0, arm: 1 }, ...event };
  await app.context.events.append([exposed, ...bought]);
  await app.context.events.move(new Date(NOW));
  const request = { customerId: "683", orderIds: ["gid://shopify/Order/3"] };
  await redactCustomer(app.shop, request, app.context);
  const [unit] = await app.context.events.readUnits(app.shop, { experiment: 0, after: "", limit: 10 });
  expect(unit!.orders).toEqual([{ order: "2", at: NOW }]);
  await app.close();
});
