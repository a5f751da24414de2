import type { GoalConfig } from "../../offers/types/goal/config.ts";
import { countriesOfRates } from "../../offers/types/goal/own-rates.ts";
import type { OrderValues } from "../evidence.ts";
import { draftOf, proposalId } from "../drafts.ts";
import type { PlaybookFacts } from "../facts.ts";
import type { Playbook, ProposalCheck } from "../proposal.ts";
import { roundedUp } from "../round-amounts.ts";

/** Fewer orders of a year say little about what the next ones will cost. */
export const LEAST_ORDERS = 50;
/** A goal lies so far above the order in the middle: near enough to be reached, too far to be reached anyway. */
const ABOVE_MEDIAN = 1.2;
/** Of so few orders that reach it nobody would try. */
const LEAST_REACH = 0.05;

/** Free shipping a little above what half of the orders cost, or from where the shop's own rates are free. */
export const shippingGoal: Playbook = {
  name: "shipping-goal",
  propose(facts) {
    const { orderValues: values } = facts.evidence;
    const goals = facts.offers.filter(({ type }) => type === "goal");
    const draft = goals.find(({ status, config }) => status === "draft" && isEmpty(config as GoalConfig)) ?? null;
    if (values === null || values.orders < LEAST_ORDERS || goals.some((goal) => goal !== draft)) return [];
    const medianMinor = valueAt(values, 0.5);
    const own = ownRate(facts);
    const goalMinor = own ?? roundedUp(medianMinor * ABOVE_MEDIAN);
    const reach = 1 - shareBelow(values, goalMinor);
    const share = shareBelow(values, goalMinor) - shareBelow(values, medianMinor);
    if (medianMinor <= 0 || goalMinor <= medianMinor || reach < LEAST_REACH) return [];
    const amounts = { [facts.currency]: goalMinor };
    const countries = own === null ? null : countriesOfRates(amounts, facts.shippingRates);
    const already: ProposalCheck = { code: "already-reach", share: reach };
    return [
      {
        ...{ id: proposalId("shipping-goal"), playbook: "shipping-goal", type: "goal" },
        content: draftOf("goal", { reward: { kind: "free-shipping" }, config: { amounts, countries } }),
        ...{ draft: draft?.number ?? null, products: [], weight: Math.round(values.orders * share) },
        reason: { code: own === null ? "near-goal" : "own-rate", goalMinor, medianMinor, share },
        checks: [
          ...(own === null ? [already, { code: "shipping-cost" as const }] : []),
          ...(facts.hasOtherCurrencies ? [{ code: "other-currencies" as const }] : []),
        ],
      },
    ];
  },
};

/** Whether nobody has set an amount yet. */
function isEmpty({ amounts }: GoalConfig): boolean {
  return Object.keys(amounts).length === 0;
}

/** From where the shop's own rates are free in its currency; null where they never are. */
function ownRate({ shippingRates, currency }: PlaybookFacts): number | null {
  const amounts = shippingRates.filter((rate) => rate.currency === currency).map(({ amountMinor }) => amountMinor);
  return amounts.length === 0 ? null : Math.min(...amounts);
}

/** What an order costs that such a share of all orders cost less than. */
export function valueAt({ quantiles }: OrderValues, share: number): number {
  return quantiles[Math.round(share * (quantiles.length - 1))]!;
}

/** The share of orders that cost less than an amount, between two known values by their distance. */
export function shareBelow({ quantiles }: OrderValues, amountMinor: number): number {
  const steps = quantiles.length - 1;
  const next = quantiles.findIndex((value) => value >= amountMinor);
  if (next < 0) return 1;
  if (next === 0) return 0;
  const [from, to] = [quantiles[next - 1]!, quantiles[next]!];
  return (next - 1 + (amountMinor - from) / (to - from)) / steps;
}
