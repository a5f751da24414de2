import { SLOTS } from "../../domain/measurement/experiments/slot.ts";
import { armsOf, experimentContent } from "../../domain/measurement/experiments/experiment.ts";
import type { HidingExperiment, HidingSplit } from "../../domain/measurement/experiments/published-split.ts";
import type { StartedPlan } from "./experiment-rows.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";
import { readShopSettings } from "../settings/settings.ts";

/** Who is held out. `since`: from when that share of shoppers has been; null for as long as the app is installed. */
export interface Holdout {
  readonly salt: string;
  readonly percent: number;
  readonly since: Date | null;
}

// The salt is made with the row.
const MAKE = "INSERT INTO splits (shop, holdout_percent) VALUES ($1, $2::int) ON CONFLICT DO NOTHING";
const READ = "SELECT salt, holdout_percent AS percent, holdout_since AS since FROM splits WHERE shop = $1";
const CHANGE = `UPDATE splits SET holdout_percent = $2::int, holdout_since = $3::timestamptz
  WHERE shop = $1 AND holdout_percent <> $2::int`;

/** The holdout as it was last noted. */
export async function readHoldout(tx: ShopTransaction): Promise<Holdout> {
  const { holdoutPercent } = await readShopSettings(tx);
  await tx.run(MAKE, [tx.shop, holdoutPercent]);
  const [row] = await selectSql<Holdout>(tx, READ, tx.shop);
  return row!;
}

/**
 * Notes the share of shoppers that is held out by the settings. Visitors before and after another share was set are not
 * to be compared, so the time of a change is kept. Says whether there was one.
 */
export async function noteHoldout(tx: ShopTransaction, now: Date): Promise<{ changed: boolean }> {
  const { holdoutPercent } = await readShopSettings(tx);
  await tx.run(MAKE, [tx.shop, holdoutPercent]);
  return { changed: (await tx.run(CHANGE, [tx.shop, holdoutPercent, now])) > 0 };
}

/** How the shop's shoppers are split at present: by the holdout, and by the experiments that run, oldest first. */
export async function readSplit(tx: ShopTransaction): Promise<HidingSplit> {
  const { salt, percent } = await readHoldout(tx);
  const where = { shop: tx.shop, status: "running" };
  const rows = await tx.db.experiment.findMany({ where, orderBy: [{ startedAt: "asc" }, { number: "asc" }] });
  const experiments = rows.flatMap(({ number, content, layer, rangeFrom, rangeTo, plan }): HidingExperiment[] => {
    if (layer === null || rangeFrom === null || rangeTo === null) return [];
    const arms = armsOf(experimentContent.readStored(content).value);
    const byArm = (plan as unknown as StartedPlan | null)?.discounts !== undefined;
    return [{ id: String(number), layer, range: { from: rangeFrom, to: rangeTo }, arms, ...(byArm && { byArm }) }];
  });
  return { shopSalt: salt, holdoutSlots: (percent * SLOTS) / 100, experiments };
}
