import { type Breakdown, type BreakdownRow, breakdownRows, isOfVisits } from "../../domain/measurement/breakdown.ts";
import { averageOrderMinor, unitsPerOrder } from "../../domain/measurement/figures.ts";
import { DEVICES } from "../../domain/measurement/visit.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import { type RangeQuery, type ReportRange, reportRange } from "../../domain/time/report-range.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import type { VisitTotal } from "../../persistence/events/event-store.ts";
import { readBreakdown } from "../../persistence/measurement/breakdown.ts";
import { visitsGatheredAt } from "../../persistence/measurement/order-visits.ts";
import { countUnknownDiscounts } from "../../persistence/measurement/sales-totals.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { BreakdownName, BreakdownRowView, BreakdownView } from "../../views/breakdown-view.ts";
import type { FlowContext } from "../context.ts";

/** Groups that a page shows by name; the others are one row. */
export const MOST_GROUPS = 50;
/** Groups whose visits are distinguished. */
const MOST_VISITED = 1_000;

/** The figures of a period by market, channel, customer, device, source or campaign. */
export async function readBreakdownView(
  shop: ShopDomain,
  { range: asked, by, mostRows = MOST_GROUPS }: { range: RangeQuery; by: Breakdown; mostRows?: number },
  context: FlowContext,
): Promise<BreakdownView> {
  const read = await inShop(context.database, shop, async (tx) => {
    const { currency, timezone } = await theShop(tx);
    const range = reportRange(asked, context.now().getTime(), timezone);
    const span = { from: new Date(range.period.from), to: new Date(range.period.to) };
    return {
      ...{ currency, range, groups: await readBreakdown(tx, { currency, by, ...span }) },
      discountUnknownOrders: await countUnknownDiscounts(tx, span),
      gatheredAt: isOfVisits(by) ? await visitsGatheredAt(tx) : null,
    };
  });
  const { currency, range, gatheredAt } = read;
  const visits = isOfVisits(by) ? await visitsUpTo(shop, { range, by, gatheredAt }, context) : null;
  const { rows, others } = breakdownRows(read.groups, visits, mostRows);
  return {
    ...{ from: range.period.fromDay, to: range.period.toDay, by },
    visitsUpTo: gatheredAt?.toISOString() ?? null,
    ...{ rows: rows.map((row) => rowView(row, by, currency)), others },
    discountUnknownOrders: read.discountUnknownOrders,
  };
}

/** Visits and orders are of the same time: an order is known to be a visit's once visits are gathered. */
async function visitsUpTo(
  shop: ShopDomain,
  { range, by, gatheredAt }: { range: ReportRange; by: Breakdown; gatheredAt: Date | null },
  { events }: FlowContext,
): Promise<VisitTotal[]> {
  if (gatheredAt === null || !isOfVisits(by) || gatheredAt.getTime() <= range.period.from) return [];
  const to = new Date(Math.min(range.period.to, gatheredAt.getTime()));
  return events.readVisitTotals(shop, { from: new Date(range.period.from), to }, by, MOST_VISITED);
}

function rowView({ of, ...row }: BreakdownRow, by: Breakdown, currency: string): BreakdownRowView {
  const money = (amountMinor: number) => ({ amountMinor, currency });
  const average = averageOrderMinor(row);
  return {
    key: of.kind === "group" ? `=${of.key}` : of.kind,
    name: of.kind === "group" ? nameOf(of.key, by) : { kind: of.kind },
    ...{ orders: row.orders, net: money(row.netMinor), unitsPerOrder: unitsPerOrder(row) },
    averageOrder: average === null ? null : money(average),
    ...{
      attributed: money(row.attributedMinor),
      assisted: money(row.assistedMinor),
      discount: money(row.discountMinor),
    },
    ...{ visits: row.visits, conversion: row.conversion, acceptance: row.acceptance },
  };
}

function nameOf(key: string, by: Breakdown): BreakdownName {
  switch (by) {
    case "market":
      return { kind: by, currency: key };
    case "channel":
      return { kind: by, channel: CHANNELS.find((channel) => channel === key) ?? "other" };
    case "customer":
      return { kind: by, customer: key === "new" ? "new" : "returning" };
    case "device":
      return { kind: by, device: DEVICES.find((device) => device === key) ?? "desktop" };
    case "source": {
      const [source = "", medium = ""] = key.split("\n");
      return { kind: by, source, medium };
    }
    case "campaign":
      return { kind: by, campaign: key };
  }
}

const CHANNELS = ["online", "pos", "draft", "other"] as const;
