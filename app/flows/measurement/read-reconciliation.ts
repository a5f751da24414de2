import type { ShopDomain } from "../../domain/ids.ts";
import { type Reconciliation, reconcileDay } from "../../domain/measurement/reconciliation.ts";
import { reportPeriod } from "../../domain/time/report-days.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readFigures } from "../../persistence/measurement/figures.ts";
import { readReconciledOrders } from "../../persistence/measurement/reconciled-orders.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";

/** One report day ("2026-11-21") of a shop: net sales by Shopify's rules, ours, and why they differ. */
export function readReconciliation(
  shop: ShopDomain,
  day: string,
  context: FlowContext,
): Promise<Reconciliation & { readonly currency: string }> {
  return inShop(context.database, shop, async (tx) => {
    const { currency, timezone } = await theShop(tx);
    const { from, to } = reportPeriod(day, day, timezone);
    const period = { from: new Date(from), to: new Date(to) };
    const orders = await readReconciledOrders(tx, period.from, period.to);
    const { total } = await readFigures(tx, { ...period, currency, timezone, by: "day" });
    return { currency, ...reconcileDay(orders, { day: { from, to }, currency, oursMinor: total.sold.netMinor }) };
  });
}
