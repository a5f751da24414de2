import type { ShopDomain } from "../../../domain/ids.ts";
import { experimentContent } from "../../../domain/measurement/experiments/experiment.ts";
import { inShop, type ShopTransaction } from "../../../persistence/database/in-shop.ts";
import {
  type ExperimentRow,
  findExperiment,
  type MeasuringProgress,
  readDays,
  type StartedPlan,
} from "../../../persistence/measurement/experiment-rows.ts";
import { readOffers } from "../../../persistence/offers/offer-rows.ts";
import { theShop } from "../../../persistence/shop/shops.ts";
import type {
  ComparedOfferView,
  ExperimentPlanView,
  ExperimentView,
  NewExperimentView,
} from "../../../views/experiments-view.ts";
import type { FlowContext } from "../../context.ts";
import { experimentRowView, offerView } from "./list-experiments.ts";
import { planStart } from "./plan-start.ts";

const LONGEST_MEASUREMENT_MS = 3_600_000;

/** One experiment with all its looks; null where there is none of this number. */
export function readExperiment(shop: ShopDomain, number: number, context: FlowContext): Promise<ExperimentView | null> {
  return inShop(context.database, shop, async (tx) => {
    const row = await findExperiment(tx, number);
    if (row === null) return null;
    const { timezone } = await theShop(tx);
    const stored = await readOffers(tx);
    const offers = stored.map(offerView);
    const days = await readDays(tx, number);
    const latest = days.at(-1);
    const { version, content, plan, measuredAt, measuring } = row;
    return {
      ...experimentRowView(row, offers, latest),
      ...{ version, content, timezone },
      offers: choosable(offers, content.offers),
      plan: plan && planView(plan),
      outlook: row.status === "draft" ? await outlookOf(tx, row, context.now()) : null,
      measuredAt: measuredAt?.toISOString() ?? null,
      measuring: isUnderWay(measuring, context.now()) ? measuring!.units : null,
      looks: days.map(({ day, at, reading }) => ({ day, at: at.toISOString(), gains: reading.gains })),
      reading: latest?.reading ?? null,
      changedOffers: stored.flatMap((offer) => {
        const begun = plan?.versions[offer.number];
        return begun !== undefined && begun !== offer.version && row.status === "running" ? [offer.number] : [];
      }),
    };
  });
}

function planView({ days, buyers, worthwhile, currency, capMinor }: StartedPlan): ExperimentPlanView {
  const cap = capMinor === null ? null : { amountMinor: Math.round(capMinor), currency };
  return { days, buyers, worthwhile, currency, cap };
}

/** What a draft would be started with. */
async function outlookOf(tx: ShopTransaction, row: ExperimentRow, now: Date): Promise<ExperimentView["outlook"]> {
  const planned = await planStart(tx, row, now);
  return "reason" in planned ? { refusal: planned } : { plan: planView(planned.plan) };
}

/** A measurement of which nothing was heard for long has failed; the next night makes up for it. */
function isUnderWay(measuring: MeasuringProgress | null, now: Date): boolean {
  return measuring !== null && now.getTime() - Date.parse(measuring.since) < LONGEST_MEASUREMENT_MS;
}

/** The form of a new experiment, with an offer chosen where one is named. */
export function newExperiment(
  shop: ShopDomain,
  offer: number | null,
  context: FlowContext,
): Promise<NewExperimentView> {
  return inShop(context.database, shop, async (tx) => {
    const offers = (await readOffers(tx)).map(offerView);
    const chosen = offers.filter(({ number }) => number === offer).map(({ number }) => number);
    return {
      content: { ...experimentContent.default, offers: chosen, weights: [1, 1] },
      offers: choosable(offers, chosen),
    };
  });
}

/** Offers that shoppers are shown, and those that are chosen already. */
function choosable(offers: readonly ComparedOfferView[], chosen: readonly number[]): ComparedOfferView[] {
  return offers.filter(({ number, isShown }) => isShown || chosen.includes(number));
}
