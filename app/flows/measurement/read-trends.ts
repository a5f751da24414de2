import type { ShopDomain } from "../../domain/ids.ts";
import { attributedMinor, averageOrderMinor, type FigureGroup } from "../../domain/measurement/figures.ts";
import { acceptance } from "../../domain/measurement/funnel-rows.ts";
import { daysOfPeriod, type ReportPeriod } from "../../domain/time/report-days.ts";
import { type ReportRange, reportRange, sameTimeBefore } from "../../domain/time/report-range.ts";
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
    const now = await readIncrementalByDay(tx, asked.period, row);
    // It ends with the last measurement: so do the days before, at the same time.
    const until =
      now.measuredAt === null ? now.measuredAt : sameTimeBefore(asked, now.measuredAt.getTime(), row.timezone);
    return {
      ...{ known: row, range: asked, types: await readOfferTypes(tx) },
      now: { figures: await figuresByDay(tx, row, asked.period), incremental: now },
      before: {
        figures: await figuresByDay(tx, row, asked.before),
        incremental: await readIncrementalByDay(tx, asked.before, row, until ?? undefined),
      },
    };
  });
  const accepted = await acceptanceByDay(shop, range, known.timezone, types, context);
  return {
    ...{ currency: known.currency, timezone: known.timezone, hasEvents: accepted !== null },
    ...{ incremental: now.incremental.whole, incrementalBefore: before.incremental.whole },
    measuredAt: now.incremental.measuredAt?.toISOString() ?? null,
    beforeUpTo: new Date(range.before.to - 1).toISOString(),
    steps: now.figures.map((group, place) => ({
      ...{ day: group.key, attributed: attributedMinor(group.earned), averageOrder: averageOf(group) },
      attributedBefore: attributedMinor(before.figures[place]!.earned),
      averageOrderBefore: averageOf(before.figures[place]!),
      incremental: now.incremental.days[place]!,
      incrementalBefore: before.incremental.days[place]!,
      acceptance: accepted?.now[place] ?? null,
      acceptanceBefore: accepted?.before[place] ?? null,
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

/** Acceptance on each day of both periods; null where events cannot be read now, since they may be in a database apart. */
async function acceptanceByDay(
  shop: ShopDomain,
  { period, before }: Pick<ReportRange, "period" | "before">,
  timezone: string,
  types: ReadonlyMap<number, string>,
  { events, log }: Pick<FlowContext, "events" | "log">,
): Promise<Record<"now" | "before", (number | null)[]> | null> {
  const begins = (of: ReportPeriod) => daysOfPeriod(of, timezone).map(({ from }) => new Date(from));
  const [past, days] = [begins(before), begins(period)];
  // What remains of the last day before the period is a step that nothing reads.
  const starts = [...past, new Date(before.to), ...days];
  try {
    const span = { from: new Date(before.from), to: new Date(period.to) };
    const totals = await events.readOfferTotals(shop, span, { by: "step", starts });
    const byStep = Map.groupBy(totals, ({ key }) => key);
    const steps = starts.map((_, place) => acceptance(byStep.get(String(place)) ?? [], types));
    return { before: steps.slice(0, past.length), now: steps.slice(past.length + 1) };
  } catch (error) {
    log.warn({ shop, message: (error as Error).message }, "events of offers not read");
    return null;
  }
}
