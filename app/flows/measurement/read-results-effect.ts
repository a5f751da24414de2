import { type AssistedFigures, assistedMinor } from "../../domain/measurement/figures.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import type { ReportPeriod } from "../../domain/time/report-days.ts";
import { type RangeQuery, reportRange } from "../../domain/time/report-range.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readAssisted } from "../../persistence/measurement/assisted.ts";
import { readEarned } from "../../persistence/measurement/figures.ts";
import { readGoodsCost } from "../../persistence/measurement/roi-costs.ts";
import { readOfferNames } from "../../persistence/offers/offer-types.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { AssistedView, ResultDimension, ResultsEffectView } from "../../views/results-view.ts";
import type { FlowContext } from "../context.ts";
import { readIncrementalView } from "./incremental-view.ts";
import { readRoi } from "./read-roi.ts";
import { readResultNames } from "./result-names.ts";

/**
 * What offers assisted and added in a period, and what they cost. What does not need one another is read side by side: each
 * goes over all orders of the period.
 */
export async function readResultsEffect(
  shop: ShopDomain,
  { range: asked, by }: { range: RangeQuery; by: ResultDimension },
  context: FlowContext,
): Promise<ResultsEffectView> {
  const now = context.now().getTime();
  const within = <Part>(read: (tx: ShopTransaction, span: Span) => Promise<Part>) =>
    inShop(context.database, shop, async (tx) => {
      const { currency, timezone } = await theShop(tx);
      const { period } = reportRange(asked, now, timezone);
      return read(tx, { period, currency, from: new Date(period.from), to: new Date(period.to) });
    });
  const readEffect = async () => {
    const [sold, incremental] = await Promise.all([
      within(async (tx, span) => ({ earned: await readEarned(tx, span), goods: await readGoodsCost(tx, span) })),
      within((tx, { period, currency }) => readIncrementalView(tx, period, currency)),
    ]);
    const roi = await within((tx, { period, currency }) => readRoi(tx, period, { currency, ...sold }, incremental));
    return { incremental, roi };
  };
  const [assisted, effect] = await Promise.all([within((tx, span) => readAssistance(tx, span, by)), readEffect()]);
  return { by, ...assisted, ...effect };
}

interface Span {
  readonly period: ReportPeriod;
  readonly from: Date;
  readonly to: Date;
  readonly currency: string;
}

async function readAssistance(
  tx: ShopTransaction,
  { period, ...span }: Span,
  by: ResultDimension,
): Promise<Pick<ResultsEffectView, "from" | "to" | "assisted" | "assistedRows">> {
  const { currency } = span;
  const assisted = await readAssisted(tx, span, by === "product" ? null : by);
  const keys = assisted.groups.map(({ key }) => key);
  const nameOf = await readResultNames(tx, by, keys, await readOfferNames(tx));
  return {
    ...{ from: period.fromDay, to: period.toDay, assisted: assistedView(assisted.total, currency) },
    assistedRows: assisted.groups.map(({ key, minor }) => ({
      ...{ key, name: nameOf(key), assisted: { amountMinor: minor, currency } },
    })),
  };
}

function assistedView(figures: AssistedFigures, currency: string): AssistedView {
  const money = (amountMinor: number) => ({ amountMinor, currency });
  return {
    total: money(assistedMinor(figures)),
    orders: figures.orders,
    knownOrders: figures.knownOrders,
    ...{ through: money(figures.throughMinor), used: money(figures.usedMinor), seen: money(figures.seenMinor) },
  };
}
