import { attributedMinor, type EarnedFigures } from "../../domain/measurement/figures.ts";
import {
  costOfPeriod,
  type GoodsCost,
  goodsShareOf,
  returnOnInvestment,
  type Roi,
} from "../../domain/measurement/roi.ts";
import type { ReportPeriod } from "../../domain/time/report-days.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import {
  creditGiven,
  creditOfShown,
  discountsOfShown,
  discountsWithinAttributed,
  shippingOfShown,
} from "../../persistence/measurement/roi-costs.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import type { IncrementalView, RoiView } from "../../views/results-view.ts";

/**
 * What offers added in a period beside what they cost, `goods` included. By incremental revenue where the holdout gives one, of
 * the time from which visitors were split on and of the discounts of those who count; otherwise by attributed revenue.
 */
export async function readRoi(
  tx: ShopTransaction,
  period: ReportPeriod,
  { currency, earned, goods }: { currency: string; earned: EarnedFigures; goods: GoodsCost },
  incremental: IncrementalView,
): Promise<RoiView> {
  const { discountMinor, shippingMinor, discountUnknownOrders } = earned;
  const { monthlyCosts, marginPercent } = await readShopSettings(tx);
  const isIncremental = incremental.kind === "estimate";
  const since = isIncremental && incremental.since !== null ? Date.parse(incremental.since) : period.from;
  const span = { from: new Date(since), to: new Date(period.to), currency };
  const monthly = monthlyCosts[currency];
  const isUnknown = discountUnknownOrders > 0;
  const ofShown = isIncremental ? await discountsOfShown(tx, span) : 0;
  const costs = {
    withinMinor: isIncremental ? ofShown : await discountsWithinAttributed(tx, span),
    discountMinor: isUnknown ? null : isIncremental ? ofShown : discountMinor,
    shippingMinor: isUnknown ? null : isIncremental ? await shippingOfShown(tx, span) : shippingMinor,
    creditMinor: isIncremental ? await creditOfShown(tx, span) : await creditGiven(tx, span),
    goodsShare: goodsShareOf(goods, marginPercent),
    monthlyMinor: monthly === undefined ? null : costOfPeriod(monthly, period.to - since),
  };
  const of = (earnedMinor: number): Roi => returnOnInvestment({ earnedMinor, ...costs });
  const roi = of(isIncremental ? incremental.estimate.amountMinor : attributedMinor(earned));
  const money = (amountMinor: number | null) => (amountMinor === null ? null : { amountMinor, currency });
  return {
    basis: isIncremental ? "incremental" : "attributed",
    ratio: roi.ratio,
    interval:
      isIncremental && roi.ratio !== null
        ? { low: of(incremental.low.amountMinor).ratio!, high: of(incremental.high.amountMinor).ratio! }
        : null,
    added: { amountMinor: roi.addedMinor, currency },
    cost: money(roi.costMinor),
    discounts: money(costs.discountMinor),
    shipping: money(costs.shippingMinor),
    credit: { amountMinor: costs.creditMinor, currency },
    goods: money(roi.goodsMinor),
    monthly: money(costs.monthlyMinor),
    missing: [...roi.missing],
    goodsWithoutCost: goods.unknownLines,
    marginPercent,
  };
}
