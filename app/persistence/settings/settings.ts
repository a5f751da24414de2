import { z } from "zod";
import type { ShopStream, ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

const goalAmounts = z.record(z.string(), z.number().int().positive());
const thresholds = z.array(z.object({ currency: z.string(), amountMinor: z.number().int().positive() }));

export interface ShopSettings {
  /** 0 = no discount. */
  readonly setDiscountBasisPoints: number;
  /** Companions that a widget shows, 1 to 3. */
  readonly setSize: number;
  readonly mode: "automatic" | "review" | "manual";
  readonly goalEnabled: boolean;
  /** Minor units by currency. */
  readonly goalAmounts: Readonly<Record<string, number>>;
  readonly shippingThresholds: readonly { currency: string; amountMinor: number }[];
  /** An upgrade costs at most this share of what it replaces; above 100. */
  readonly upgradeCapPercent: number;
  /** Whether shoppers are told in how many orders a companion was bought together. */
  readonly tellOrdersTogether: boolean;
  /** Whether what a customer bought before counts in what checkout suggests, for customers who allow it. */
  readonly useCustomerHistory: boolean;
  /** While it is on, shoppers see nothing of the app and no discount of it holds; everything else stays as it is set. */
  readonly paused: boolean;
  /** Grows by one whenever something that a person chooses is saved; 0 before the first time. */
  readonly version: number;
}

/** What a shop has before anyone has chosen anything: sets without a discount, no goal, nothing told. */
export const DEFAULT_SETTINGS: ShopSettings = {
  setDiscountBasisPoints: 0,
  setSize: 3,
  mode: "automatic",
  goalEnabled: false,
  goalAmounts: {},
  shippingThresholds: [],
  upgradeCapPercent: 150,
  tellOrdersTogether: false,
  useCustomerHistory: false,
  paused: false,
  version: 0,
};

export async function readShopSettings(tx: ShopTransaction): Promise<ShopSettings> {
  const row = await tx.db.settings.findUnique({ where: { shop: tx.shop } });
  if (row === null) return DEFAULT_SETTINGS;
  return {
    setDiscountBasisPoints: row.setDiscountBasisPoints,
    setSize: row.setSize,
    mode: row.mode as ShopSettings["mode"],
    goalEnabled: row.goalEnabled,
    goalAmounts: goalAmounts.parse(row.goalAmounts),
    shippingThresholds: thresholds.parse(row.shippingThresholds),
    upgradeCapPercent: row.upgradeCapPercent,
    tellOrdersTogether: row.tellOrdersTogether,
    useCustomerHistory: row.useCustomerHistory,
    paused: row.paused,
    version: row.version,
  };
}

/** As {@link readShopSettings}, the cap of upgrades alone. */
export async function readUpgradeCap(tx: ShopTransaction | ShopStream): Promise<number> {
  const [row] = await selectSql<{ cap: number }>(
    tx,
    "SELECT upgrade_cap_percent AS cap FROM settings WHERE shop = $1",
    tx.shop,
  );
  return row?.cap ?? DEFAULT_SETTINGS.upgradeCapPercent;
}

/** As {@link readShopSettings}, whether customers' histories count alone. */
export async function usesCustomerHistory(tx: ShopTransaction | ShopStream): Promise<boolean> {
  const [row] = await selectSql<{ uses: boolean }>(
    tx,
    "SELECT use_customer_history AS uses FROM settings WHERE shop = $1",
    tx.shop,
  );
  return row?.uses ?? DEFAULT_SETTINGS.useCustomerHistory;
}

type SavedApart = "shippingThresholds" | "upgradeCapPercent" | "paused";

/** Saves some settings beside those that stand, as the next version. */
export async function saveShopSettings(
  tx: ShopTransaction,
  changes: Partial<Omit<ShopSettings, SavedApart | "version">>,
): Promise<{ version: number }> {
  const before = await readShopSettings(tx);
  const version = before.version + 1;
  await writeSettings(tx, { ...before, ...changes, version });
  return { version };
}

/** Saves what no form with a version shows: the shop's own shipping settings, the cap of upgrades, a pause. */
export async function saveApart(tx: ShopTransaction, change: Partial<Pick<ShopSettings, SavedApart>>): Promise<void> {
  await writeSettings(tx, { ...(await readShopSettings(tx)), ...change });
}

async function writeSettings(tx: ShopTransaction, settings: ShopSettings): Promise<void> {
  const data = {
    ...settings,
    goalAmounts: { ...settings.goalAmounts },
    shippingThresholds: [...settings.shippingThresholds],
  };
  await tx.db.settings.upsert({ where: { shop: tx.shop }, create: { shop: tx.shop, ...data }, update: data });
}
