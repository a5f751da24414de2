import {
  attributedMinor,
  averageOrderMinor,
  type FigureGroup,
  type Figures,
  givenMinor,
  unitsPerOrder,
} from "../../domain/measurement/figures.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import { reportDay, type ReportPeriod } from "../../domain/time/report-days.ts";
import { type RangeQuery, type ReportRange, reportRange, rangeSteps } from "../../domain/time/report-range.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readEarnedGroups, readFigures } from "../../persistence/measurement/figures.ts";
import { visitsGatheredAt } from "../../persistence/measurement/order-visits.ts";
import { readOfferNames } from "../../persistence/offers/offer-types.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { type ShopRow, theShop } from "../../persistence/shop/shops.ts";
import type {
  FiguresView,
  RangeView,
  ResultDimension,
  ResultRowView,
  ResultsView,
  ResultStepView,
} from "../../views/results-view.ts";
import type { FlowContext } from "../context.ts";
import { readResultNames } from "./result-names.ts";

/** Rows that a page shows; a file has all of them. */
export const MOST_ROWS = 100;

/** What offers earned and cost in a period and in the one before, and by offer, surface or product. */
export function readResults(
  shop: ShopDomain,
  { range: asked, by, mostRows = MOST_ROWS }: { range: RangeQuery; by: ResultDimension; mostRows?: number },
  context: FlowContext,
): Promise<ResultsView> {
  return inShop(context.database, shop, async (tx) => {
    const known = await theShop(tx);
    const range = reportRange(asked, context.now().getTime(), known.timezone);
    const now = await figuresOf(tx, known, range.period);
    const before = await figuresOf(tx, known, range.before);
    const offers = await readOfferNames(tx);
    const span = { currency: known.currency, from: new Date(range.period.from), to: new Date(range.period.to) };
    const groups = await readEarnedGroups(tx, { ...span, by });
    const shown = groups.slice(0, mostRows);
    const nameOf = await readResultNames(
      tx,
      by,
      shown.map(({ key }) => key),
      offers,
    );
    return {
      shop: {
        ...{ domain: shop, currency: known.currency, timezone: known.timezone },
        today: reportDay(context.now().getTime(), known.timezone),
      },
      range: rangeView(range),
      now: figuresView(now, known.currency),
      before: figuresView(before, known.currency),
      assistance: await assistanceView(tx),
      steps: resultSteps(range, now, before),
      by,
      rows: shown.map((group) => ({ ...rowFigures(group, known.currency), name: nameOf(group.key) })),
      moreRows: groups.length - shown.length,
      otherCurrencyOrders: now.otherCurrencyOrders,
      hasOffers: offers.size > 0,
    };
  });
}

function figuresOf(tx: ShopTransaction, { currency, timezone }: ShopRow, period: ReportPeriod) {
  const [from, to] = [new Date(period.from), new Date(period.to)];
  return readFigures(tx, { currency, timezone, by: "day", from, to });
}

/** The days of a range and of the one before it. */
export function rangeView({ name, days, period, before, isSoFar }: ReportRange): RangeView {
  return {
    ...{ name, days, from: period.fromDay, to: period.toDay },
    ...{ beforeFrom: before.fromDay, beforeTo: before.toDay },
    beforeUpTo: isSoFar ? new Date(before.to - 1).toISOString() : null,
  };
}

async function assistanceView(tx: ShopTransaction): Promise<ResultsView["assistance"]> {
  const { seenWindowDays: seenDays, usedWindowDays: usedDays } = await readShopSettings(tx);
  return { seenDays, usedDays, asOf: (await visitsGatheredAt(tx))?.toISOString() ?? null };
}

function figuresView({ total: { sold, earned } }: Figures, currency: string): FiguresView {
  const money = (amountMinor: number) => ({ amountMinor, currency });
  const average = averageOrderMinor(sold);
  return {
    attributed: money(attributedMinor(earned)),
    attributedOrders: earned.orders,
    attributedLines: earned.lines,
    refunded: money(earned.refundedMinor),
    discount: money(givenMinor(earned)),
    discountOnItems: money(earned.discountMinor),
    discountOnShipping: money(earned.shippingMinor),
    discountUnknownOrders: earned.discountUnknownOrders,
    orders: sold.orders,
    net: money(sold.netMinor),
    averageOrder: average === null ? null : money(average),
    unitsPerOrder: unitsPerOrder(sold),
  };
}

function rowFigures({ key, earned }: FigureGroup, currency: string): Omit<ResultRowView, "name"> {
  const money = (amountMinor: number) => ({ amountMinor, currency });
  return {
    key,
    attributed: money(attributedMinor(earned)),
    refunded: money(earned.refundedMinor),
    discount: money(givenMinor(earned)),
    discountOnShipping: money(earned.shippingMinor),
    assisted: null,
    orders: earned.orders,
    units: earned.units,
  };
}

/** The points of the chart: days, or weeks of long periods, each beside the one that many days before. */
export function resultSteps(
  { period, before: periodBefore }: ReportRange,
  now: Figures,
  before: Figures,
): ResultStepView[] {
  const stepsBefore = rangeSteps(periodBefore);
  return rangeSteps(period).map(({ from, to }, place) => ({
    ...{ from, to },
    attributedMinor: attributedBetween(now, from, to),
    beforeMinor: attributedBetween(before, stepsBefore[place]!.from, stepsBefore[place]!.to),
  }));
}

function attributedBetween({ groups }: Figures, from: string, to: string): number {
  return groups.reduce((sum, { key, earned }) => (key >= from && key <= to ? sum + attributedMinor(earned) : sum), 0);
}
