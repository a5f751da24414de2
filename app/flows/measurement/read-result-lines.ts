import type { ShopDomain } from "../../domain/ids.ts";
import { type RangeQuery, reportRange } from "../../domain/time/report-range.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import {
  type AttributedLine,
  type LineQuery,
  listAttributedLines,
  nextAttributedLines,
} from "../../persistence/measurement/attributed-lines.ts";
import { type OfferNames, readOfferNames } from "../../persistence/offers/offer-types.ts";
import { type ShopRow, theShop } from "../../persistence/shop/shops.ts";
import { pageOf } from "../../views/list-page.ts";
import type { AttributedLineView, ResultLinesView, ResultName } from "../../views/results-view.ts";
import type { FlowContext } from "../context.ts";
import { rangeView } from "./read-results.ts";
import { offerName, readResultNames } from "./result-names.ts";

const LINES_ON_A_PAGE = 50;
const LINES_AT_ONCE = 2000;

/** Which lines are asked for, besides their period. */
export type LineFilter = Pick<LineQuery, "offerKey" | "surface" | "productId" | "refunded">;

/** One page of the order lines behind a figure, the latest first. */
export function readResultLines(
  shop: ShopDomain,
  { range: asked, filter, page }: { range: RangeQuery; filter: LineFilter; page: number },
  context: FlowContext,
): Promise<ResultLinesView> {
  return inShop(context.database, shop, async (tx) => {
    const known = await theShop(tx);
    const range = reportRange(asked, context.now().getTime(), known.timezone);
    const query = lineQuery(known, range.period, filter);
    const offers = await readOfferNames(tx);
    const { found, ...place } = await pageOf(page, LINES_ON_A_PAGE, (part) => listAttributedLines(tx, query, part));
    return {
      shop: { domain: shop, currency: known.currency, timezone: known.timezone },
      range: rangeView(range),
      filter: { refunded: filter.refunded, names: await namesOf(tx, filter, offers) },
      lines: found.lines.map((line) => lineView(line, known.currency, offers)),
      total: found.total,
      ...place,
    };
  });
}

/**
 * All order lines of a period that came through an offer, the earliest first, a batch at a time. Each batch is a
 * transaction of its own, so that a slow reader holds up nothing; lines that change meanwhile are read as they are then.
 */
export async function* streamResultLines(
  shop: ShopDomain,
  asked: RangeQuery,
  context: FlowContext,
): AsyncGenerator<AttributedLineView[]> {
  const { known, offers } = await inShop(context.database, shop, async (tx) => ({
    known: await theShop(tx),
    offers: await readOfferNames(tx),
  }));
  const { period } = reportRange(asked, context.now().getTime(), known.timezone);
  const query = lineQuery(known, period, { offerKey: null, surface: null, productId: null, refunded: false });
  let after: AttributedLine | null = null;
  for (;;) {
    const from = after;
    const lines: AttributedLine[] = await inShop(context.database, shop, (tx) =>
      nextAttributedLines(tx, query, from, LINES_AT_ONCE),
    );
    if (lines.length > 0) yield lines.map((line) => lineView(line, known.currency, offers));
    if (lines.length < LINES_AT_ONCE) return;
    after = lines.at(-1)!;
  }
}

function lineQuery({ currency }: ShopRow, period: { from: number; to: number }, filter: LineFilter): LineQuery {
  return { ...filter, currency, from: new Date(period.from), to: new Date(period.to) };
}

async function namesOf(tx: ShopTransaction, filter: LineFilter, offers: OfferNames): Promise<ResultName[]> {
  const { offerKey, surface, productId } = filter;
  const asked = [
    ["offer", offerKey],
    ["surface", surface],
    ["product", productId],
  ] as const;
  const names: ResultName[] = [];
  for (const [by, key] of asked) {
    if (key !== null) names.push((await readResultNames(tx, by, [key], offers))(key));
  }
  return names;
}

function lineView(line: AttributedLine, currency: string, offers: OfferNames): AttributedLineView {
  const { orderId, orderName, title, productId, surface, keptUnits: units, soldMinor, refundedMinor, taxMinor } = line;
  const money = (amountMinor: number) => ({ amountMinor, currency });
  return {
    ...{ orderId, orderName, at: line.at.toISOString(), title, productId, surface, units },
    offer: offerName(line.offerKey, offers),
    ...{ sold: money(soldMinor), refunded: money(refundedMinor), tax: money(taxMinor) },
    attributed: money(soldMinor - refundedMinor - taxMinor),
  };
}
