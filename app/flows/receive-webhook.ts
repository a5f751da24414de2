import { z } from "zod";
import { composition } from "../composition.ts";
import { parseShopDomain } from "../domain/ids.ts";
import { inShop, type ShopTransaction } from "../persistence/database/in-shop.ts";
import { recordDelivery, type Delivery } from "../persistence/orders/webhook-deliveries.ts";
import { findShop } from "../persistence/shop/shops.ts";
import { orderIdOf, productIdOf } from "../shopify/read-nodes.ts";
import type { FlowContext } from "./context.ts";
import { enqueue, enqueueOrderSync } from "./jobs.ts";

/** A delivery whose signature was verified. */
export interface IncomingWebhook extends Delivery {
  readonly shop: string;
  readonly payload: unknown;
}

export type WebhookOutcome =
  | { code: "stored" }
  | { code: "repeated" }
  | { code: "unknown-shop" }
  | { code: "unknown-topic" }
  | { code: "malformed" };

const id = z.union([z.string().max(100), z.number()]);
const withId = z.object({ id });
const refund = z.object({ order_id: id });
const orderEdit = z.object({ order_edit: refund.partial().optional(), order_id: id.optional() });
const inventory = z.object({ admin_graphql_api_id: z.string().max(200).optional(), product_id: id.optional() });
const ids = z.array(id).max(10_000).default([]);
const customer = z.object({ customer: z.object({ id }) });
const dataRequest = customer.extend({ orders_requested: ids });
const redaction = customer.extend({ orders_to_redact: ids });

type Enqueue = (tx: ShopTransaction, payload: unknown) => Promise<void>;

class Malformed extends Error {
  override readonly name = "Malformed";
}

const syncOrder =
  (read: (payload: unknown) => unknown): Enqueue =>
  (tx, payload) => {
    const orderId = orderIdOf(read(payload));
    if (orderId === null) throw new Malformed("No order");
    return enqueueOrderSync(tx, orderId);
  };

const product =
  (job: "sync-product" | "delete-product"): Enqueue =>
  (tx, payload) => {
    const productId = productIdOf(parsed(withId, payload).id);
    if (productId === null) throw new Malformed("No product");
    return enqueue(tx, job, { productId }, { key: `sync-product/${productId}` });
  };

const orderChanged = syncOrder((payload) => parsed(withId, payload).id);

/** What each topic makes us do. Bodies are read for ids alone: what they tell may be stale, and names nobody here. */
const TOPICS: Readonly<Record<string, Enqueue>> = {
  ORDERS_CREATE: orderChanged,
  ORDERS_UPDATED: orderChanged,
  ORDERS_PAID: orderChanged,
  // Its body may hold no order's id at all; orders/updated comes with it and does.
  ORDERS_EDITED: (tx, payload) => {
    const edit = parsed(orderEdit, payload);
    const orderId = orderIdOf(edit.order_edit?.order_id ?? edit.order_id);
    return orderId === null ? Promise.resolve() : enqueueOrderSync(tx, orderId);
  },
  ORDERS_CANCELLED: orderChanged,
  ORDERS_DELETE: orderChanged,
  REFUNDS_CREATE: syncOrder((payload) => parsed(refund, payload).order_id),
  PRODUCTS_CREATE: product("sync-product"),
  PRODUCTS_UPDATE: product("sync-product"),
  PRODUCTS_DELETE: product("delete-product"),
  VARIANTS_IN_STOCK: stock,
  VARIANTS_OUT_OF_STOCK: stock,
  BULK_OPERATIONS_FINISH: (tx) => enqueue(tx, "continue-import", {}, { key: "import" }),
  APP_UNINSTALLED: (tx) => enqueue(tx, "uninstall-shop", {}, { key: "uninstall" }),
  APP_SCOPES_UPDATE: (tx) => enqueue(tx, "refresh-shop", {}, { key: "refresh-shop" }),
  SHOP_UPDATE: (tx) => enqueue(tx, "refresh-shop", {}, { key: "refresh-shop" }),
  CUSTOMERS_DATA_REQUEST: (tx, payload) => {
    const request = parsed(dataRequest, payload);
    const orderIds = request.orders_requested.map(String);
    return enqueue(tx, "export-customer-data", { customerId: String(request.customer.id), orderIds });
  },
  CUSTOMERS_REDACT: (tx, payload) => {
    const request = parsed(redaction, payload);
    const orderIds = request.orders_to_redact.map(String);
    return enqueue(tx, "redact-customer", { customerId: String(request.customer.id), orderIds });
  },
  SHOP_REDACT: (tx) => enqueue(tx, "redact-shop", {}, { key: "redact-shop" }),
};

/** Topics that are carried out for a shop that we do not (or no longer) know: there may be something left of it. */
const FOR_UNKNOWN_SHOPS = new Set(["SHOP_REDACT"]);

/**
 * Takes a verified delivery in: the note that it came and the job that it causes are one transaction, so that neither
 * is there without the other, and a repeated delivery causes nothing.
 */
export async function receiveWebhook(
  webhook: IncomingWebhook,
  context: FlowContext = composition(),
): Promise<WebhookOutcome> {
  const shop = parseShopDomain(webhook.shop);
  if (shop === null) return { code: "unknown-shop" };
  const act = TOPICS[webhook.topic];
  if (act === undefined) return { code: "unknown-topic" };
  try {
    return await inShop(context.database, shop, async (tx): Promise<WebhookOutcome> => {
      if ((await findShop(tx)) === null && !FOR_UNKNOWN_SHOPS.has(webhook.topic)) return { code: "unknown-shop" };
      const { webhookId, topic, eventId, triggeredAt } = webhook;
      const isNew = await recordDelivery(tx, { webhookId, topic, eventId, triggeredAt }, context.now());
      if (!isNew) return { code: "repeated" };
      await act(tx, webhook.payload);
      return { code: "stored" };
    });
  } catch (error) {
    if (error instanceof Malformed) return { code: "malformed" };
    throw error;
  }
}

/** A variant's stock ran out or came back: its product decides anew whether it is offered. */
function stock(tx: ShopTransaction, payload: unknown): Promise<void> {
  const productId = productIdOf(parsed(inventory, payload).product_id);
  if (productId === null) throw new Malformed("No product");
  return enqueue(tx, "sync-product", { productId }, { key: `sync-product/${productId}` });
}

function parsed<Shape>(schema: z.ZodType<Shape>, payload: unknown): Shape {
  const result = schema.safeParse(payload);
  if (!result.success) throw new Malformed("Not the topic's shape");
  return result.data;
}
