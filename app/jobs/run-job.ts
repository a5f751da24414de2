import { z } from "zod";
import { gid, shopDomain, type ShopDomain } from "../domain/ids.ts";
import { inShop } from "../persistence/database/in-shop.ts";
import { clearAccessNotices } from "../persistence/shop/notices.ts";
import { findShop } from "../persistence/shop/shops.ts";
import { AccessDenied, AuthenticationFailed, OperationRefused, UserErrors } from "../shopify/client/errors.ts";
import { continueImport } from "../flows/orders/continue-import.ts";
import { attributeOrders } from "../flows/measurement/attribute-orders.ts";
import type { FlowContext } from "../flows/context.ts";
import { exportCustomerData } from "../flows/customers/export-customer-data.ts";
import { findUpgrades } from "../flows/mining/upgrades/find-upgrades.ts";
import type { JobName } from "../queue/jobs.ts";
import { learnCustomers } from "../flows/customers/learn-customers.ts";
import { learnAssociations, mineAssociations } from "../flows/mining/mine-associations.ts";
import { publishCustomers } from "../flows/publishing/publish-customers.ts";
import { publishOffers } from "../flows/publishing/publish-offers.ts";
import { reconcile } from "../flows/orders/reconcile.ts";
import { redactCustomer } from "../flows/customers/redact-customer.ts";
import { refreshCatalogue } from "../flows/catalogue/refresh-catalogue.ts";
import { noticeOf, raiseNotice } from "../flows/shop/raise-notice.ts";
import { refreshShop } from "../flows/shop/refresh-shop.ts";
import { startImport } from "../flows/orders/start-import.ts";
import { syncChangedOrders } from "../flows/orders/sync-changed-orders.ts";
import { removeOrder } from "../flows/orders/sync-order.ts";
import { deleteProduct, syncProduct } from "../flows/catalogue/sync-product.ts";
import { endShop } from "../flows/shop/uninstall-shop.ts";

const anyShop = z.object({ shop: z.string().transform(shopDomain) });
const anyOrder = anyShop.extend({ orderId: z.string().transform((id) => gid("Order", id)) });
const anyProduct = anyShop.extend({ productId: z.string().transform((id) => gid("Product", id)) });
const anyRefresh = anyShop.extend({ bulkOperationId: z.string().nullable() });
const anyCustomer = anyShop.extend({ customerId: z.string(), orderIds: z.array(z.string()) });
const anyDataRequest = anyCustomer.extend({ requestId: z.string().nullable().default(null) });

const triggeredAt = z.iso
  .datetime()
  .nullable()
  .default(null)
  .transform((text) => (text === null ? null : new Date(text)));
const anyRedaction = anyCustomer.extend({ triggeredAt });
const anyEnd = anyShop.extend({ triggeredAt });

type Run = (payload: unknown, context: FlowContext) => Promise<unknown>;

const ofShop =
  (flow: (shop: ShopDomain, context: FlowContext) => Promise<unknown>): Run =>
  (payload, context) =>
    flow(anyShop.parse(payload).shop, context);

/** One flow per job. Every one of them may be run twice: a worker can end between its work and its report. */
const JOBS: Readonly<Record<JobName, Run>> = {
  "start-import": ofShop(async (shop, context) => {
    await refreshShop(shop, context);
    await startImport(shop, context);
  }),
  "continue-import": ofShop(continueImport),
  "sync-orders": ofShop(syncChangedOrders),
  "attribute-orders": ofShop(attributeOrders),
  "delete-order": (payload, context) => {
    const { shop, orderId } = anyOrder.parse(payload);
    return removeOrder(shop, orderId, context);
  },
  "sync-product": (payload, context) => {
    const { shop, productId } = anyProduct.parse(payload);
    return syncProduct(shop, productId, context);
  },
  "delete-product": (payload, context) => {
    const { shop, productId } = anyProduct.parse(payload);
    return deleteProduct(shop, productId, context);
  },
  "mine-associations": ofShop(mineAssociations),
  "learn-associations": ofShop(learnAssociations),
  "find-upgrades": ofShop(findUpgrades),
  "learn-customers": ofShop(learnCustomers),
  "publish-offers": ofShop(publishOffers),
  "publish-customers": ofShop(publishCustomers),
  "refresh-shop": ofShop(refreshShop),
  "refresh-catalogue": (payload, context) => {
    const { shop, bulkOperationId } = anyRefresh.parse(payload);
    return refreshCatalogue(shop, bulkOperationId, context);
  },
  reconcile: ofShop(reconcile),
  "uninstall-shop": (payload, context) => {
    const { shop, triggeredAt } = anyEnd.parse(payload);
    return endShop(shop, "uninstall", triggeredAt, context);
  },
  "redact-shop": (payload, context) => {
    const { shop, triggeredAt } = anyEnd.parse(payload);
    return endShop(shop, "shop", triggeredAt, context);
  },
  "redact-customer": (payload, context) => {
    const { shop, ...request } = anyRedaction.parse(payload);
    return redactCustomer(shop, request, context);
  },
  "export-customer-data": (payload, context) => {
    const { shop, ...request } = anyDataRequest.parse(payload);
    return exportCustomerData(shop, request, context);
  },
};

export const JOB_NAMES = Object.keys(JOBS) as JobName[];

/** Jobs that are about a shop that is gone. */
const AFTER_THE_END: readonly JobName[] = ["uninstall-shop", "redact-shop", "redact-customer", "export-customer-data"];

/**
 * Runs one job. Returns where trying again is of no use (the shop is gone, Shopify refuses what is asked), with a
 * line in the log; throws where it is, and the queue tries again with growing pauses.
 */
export async function runJob(name: JobName, payload: unknown, context: FlowContext): Promise<void> {
  const { shop } = anyShop.parse(payload);
  if (!AFTER_THE_END.includes(name) && !(await isInstalled(shop, context))) {
    context.log.info({ job: name }, "job skipped: the shop is gone");
    return;
  }
  try {
    await JOBS[name](payload, context);
  } catch (error) {
    const reason = permanentReason(error);
    if (reason === null) throw error;
    context.log.error({ shop, job: name, reason, message: (error as Error).message }, "job failed for good");
    const notice = noticeOf(error);
    if (notice !== null) await raiseNotice(shop, notice.code, { ...notice.details, job: PROOF[name] ?? name }, context);
    return;
  }
  if (SPEAKS_TO_SHOPIFY.has(name)) {
    await inShop(context.database, shop, (tx) => clearAccessNotices(tx, name));
  }
}

/** Jobs whose success shows that Shopify lets us in: all that run rarely. */
const SPEAKS_TO_SHOPIFY: ReadonlySet<JobName> = new Set([
  "publish-offers",
  "publish-customers",
  "refresh-shop",
  "refresh-catalogue",
  "reconcile",
]);
/** Which of those needs the same scopes as a job that runs often. */
const PROOF: Partial<Record<JobName, JobName>> = {
  "start-import": "refresh-shop",
  "sync-orders": "reconcile",
  "sync-product": "refresh-catalogue",
};

async function isInstalled(shop: ShopDomain, context: FlowContext): Promise<boolean> {
  return (await inShop(context.database, shop, findShop)) !== null;
}

function permanentReason(error: unknown): string | null {
  if (error instanceof UserErrors) return "user-errors";
  if (error instanceof AuthenticationFailed) return "authentication";
  if (error instanceof AccessDenied) return "access-denied";
  return error instanceof OperationRefused ? "operation-refused" : null;
}
