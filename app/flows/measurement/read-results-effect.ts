import { type AssistedFigures, assistedMinor } from "../../domain/measurement/figures.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import { type RangeQuery, reportRange } from "../../domain/time/report-range.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readAssisted } from "../../persistence/measurement/assisted.ts";
import { readEarned } from "../../persistence/measurement/figures.ts";
import { readOfferNames } from "../../persistence/offers/offer-types.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { AssistedView, ResultDimension, ResultsEffectView } from "../../views/results-view.ts";
import type { FlowContext } from "../context.ts";
import { readIncrementalView } from "./incremental-view.ts";
import { readRoi } from "./read-roi.ts";
import { readResultNames } from "./result-names.ts";

/** What offers assisted and added in a period, and what they cost. */
export function readResultsEffect(
  shop: ShopDomain,
  { range: asked, by }: { range: RangeQuery; by: ResultDimension },
  context: FlowContext,
): Promise<ResultsEffectView> {
  return inShop(context.database, shop, async (tx) => {
    const { currency, timezone } = await theShop(tx);
    const { period } = reportRange(asked, context.now().getTime(), timezone);
    const span = { currency, from: new Date(period.from), to: new Date(period.to) };
    const earned = await readEarned(tx, span);
    const assisted = await readAssisted(tx, span, by === "product" ? null : by);
    const incremental = await readIncrementalView(tx, period, currency);
    const keys = assisted.groups.map(({ key }) => key);
    const nameOf = await readResultNames(tx, by, keys, await readOfferNames(tx));
    return {
      ...{ from: period.fromDay, to: period.toDay, by },
      assisted: assistedView(assisted.total, currency),
      assistedRows: assisted.groups.map(({ key, minor }) => ({
        ...{ key, name: nameOf(key), assisted: { amountMinor: minor, currency } },
      })),
      incremental,
      roi: await readRoi(tx, period, { currency, earned }, incremental),
    };
  });
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
