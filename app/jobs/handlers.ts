import type { ShopDomain } from "../domain/ids.ts";
import { runBacktest } from "../flows/backtest/run-backtest.ts";
import { lookAfterBundle } from "../flows/bundles/look-after-bundle.ts";
import { refreshCatalogue } from "../flows/catalogue/refresh-catalogue.ts";
import { deleteProduct, syncProduct } from "../flows/catalogue/sync-product.ts";
import type { FlowContext } from "../flows/context.ts";
import { announceDueCustomers } from "../flows/customers/announce-due-customers.ts";
import { exportCustomerData } from "../flows/customers/export-customer-data.ts";
import { learnCustomers } from "../flows/customers/learn-customers.ts";
import { redactCustomer } from "../flows/customers/redact-customer.ts";
import { activatePixel } from "../flows/measurement/activate-pixel.ts";
import { attributeOrders } from "../flows/measurement/attribute-orders.ts";
import { gatherVisits } from "../flows/measurement/gather-visits.ts";
import { measureExperiments } from "../flows/measurement/experiments/measure-experiments.ts";
import { judgeOffers } from "../flows/measurement/failing/judge-offers.ts";
import { announceSuggestions } from "../flows/mining/announce-suggestions.ts";
import { learnAssociations, mineAssociations } from "../flows/mining/mine-associations.ts";
import { findUpgrades } from "../flows/mining/upgrades/find-upgrades.ts";
import { watchShop } from "../flows/shop/watch-shop.ts";
import { addUpSales } from "../flows/orders/add-up-sales.ts";
import { continueImport } from "../flows/orders/continue-import.ts";
import { reconcile } from "../flows/orders/reconcile.ts";
import { startImport } from "../flows/orders/start-import.ts";
import { syncChangedOrders } from "../flows/orders/sync-changed-orders.ts";
import { removeOrder } from "../flows/orders/sync-order.ts";
import { gatherPlaybookEvidence } from "../flows/playbooks/gather-evidence.ts";
import { publishCustomers } from "../flows/publishing/publish-customers.ts";
import { publishOffers } from "../flows/publishing/publish-offers.ts";
import { refreshShop } from "../flows/shop/refresh-shop.ts";
import { endShop } from "../flows/shop/uninstall-shop.ts";
import { settleStoreCredits } from "../flows/store-credit/settle-store-credits.ts";
import { sendTrigger } from "../flows/triggers/send-trigger.ts";
import type { JobName, ParsedJobPayload } from "../queue/job-definitions.ts";

type Handler<Name extends JobName> = (
  shop: ShopDomain,
  payload: ParsedJobPayload<Name>,
  context: FlowContext,
) => Promise<unknown>;

const ofShop =
  (flow: (shop: ShopDomain, context: FlowContext) => Promise<unknown>) =>
  (shop: ShopDomain, _payload: unknown, context: FlowContext) =>
    flow(shop, context);

/** What each job does. */
export const HANDLERS: { readonly [Name in JobName]: Handler<Name> } = {
  "start-import": async (shop, _, context) => {
    await refreshShop(shop, context);
    await startImport(shop, context);
  },
  "continue-import": ofShop(continueImport),
  "sync-orders": ofShop(syncChangedOrders),
  "delete-order": (shop, { orderId }, context) => removeOrder(shop, orderId, context),
  "add-up-sales": ofShop(addUpSales),
  "attribute-orders": ofShop(attributeOrders),
  "sync-product": (shop, { productId }, context) => syncProduct(shop, productId, context),
  "delete-product": (shop, { productId }, context) => deleteProduct(shop, productId, context),
  "mine-associations": ofShop(mineAssociations),
  "learn-associations": ofShop(learnAssociations),
  "find-upgrades": ofShop(findUpgrades),
  "learn-customers": ofShop(learnCustomers),
  "gather-playbook-evidence": ofShop(gatherPlaybookEvidence),
  "run-backtest": (shop, { digest }, context) => runBacktest(shop, digest, context),
  "measure-experiments": ofShop(measureExperiments),
  "gather-visits": ofShop(gatherVisits),
  "publish-offers": ofShop(publishOffers),
  "publish-on-schedule": ofShop(publishOffers),
  "publish-customers": ofShop(publishCustomers),
  "look-after-bundle": (shop, { offerNumber }, context) => lookAfterBundle(shop, offerNumber, context),
  "settle-store-credits": ofShop(settleStoreCredits),
  "announce-suggestions": ofShop(announceSuggestions),
  "announce-due-customers": ofShop(announceDueCustomers),
  "send-flow-trigger": (shop, { key }, context) => sendTrigger(shop, key, context),
  "refresh-shop": ofShop(refreshShop),
  "activate-pixel": ofShop(activatePixel),
  "refresh-catalogue": (shop, { bulkOperationId }, context) => refreshCatalogue(shop, bulkOperationId, context),
  reconcile: ofShop(reconcile),
  "judge-offers": ofShop(judgeOffers),
  "watch-shop": ofShop(watchShop),
  "uninstall-shop": (shop, { triggeredAt }, context) => endShop(shop, "uninstall", triggeredAt, context),
  "redact-shop": (shop, { triggeredAt }, context) => endShop(shop, "shop", triggeredAt, context),
  "redact-customer": redactCustomer,
  "export-customer-data": exportCustomerData,
};
