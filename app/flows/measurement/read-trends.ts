import type { ShopDomain } from "../../domain/ids.ts";
import { attributedMinor, averageOrderMinor, type FigureGroup } from "../../domain/measurement/figures.ts";
import { acceptance } from "../../domain/measurement/funnel-rows.ts";
import { daysOfPeriod, type ReportPeriod } from "../../domain/time/report-days.ts";
import { reportRange } from "../../domain/time/report-range.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readFigures } from "../../persistence/measurement/figures.ts";
import { readOfferTypes } from "../../persistence/offers/offer-types.ts";
import { type ShopRow, theShop } from "../../persistence/shop/shops.ts";
import type { TrendsView } from "../../views/trends-view.ts";
import type { FlowContext } from "../context.ts";
import { readIncrementalByDay } from "./incremental-view.ts";

/** The last 30 days beside the 30 days before them. */
export async function readTrends(shop: ShopDomain, context: FlowContext): Promise<TrendsView> {
  const { known, types, now, before, range } = await inShop(context.database, shop, async (tx) => {
    const row = await theShop(tx);
    const asked = reportRange({ range: "30", from: "", to: "" }, context.now().getTime(), row.timezone);
    const read = async (period: ReportPeriod) => ({
      figures: await figuresByDay(tx, row, period),
      incremental: await readIncrementalByDay(tx, period, row),
    });
    return {
      ...{ known: row, range: asked, types: await readOfferTypes(tx) },
      ...{ now: await read(asked.period), before: await read(asked.before) },
    };
  });
  const both = { ...range.before, toDay: range.period.toDay, to: range.period.to };
  const accepted = await acceptanceByDay(shop, both, known.timezone, types, context);
  return {
    ...{ currency: known.currency, timezone: known.timezone, hasEvents: accepted !== null },
    ...{ incremental: now.incremental.whole, incrementalBefore: before.incremental.whole },
    measuredAt: now.incremental.measuredAt?.toISOString() ?? null,
    steps: now.figures.map((group, place) => ({
      ...{ day: group.key, attributed: attributedMinor(group.earned), averageOrder: averageOf(group) },
      attributedBefore: attributedMinor(before.figures[place]!.earned),
      averageOrderBefore: averageOf(before.figures[place]!),
      incremental: now.incremental.days[place]!,
      incrementalBefore: before.incremental.days[place]!,
      acceptance: accepted?.[place + range.days] ?? null,
      acceptanceBefore: accepted?.[place] ?? null,
    })),
  };
}

async function figuresByDay(
  tx: ShopTransaction,
  { currency, timezone }: ShopRow,
  { from, to }: ReportPeriod,
): Promise<readonly FigureGroup[]> {
  const query = { currency, timezone, from: new Date(from), to: new Date(to), by: "day" } as const;
  return (await readFigures(tx, query)).groups;
}

function averageOf({ sold }: FigureGroup): number | null {
  return sold === null ? null : averageOrderMinor(sold);
}

/** Acceptance on each day of a period; null where events cannot be read now, since they may be in a database apart. */
async function acceptanceByDay(
  shop: ShopDomain,
  period: ReportPeriod,
  timezone: string,
  types: ReadonlyMap<number, string>,
  { events, log }: Pick<FlowContext, "events" | "log">,
): Promise<(number | null)[] | null> {
  const starts = daysOfPeriod(period, timezone).map(({ from }) => new Date(from));
  try {
    const span = { from: new Date(period.from), to: new Date(period.to) };
    const totals = await events.readOfferTotals(shop, span, { by: "step", starts });
    const byStep = Map.groupBy(totals, ({ key }) => key);
    return starts.map((_, place) => acceptance(byStep.get(String(place)) ?? [], types));
  } catch (error) {
    log.warn({ shop, message: (error as Error).message }, "events of offers not read");
    return null;
  }
}
