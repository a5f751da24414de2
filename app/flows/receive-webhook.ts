import { z } from "zod";
import type { OrderId, ShopDomain } from "../domain/ids.ts";
import type { JobRow } from "../persistence/database/job-queue.ts";
import { storeDeliveries, type Delivery, type StoringOutcome } from "../persistence/orders/webhook-deliveries.ts";
import { orderIdOf, productIdOf } from "../shopify/readers/read-nodes.ts";
import type { FlowContext } from "./context.ts";
import { jobFor } from "../queue/enqueue.ts";

/** A delivery whose signature was verified. Topics are written as Shopify writes them: "orders/create". */
export interface IncomingWebhook extends Delivery {
  readonly payload: unknown;
}

export interface WebhookOutcome {
  readonly code: StoringOutcome | "unknown-topic" | "malformed";
}

/** What a delivery makes us do: read an order again, run a job, or nothing. */
interface Work {
  readonly orderId?: OrderId;
  readonly job?: JobRow;
}

type Plan = (shop: ShopDomain, payload: unknown, triggeredAt: Date | null) => Work;

const id = z.union([z.string().max(100), z.number()]);
const withId = z.object({ id });
const refund = z.object({ order_id: id });
const orderEdit = z.object({ order_edit: refund.partial().optional(), order_id: id.optional() });
const inventory = z.object({ admin_graphql_api_id: z.string().max(200).optional(), product_id: id.optional() });
const ids = z.array(id).max(10_000).default([]);
const customer = z.object({ customer: z.object({ id }) });
const dataRequest = customer.extend({ orders_requested: ids, data_request: z.object({ id }).optional() });
const redaction = customer.extend({ orders_to_redact: ids });

class Malformed extends Error {
  override readonly name = "Malformed";
}

/** Reads one order again. All changed orders of a shop share one job. */
function changedOrder(shop: ShopDomain, value: unknown): Work {
  const orderId = orderIdOf(value);
  if (orderId === null) throw new Malformed("No order");
  return { orderId, job: jobFor(shop, "sync-orders") };
}

function changedProduct(shop: ShopDomain, value: unknown, name: "sync-product" | "delete-product"): Work {
  const productId = productIdOf(value);
  if (productId === null) throw new Malformed("No product");
  return { job: jobFor(shop, name, { productId }) };
}

const orderChanged: Plan = (shop, payload) => changedOrder(shop, parsed(withId, payload).id);
const productChanged: Plan = (shop, payload) => changedProduct(shop, parsed(withId, payload).id, "sync-product");
/** A variant's stock ran out or came back: its product decides again whether it is offered. */
const stockChanged: Plan = (shop, payload) =>
  changedProduct(shop, parsed(inventory, payload).product_id, "sync-product");
const shopChanged: Plan = (shop) => ({ job: jobFor(shop, "refresh-shop") });

/** What each topic makes us do. Bodies are read for ids alone: what they tell may be stale, and names nobody here. */
const TOPICS: Readonly<Record<string, Plan>> = {
  "orders/create": orderChanged,
  "orders/updated": orderChanged,
  // Its body may hold no order's id at all; orders/updated comes with it and does.
  "orders/edited": (shop, payload) => {
    const edit = parsed(orderEdit, payload);
    const edited = edit.order_edit?.order_id ?? edit.order_id;
    return orderIdOf(edited) === null ? {} : changedOrder(shop, edited);
  },
  "orders/cancelled": orderChanged,
  "orders/delete": (shop, payload) => {
    const orderId = orderIdOf(parsed(withId, payload).id);
    if (orderId === null) throw new Malformed("No order");
    return { job: jobFor(shop, "delete-order", { orderId }) };
  },
  "refunds/create": (shop, payload) => changedOrder(shop, parsed(refund, payload).order_id),
  "products/create": productChanged,
  "products/update": productChanged,
  "products/delete": (shop, payload) => changedProduct(shop, parsed(withId, payload).id, "delete-product"),
  "variants/in_stock": stockChanged,
  "variants/out_of_stock": stockChanged,
  "bulk_operations/finish": (shop) => ({ job: jobFor(shop, "continue-import") }),
  "app/uninstalled": (shop, _, triggeredAt) => ({
    job: jobFor(shop, "uninstall-shop", { triggeredAt: isoOf(triggeredAt) }),
  }),
  "app/scopes_update": shopChanged,
  "shop/update": shopChanged,
  "customers/data_request": (shop, payload) => {
    const request = parsed(dataRequest, payload);
    const customerId = String(request.customer.id);
    const orderIds = request.orders_requested.map(String);
    const requestId = request.data_request === undefined ? null : String(request.data_request.id);
    return { job: jobFor(shop, "export-customer-data", { customerId, orderIds, requestId }) };
  },
  "customers/redact": (shop, payload, triggeredAt) => {
    const request = parsed(redaction, payload);
    const customerId = String(request.customer.id);
    const orderIds = request.orders_to_redact.map(String);
    return {
      job: jobFor(shop, "redact-customer", { customerId, orderIds, triggeredAt: isoOf(triggeredAt) }),
    };
  },
  "shop/redact": (shop, _, triggeredAt) => ({
    job: jobFor(shop, "redact-shop", { triggeredAt: isoOf(triggeredAt) }),
  }),
};

/** Every topic that is acted on. What is subscribed to is declared in `shopify.app.toml`. */
export const HANDLED_TOPICS: readonly string[] = Object.keys(TOPICS);

/** Topics that the law asks for: they are carried out for a shop that has left, too. */
const AFTER_UNINSTALL = new Set(["customers/data_request", "customers/redact", "shop/redact"]);

/**
 * Takes verified deliveries in by one call of the database: the note that each came and the work that it causes are
 * stored together, so that neither is there without the other, and a repeated delivery causes nothing. Gives an outcome
 * per delivery, in their order. Throws where the database fails, and has stored nothing then.
 */
export async function receiveWebhooks(
  webhooks: readonly IncomingWebhook[],
  context: FlowContext,
): Promise<WebhookOutcome[]> {
  const planned = webhooks.map((webhook) => ({ webhook, work: plan(webhook) }));
  const workable = planned.flatMap(({ webhook: { payload: _payload, ...delivery }, work }) => {
    if (typeof work === "string") return [];
    const { orderId = null, job = null } = work;
    return [{ ...delivery, orderId, job, afterUninstall: AFTER_UNINSTALL.has(delivery.topic) }];
  });
  const stored = workable.length === 0 ? [] : await storeDeliveries(context.database, workable, context.now());
  let next = 0;
  return planned.map(({ work }) => ({ code: typeof work === "string" ? work : stored[next++]! }));
}

/** As {@link receiveWebhooks}, for one. */
export async function receiveWebhook(webhook: IncomingWebhook, context: FlowContext): Promise<WebhookOutcome> {
  const [outcome] = await receiveWebhooks([webhook], context);
  return outcome!;
}

function plan({ shop, topic, payload, triggeredAt }: IncomingWebhook): Work | "unknown-topic" | "malformed" {
  const planOf = Object.hasOwn(TOPICS, topic) ? TOPICS[topic] : undefined;
  if (planOf === undefined) return "unknown-topic";
  try {
    return planOf(shop, payload, triggeredAt);
  } catch (error) {
    if (error instanceof Malformed) return "malformed";
    throw error;
  }
}

function parsed<Shape>(schema: z.ZodType<Shape>, payload: unknown): Shape {
  const result = schema.safeParse(payload);
  if (!result.success) throw new Malformed("Not the topic's shape");
  return result.data;
}

function isoOf(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}
