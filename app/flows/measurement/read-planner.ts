import type { ShopDomain } from "../../domain/ids.ts";
import { planExperiment } from "../../domain/measurement/experiments/plan.ts";
import {
  type PlannerQuery,
  reasonableDifference,
  SHARES_OF_COMPARISON,
} from "../../domain/measurement/experiments/planner-query.ts";
import { LEAST_BUYERS } from "../../domain/statistics/planned-looks.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readBuyerSpending } from "../../persistence/measurement/buyer-spending.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { PlannerView } from "../../views/planner-view.ts";
import type { FlowContext } from "../context.ts";

/** Eight weeks: long enough to know how much buyers differ, and near enough to what comes. In large shops less is enough. */
export const PAST = { days: 56, orders: 20_000 };

/** How long an experiment would take in a shop, from what its own buyers spent lately. */
export function readPlanner(
  shop: ShopDomain,
  { comparison, percent }: PlannerQuery,
  context: FlowContext,
): Promise<PlannerView> {
  return inShop(context.database, shop, async (tx) => {
    const { currency } = await theShop(tx);
    const past = await readBuyerSpending(tx, context.now(), PAST, currency);
    const plan = planExperiment({
      past,
      shares: SHARES_OF_COMPARISON[comparison],
      difference: percent === null ? (after) => reasonableDifference(after) / 100 : percent / 100,
    });
    const money = (minor: number) => ({ amountMinor: Math.round(minor), currency });
    return {
      comparison,
      pastDays: past.days,
      pastBuyers: past.buyers,
      neededBuyers: LEAST_BUYERS,
      plan:
        plan.kind === "few-buyers"
          ? null
          : {
              percent: Math.round(plan.difference * 100),
              weeks: plan.weeks,
              buyers: plan.buyers,
              buyersPerDay: plan.buyersPerDay,
              meanSpent: money(past.mean),
              cap: past.capMinor === null ? null : money(past.capMinor),
              curve: plan.curve.map((week) => ({ ...week })),
            },
    };
  });
}
