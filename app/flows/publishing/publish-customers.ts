import { createHash } from "node:crypto";
import { gid, type ProductId, type ShopDomain } from "../../domain/ids.ts";
import { compileCustomer } from "../../domain/publishing/published-customer.ts";
import { PUBLISHED } from "../../domain/publishing/addresses.ts";
import {
  forgetUnpublished,
  notePublished,
  suggestionsHeld,
  suggestionsToPublish,
  type SuggestionRow,
  type PublishedCustomerRow,
} from "../../persistence/publishing/customer-suggestions.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readExclusions } from "../../persistence/offers/exclusions.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { findShop } from "../../persistence/shop/shops.ts";
import type { OrderCustomer } from "../../shopify/client/gateway.ts";
import type { MetafieldInput } from "../../shopify/operations/metafields.ts";
import { ORDERS_AT_ONCE } from "../../shopify/operations/order-customers.ts";
import { deleteMetafields, setMetafields } from "../../shopify/publisher/publish-metafields.ts";
import { customerKey } from "../../shopify/readers/read-nodes.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../../queue/enqueue.ts";

/** Who opts out at Shopify is found out within this time; their own checkout heeds it at once. */
const ASK_AGAIN_AFTER_MS = 7 * 86_400_000;
/**
 * Between two pages. A page costs about 240 points (two for each order, ten for each of four calls that set), and a
 * shop gets 100 a second: offers, orders and the catalogue always find more than half of that left.
 */
const PAUSE_SECONDS = 5;

/** What is to become of one customer at Shopify. */
interface Plan {
  readonly row: SuggestionRow;
  /** Null where the customer can no longer be identified. */
  readonly customerId: string | null;
  /** What Shopify is to hold; null for nothing. */
  readonly value: string | null;
}

/**
 * Publishes what customers' own histories add to their metafields at Shopify, a page of customers at a time: only what
 * changed, only while the merchant wants it, and never of a customer who opted out or whom the order does not lead to
 * any more. What is not wanted is deleted. Each page is recorded, so that a restart goes on; while there is more to
 * do, the job adds itself again.
 */
export async function publishCustomers(
  shop: ShopDomain,
  context: FlowContext,
): Promise<{ set: number; deleted: number }> {
  const startedAt = context.now();
  const { wanted, rows, excluded } = await inShop(context.database, shop, async (tx) => {
    const known = await findShop(tx);
    const excluded = (await readExclusions(tx)).asCompanion;
    if (known === null || known.uninstalledAt !== null) return { wanted: false, rows: [], excluded };
    const wanted = (await readShopSettings(tx)).useCustomerHistory;
    if (!wanted) await forgetUnpublished(tx);
    const askedBefore = new Date(startedAt.getTime() - ASK_AGAIN_AFTER_MS);
    const rows = wanted
      ? await suggestionsToPublish(tx, askedBefore, ORDERS_AT_ONCE)
      : await suggestionsHeld(tx, ORDERS_AT_ONCE);
    return { wanted, rows, excluded };
  });
  if (rows.length === 0) return { set: 0, deleted: 0 };
  const customers = await context.gateway.customersOfOrders(
    shop,
    rows.map(({ orderId }) => orderId),
  );
  const plans = rows.map((row) =>
    planFor(row, customers.get(row.orderId) ?? null, { wanted, excluded, shop, context }),
  );
  const figures = await carryOut(shop, plans, context);
  await inShop(context.database, shop, (tx) => enqueue(tx, "publish-customers", {}, { delaySeconds: PAUSE_SECONDS }));
  context.log.info({ shop, asked: rows.length, ...figures }, "customers' suggestions published");
  return figures;
}

function planFor(
  row: SuggestionRow,
  customer: OrderCustomer | null,
  {
    wanted,
    excluded,
    shop,
    context,
  }: { wanted: boolean; excluded: ReadonlySet<ProductId>; shop: ShopDomain; context: FlowContext },
): Plan {
  // An order can pass to another customer: two accounts are merged, or staff correct a mistake.
  const isTheirs = customer !== null && customerKey(context.hashKey, shop, customer.id) === row.customerKey;
  if (!isTheirs) return { row, customerId: null, value: null };
  const adds = row.adds.filter(({ product }) => !excluded.has(gid("Product", product)));
  const isPublished = wanted && row.listed && !customer.optedOut;
  return { row, customerId: customer.id, value: isPublished ? compileCustomer({ ...row, adds }) : null };
}

async function carryOut(
  shop: ShopDomain,
  plans: readonly Plan[],
  context: FlowContext,
): Promise<{ set: number; deleted: number }> {
  const { client } = context.gateway;
  const changed = plans.filter(({ row, value }) => value !== null && digestOf(value) !== row.digest);
  const ended = plans.filter(
    ({ row, value, customerId }) => value === null && customerId !== null && row.digest !== null,
  );
  const planOf = new Map(plans.map((plan) => [plan.customerId, plan]));
  await deleteMetafields(client, shop, ended.map(metafieldKey));
  // What needs no call, and what was just deleted, is done.
  await note(shop, context, plans.filter((plan) => !changed.includes(plan)).map(published));
  let set = 0;
  for await (const batch of setMetafields(client, shop, changed.map(metafieldOf))) {
    const isSet = batch.set.map(({ ownerId }) => published(planOf.get(ownerId)!));
    const refused = batch.refused.map(({ metafield }) => ({
      ...published(planOf.get(metafield.ownerId)!),
      digest: null,
    }));
    const still = await note(shop, context, [...isSet, ...refused]);
    // Redacted between being read and being published: what was published is deleted.
    const gone = batch.set.filter(({ ownerId }) => !still.has(planOf.get(ownerId)!.row.customerKey));
    await deleteMetafields(client, shop, gone);
    set += batch.set.length - gone.length;
    for (const { code } of batch.refused) context.log.warn({ shop, code }, "customer's metafield refused");
  }
  return { set, deleted: ended.length };
}

function note(
  shop: ShopDomain,
  context: FlowContext,
  customers: readonly PublishedCustomerRow[],
): Promise<Set<string>> {
  return inShop(context.database, shop, (tx) => notePublished(tx, customers, context.now()));
}

/** What is noted of a customer once their plan is carried out. */
function published({ row, value }: Plan): PublishedCustomerRow {
  const { customerKey: key, revision } = row;
  return { customerKey: key, revision, digest: value === null ? null : digestOf(value) };
}

function metafieldKey({ customerId }: Plan): Pick<MetafieldInput, "ownerId" | "namespace" | "key"> {
  return historyOf(customerId!);
}

function metafieldOf({ customerId, value }: Plan): MetafieldInput {
  return { ...historyOf(customerId!), type: PUBLISHED.customer.type, value: value! };
}

/** The metafield of a customer that holds what their history adds. */
export function historyOf(customerId: string): Pick<MetafieldInput, "ownerId" | "namespace" | "key"> {
  const { namespace, key } = PUBLISHED.customer;
  return { ownerId: customerId, namespace, key };
}

function digestOf(value: string): string {
  return createHash("sha256").update(value).digest("base64url");
}
