import { bareNumber, type ShopDomain } from "../../domain/ids.ts";
import { type Reconciliation, reconcileDay } from "../../domain/measurement/reconciliation.ts";
import { reportDay, reportPeriod, shiftDay } from "../../domain/time/report-days.ts";
import { isDay } from "../../domain/time/report-range.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readFigures } from "../../persistence/measurement/figures.ts";
import { readReconciledOrders } from "../../persistence/measurement/reconciled-orders.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { ReconciliationView } from "../../views/reconciliation-view.ts";
import type { FlowContext } from "../context.ts";

/** Orders that are shown behind one difference. */
const MOST_ORDERS = 50;

/** One report day ("2026-11-21") of a shop: net sales by Shopify's rules, ours, and why they differ. */
export function readReconciliation(
  shop: ShopDomain,
  day: string,
  context: Pick<FlowContext, "database">,
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

/** {@link readReconciliation} as a page shows it; of yesterday where no day that has begun is asked for. */
export async function readReconciliationView(
  shop: ShopDomain,
  asked: string,
  context: Pick<FlowContext, "database" | "now">,
): Promise<ReconciliationView> {
  const { timezone } = await inShop(context.database, shop, theShop);
  const today = reportDay(context.now().getTime(), timezone);
  const day = isDay(asked) && asked <= today ? asked : shiftDay(today, -1);
  const { currency, shopify, oursMinor, differences, leftOut } = await readReconciliation(shop, day, context);
  const money = (amountMinor: number) => ({ amountMinor, currency });
  return {
    shop: { domain: shop, timezone, today },
    day,
    shopify: {
      ...{ gross: money(shopify.grossMinor), discounts: money(shopify.discountsMinor) },
      ...{ returns: money(shopify.returnsMinor), net: money(shopify.netMinor) },
    },
    ours: money(oursMinor),
    differences: differences.map(({ reason, minor, orders }) => ({
      ...{ reason, amount: money(minor), orderCount: orders.length },
      orders: orders.slice(0, MOST_ORDERS).map(({ id, name, minor: part }) => ({
        ...{ orderId: bareNumber(id), name, amount: money(part) },
      })),
    })),
    leftOut: {
      ...{ testOrders: leftOut.testOrders, tests: money(leftOut.testMinor), giftCards: money(leftOut.giftCardMinor) },
      ...{ taxes: money(leftOut.taxMinor), otherCurrencyOrders: leftOut.otherCurrencyOrders },
    },
  };
}
