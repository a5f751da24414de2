import type { ShopDomain } from "../../../domain/ids.ts";
import { armsOf, comparedPlaces } from "../../../domain/measurement/experiments/experiment.ts";
import { keptAfter } from "../../../domain/measurement/experiments/kept-after.ts";
import { DAY_MS } from "../../../domain/time/day.ts";
import { inShop, type ShopTransaction } from "../../../persistence/database/in-shop.ts";
import {
  type ExperimentDayRow,
  type ExperimentRow,
  readExperiments,
  readLatestDays,
} from "../../../persistence/measurement/experiment-rows.ts";
import { readHoldout } from "../../../persistence/measurement/experiments.ts";
import { readIncremental } from "../../../persistence/measurement/incremental.ts";
import { readOffers, type StoredOffer } from "../../../persistence/offers/offer-rows.ts";
import { theShop } from "../../../persistence/shop/shops.ts";
import type {
  ComparedOfferView,
  ExperimentRowView,
  ExperimentsView,
  HoldoutView,
} from "../../../views/experiments-view.ts";
import type { FlowContext } from "../../context.ts";

/** The holdout's card is about so many days. */
const HOLDOUT_DAYS = 90;

/** The shop's experiments, the latest first, and the holdout of the last days. */
export function listExperiments(shop: ShopDomain, context: FlowContext): Promise<ExperimentsView> {
  return inShop(context.database, shop, async (tx) => {
    return {
      experiments: await rowViews(tx, await readExperiments(tx)),
      holdout: await holdoutView(tx, context.now()),
      timezone: (await theShop(tx)).timezone,
    };
  });
}

/** Experiments that run and whose verdict staff can act on. */
export async function experimentsToDecide(tx: ShopTransaction): Promise<ExperimentRowView[]> {
  const running = (await readExperiments(tx)).filter(({ status }) => status === "running");
  if (running.length === 0) return [];
  return (await rowViews(tx, running)).filter(({ isDecided, kept }) => isDecided || kept !== null);
}

async function rowViews(tx: ShopTransaction, rows: readonly ExperimentRow[]): Promise<ExperimentRowView[]> {
  const latest = await readLatestDays(tx);
  const numbers = [...new Set(rows.flatMap(({ content }) => content.offers))];
  const offers = (await readOffers(tx, numbers)).map(offerView);
  return rows.map((row) => experimentRowView(row, offers, latest.get(row.number)));
}

async function holdoutView(tx: ShopTransaction, now: Date): Promise<HoldoutView> {
  const { currency } = await theShop(tx);
  const begin = new Date(now.getTime() - HOLDOUT_DAYS * DAY_MS);
  const { incremental, since, measuredAt, capMinor, mixedUnits } = await readIncremental(tx, {
    ...{ from: begin, to: now, currency },
  });
  const { percent } = await readHoldout(tx);
  return {
    ...{ percent, incremental, currency, mixedUnits },
    from: (since !== null && since > begin ? since : begin).toISOString(),
    to: (measuredAt ?? now).toISOString(),
    cap: capMinor === null ? null : { amountMinor: Math.round(capMinor), currency },
    measuredAt: measuredAt?.toISOString() ?? null,
  };
}

/** An offer as experiments name it. */
export function offerView({ number, name, type, status, offer }: StoredOffer): ComparedOfferView {
  return { number, name, type, isShown: status === "active" && offer !== null };
}

/** An experiment as the list has it. */
export function experimentRowView(
  row: ExperimentRow,
  offers: readonly ComparedOfferView[],
  latest: ExperimentDayRow | undefined,
): ExperimentRowView {
  const { number, status, content, startedAt, endedAt, plan, verdict } = row;
  const arms = armsOf(content);
  const said = verdict ?? latest?.reading.verdict ?? null;
  return {
    ...{ number, name: content.name, status },
    arms: comparedPlaces(content).map((place) => ({
      offer: offers.find((offer) => String(offer.number) === arms[place]!.name) ?? null,
      weight: arms[place]!.weight,
    })),
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    days: latest?.reading.days ?? null,
    plannedDays: plan?.days ?? null,
    verdict: said,
    isDecided: verdict !== null,
    kept: said === null ? null : keptAfter(said, content),
  };
}
