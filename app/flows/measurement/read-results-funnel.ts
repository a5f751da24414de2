import type { ShopDomain } from "../../domain/ids.ts";
import { funnelRows } from "../../domain/measurement/funnel-rows.ts";
import { type RangeQuery, reportRange } from "../../domain/time/report-range.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { countBoughtLines } from "../../persistence/measurement/attributed-lines.ts";
import { readOfferNames } from "../../persistence/offers/offer-types.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { ResultDimension, ResultsFunnelView } from "../../views/results-view.ts";
import type { FlowContext } from "../context.ts";
import { MOST_ROWS } from "./read-results.ts";
import { readResultNames } from "./result-names.ts";

/** Products whose steps are read; the most met ones. */
const MOST_PRODUCTS = 500;

/**
 * How often shoppers came to each step in a period. Steps and orders are of the same time: where events are counted only
 * from a later moment on, orders before it are left out as well.
 */
export async function readResultsFunnel(
  shop: ShopDomain,
  { range: asked, by, mostRows = MOST_ROWS }: { range: RangeQuery; by: ResultDimension; mostRows?: number },
  context: FlowContext,
): Promise<ResultsFunnelView> {
  const known = await inShop(context.database, shop, theShop);
  const { period } = reportRange(asked, context.now().getTime(), known.timezone);
  const since = await context.events.countedSince(shop);
  const from = new Date(Math.max(period.from, since?.getTime() ?? period.to));
  const span = { from, to: new Date(period.to) };
  const totals =
    since === null || from >= span.to
      ? []
      : await context.events.readOfferTotals(
          shop,
          span,
          by === "product" ? { by, limit: MOST_PRODUCTS } : { by: "offer" },
        );
  return inShop(context.database, shop, async (tx) => {
    const offers = await readOfferNames(tx);
    const types = new Map([...offers].map(([number, { type }]) => [number, type]));
    const bought = await countBoughtLines(tx, { currency: known.currency, ...span }, by);
    const { rows, total } = funnelRows(by, totals, bought, types);
    const shown = rows.slice(0, mostRows);
    const nameOf = await readResultNames(
      tx,
      by,
      shown.map(({ key }) => key),
      offers,
    );
    return {
      by,
      countedSince: since === null || since.getTime() <= period.from ? null : since.toISOString(),
      total,
      rows: shown.map((row) => ({ ...row, name: nameOf(row.key) })),
      moreRows: rows.length - shown.length,
    };
  });
}
