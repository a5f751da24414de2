import type { Prisma } from "@prisma/client";
import type { SlotRange } from "../../domain/measurement/experiments/split.ts";
import {
  EXPERIMENT_STATUSES,
  experimentContent,
  type ExperimentContent,
  type ExperimentStatus,
} from "../../domain/measurement/experiments/experiment.ts";
import type { Interruption } from "../../domain/measurement/experiments/interruption.ts";
import type { ExperimentReading } from "../../domain/measurement/experiments/reading.ts";
import type { ExperimentPlan, Verdict } from "../../domain/measurement/experiments/verdict.ts";
import type { ShopTransaction } from "../database/in-shop.ts";

/** What is set at the start and does not change. `weights` are in the order in which the arms are compared. */
export interface StartedPlan extends ExperimentPlan {
  readonly currency: string;
  readonly capMinor: number | null;
  /** Versions of the offers at the start, by number. */
  readonly versions: Readonly<Record<string, number>>;
  /** What the offers gave at the start, where each arm gets its own discount; absent where all give the same. */
  readonly discounts?: string;
}

/** How far a measurement is that runs now. */
export interface MeasuringProgress {
  readonly units: number;
  readonly since: string;
}

/** An experiment as it is stored. */
export interface ExperimentRow {
  readonly number: number;
  readonly status: ExperimentStatus;
  readonly version: number;
  readonly content: ExperimentContent;
  /** These four are null before the start. */
  readonly plan: StartedPlan | null;
  readonly layer: string | null;
  readonly range: SlotRange | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly interruption: Interruption | null;
  /** Of the last look, for ever; null before it. */
  readonly verdict: Verdict | null;
  readonly decidedAt: Date | null;
  readonly measuredAt: Date | null;
  readonly measuring: MeasuringProgress | null;
  readonly updatedAt: Date;
}

/** The shop's experiments, the latest first. */
export async function readExperiments(tx: ShopTransaction): Promise<ExperimentRow[]> {
  const rows = await tx.db.experiment.findMany({ where: { shop: tx.shop }, orderBy: { number: "desc" } });
  return rows.map(experimentRow);
}

/** Whether shoppers are split by any experiment. */
export async function isAnyRunning(tx: ShopTransaction): Promise<boolean> {
  return (await tx.db.experiment.count({ where: { shop: tx.shop, status: "running" } })) > 0;
}

/** Running experiments that compare an offer. */
export async function runningExperimentsOf(
  tx: ShopTransaction,
  offer: number,
): Promise<{ number: number; name: string }[]> {
  const rows = await tx.db.experiment.findMany({ where: { shop: tx.shop, status: "running" } });
  return rows
    .map(experimentRow)
    .filter(({ content }) => content.offers.includes(offer))
    .map(({ number, content: { name } }) => ({ number, name }));
}

/** One experiment; null where there is none of this number. */
export async function findExperiment(tx: ShopTransaction, number: number): Promise<ExperimentRow | null> {
  const row = await tx.db.experiment.findUnique({ where: { shop_number: { shop: tx.shop, number } } });
  return row === null ? null : experimentRow(row);
}

function experimentRow(row: Prisma.ExperimentGetPayload<object>): ExperimentRow {
  const { rangeFrom, rangeTo } = row;
  return {
    ...row,
    status: EXPERIMENT_STATUSES.find((status) => status === row.status) ?? "ended",
    content: experimentContent.readStored(row.content).value,
    range: rangeFrom === null || rangeTo === null ? null : { from: rangeFrom, to: rangeTo },
    // Only this file writes these columns.
    plan: row.plan as unknown as StartedPlan | null,
    interruption: row.interruption as unknown as Interruption | null,
    verdict: row.verdict as unknown as Verdict | null,
    measuring: row.measuring as unknown as MeasuringProgress | null,
  };
}

/** Adds a draft. Numbers begin at 1, since 0 is the holdout's, and none is used again. */
export async function addExperiment(tx: ShopTransaction, content: ExperimentContent, now: Date): Promise<number> {
  const { _max: largest } = await tx.db.experiment.aggregate({ where: { shop: tx.shop }, _max: { number: true } });
  const number = (largest.number ?? 0) + 1;
  const times = { createdAt: now, updatedAt: now };
  const data = { shop: tx.shop, number, name: content.name, status: "draft", content: content as object, ...times };
  await tx.db.experiment.create({ data });
  return number;
}

type Changes = Partial<Omit<ExperimentRow, "number" | "version" | "measuring">>;

/** Changes by staff: the version grows. */
export async function changeExperiment(
  tx: ShopTransaction,
  number: number,
  changes: Changes,
  now: Date,
): Promise<void> {
  const where = { shop_number: { shop: tx.shop, number } };
  await tx.db.experiment.update({ where, data: { ...columns(changes), version: { increment: 1 }, updatedAt: now } });
}

/** What a measurement found out; the version stays, since staff may be changing something. */
export async function noteMeasured(tx: ShopTransaction, number: number, changes: Changes): Promise<void> {
  await tx.db.experiment.updateMany({ where: { shop: tx.shop, number }, data: columns(changes) });
}

/** How far a measurement is; null once it has ended. */
export async function noteMeasuring(
  tx: ShopTransaction,
  number: number,
  measuring: MeasuringProgress | null,
): Promise<void> {
  const sql = "UPDATE experiments SET measuring = $3::jsonb WHERE shop = $1 AND number = $2::int";
  await tx.run(sql, [tx.shop, number, measuring === null ? null : JSON.stringify(measuring)]);
}

/** Notes that every experiment whose last look was not taken is about to be measured. */
export async function noteMeasuringAll(tx: ShopTransaction, now: Date): Promise<void> {
  const sql = `UPDATE experiments SET measuring = $2::jsonb
    WHERE shop = $1 AND verdict IS NULL AND started_at IS NOT NULL AND measuring IS NULL`;
  await tx.run(sql, [tx.shop, JSON.stringify({ units: 0, since: now.toISOString() })]);
}

function columns({ content, range, plan, interruption, verdict, ...plain }: Changes): Prisma.ExperimentUpdateInput {
  return {
    ...plain,
    ...(content === undefined ? {} : { name: content.name, content: content as object }),
    ...(range == null ? {} : { rangeFrom: range.from, rangeTo: range.to }),
    ...(plan == null ? {} : { plan: plan as unknown as object }),
    ...(interruption == null ? {} : { interruption: interruption as unknown as object }),
    ...(verdict == null ? {} : { verdict: verdict as unknown as object }),
  };
}

/** Deletes a draft: nobody was split by it. */
export async function deleteDraft(tx: ShopTransaction, number: number): Promise<void> {
  await tx.db.experiment.deleteMany({ where: { shop: tx.shop, number, status: "draft" } });
}

/** One look of an experiment. */
export interface ExperimentDayRow {
  /** Days on which shoppers came. A clock that jumps adds none. */
  readonly day: number;
  readonly at: Date;
  readonly reading: ExperimentReading;
}

/** Stores a look in place of an earlier one of the same day. */
export async function saveDay(
  tx: ShopTransaction,
  number: number,
  { day, at, reading }: ExperimentDayRow,
): Promise<void> {
  const where = { shop_number_day: { shop: tx.shop, number, day } };
  const data = { at, reading: reading as unknown as object };
  await tx.db.experimentDay.upsert({ where, create: { shop: tx.shop, number, day, ...data }, update: data });
}

/** All looks of an experiment, in their order. */
export async function readDays(tx: ShopTransaction, number: number): Promise<ExperimentDayRow[]> {
  const rows = await tx.db.experimentDay.findMany({ where: { shop: tx.shop, number }, orderBy: { day: "asc" } });
  return rows.map(({ day, at, reading }) => ({ day, at, reading: reading as unknown as ExperimentReading }));
}

/** The latest look of each experiment. */
export async function readLatestDays(tx: ShopTransaction): Promise<Map<number, ExperimentDayRow>> {
  const rows = await tx.db.experimentDay.findMany({
    where: { shop: tx.shop },
    orderBy: [{ number: "asc" }, { day: "desc" }],
    distinct: ["number"],
  });
  return new Map(
    rows.map(({ number, day, at, reading }) => [number, { day, at, reading: reading as unknown as ExperimentReading }]),
  );
}
