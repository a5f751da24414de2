import type { ShopDomain } from "../../../domain/ids.ts";
import { comparedPlaces } from "../../../domain/measurement/experiments/experiment.ts";
import type { Interruption } from "../../../domain/measurement/experiments/interruption.ts";
import type { Measuring } from "../../../domain/measurement/experiments/outcomes.ts";
import { isLastReading, readingOf } from "../../../domain/measurement/experiments/reading.ts";
import { inShop, type ShopTransaction } from "../../../persistence/database/in-shop.ts";
import {
  type ExperimentRow,
  findExperiment,
  noteMeasured,
  noteMeasuring,
  readExperiments,
  saveDay,
  type StartedPlan,
} from "../../../persistence/measurement/experiment-rows.ts";
import { findShop, shopStays } from "../../../persistence/shop/shops.ts";
import type { FlowContext } from "../../context.ts";
import { requestPublish } from "../../publishing/request-publish.ts";
import { findInterruption } from "./find-interruption.ts";
import { gatherOutcomes } from "./gather-outcomes.ts";
import { measureHoldout } from "./measure-holdout.ts";

/** How many visitors are read between two notes of how far a measurement is. */
const NOTE_EVERY = 50_000;

type StartedExperiment = ExperimentRow & { readonly plan: StartedPlan; readonly startedAt: Date };

/**
 * Looks at every experiment of a shop whose last look was not taken, and at the holdout: every night, and when staff ask.
 * An experiment that something has interrupted ends. Running it twice gives the same.
 */
export async function measureExperiments(shop: ShopDomain, context: FlowContext): Promise<void> {
  const installed = await inShop(context.database, shop, findShop);
  if (installed === null || installed.uninstalledAt !== null) return;
  const rows = await inShop(context.database, shop, readExperiments);
  for (const { number } of rows.filter(isOpen)) await measureExperiment(shop, number, context);
  await measureHoldout(shop, context);
}

function isOpen(row: ExperimentRow): row is StartedExperiment {
  return row.verdict === null && row.plan !== null && row.startedAt !== null;
}

/** Takes a look at one experiment. */
export async function measureExperiment(shop: ShopDomain, number: number, context: FlowContext): Promise<void> {
  const found = await inShop(context.database, shop, (tx) => findOrEnd(tx, number, context.now()));
  if (found === null) return;
  const { row, interruption } = found;
  const now = context.now();
  const until = interruption?.at ?? now.getTime();
  const measuring: Measuring = {
    arms: row.plan.weights.length,
    ...{ startedAt: row.startedAt.getTime(), until },
    ...{ currency: row.plan.currency, capMinor: row.plan.capMinor },
  };
  const places = comparedPlaces(row.content);
  const since = now.toISOString();
  let noted = 0;
  const onProgress = async (units: number) => {
    if (units < noted + NOTE_EVERY) return;
    noted = units;
    await inShop(context.database, shop, (tx) => noteMeasuring(tx, number, { units, since }));
  };
  const placeOf = (arm: number) => places.indexOf(arm);
  const outcomes = await gatherOutcomes({ shop, experiment: number, measuring, placeOf, onProgress }, context);
  const reading = readingOf(row.plan, outcomes, interruption);
  await inShop(context.database, shop, async (tx) => {
    if (!(await shopStays(tx))) return;
    // Staff may have ended it meanwhile: the job that follows takes the last look then.
    const latest = await findExperiment(tx, number);
    if (latest === null || latest.endedAt?.getTime() !== row.endedAt?.getTime()) return;
    await saveDay(tx, number, { day: reading.days, at: now, reading });
    const isLast = interruption !== null || isLastReading(reading);
    await noteMeasured(tx, number, {
      measuredAt: now,
      ...(isLast ? { verdict: reading.verdict, decidedAt: now } : {}),
    });
    await noteMeasuring(tx, number, null);
  });
  context.log.info({ shop, number, days: reading.days, verdict: reading.verdict.kind }, "experiment measured");
}

/** The experiment, and what interrupted it: one that is interrupted now takes no more shoppers. */
async function findOrEnd(
  tx: ShopTransaction,
  number: number,
  now: Date,
): Promise<{ row: StartedExperiment; interruption: Interruption | null } | null> {
  const row = await findExperiment(tx, number);
  if (row === null || !isOpen(row)) return null;
  if (row.status === "ended") return { row, interruption: row.interruption };
  const interruption = await findInterruption(tx, row, now);
  if (interruption === null) return { row, interruption };
  const endedAt = new Date(interruption.at);
  await noteMeasured(tx, number, { status: "ended", endedAt, interruption });
  await requestPublish(tx, now, 0);
  return { row: { ...row, status: "ended", endedAt }, interruption };
}
