import type { Prisma } from "@prisma/client";
import { z } from "zod";
import {
  allSettings,
  type FormSettings,
  type SeparateSettings,
  type Settings,
} from "../../domain/settings/sections.ts";
import type { FreeRate } from "../../domain/offers/free-rate.ts";
import type { ShopTransaction, ShopSql } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

const rates = z.array(
  z.object({
    currency: z.string(),
    amountMinor: z.number().int().positive(),
    // Rows from before countries were read have none; the rates are read again every night.
    countries: z.array(z.string()).nullable().default([]),
  }),
);

export interface ShopSettings extends Settings {
  /** What the shop's own shipping settings say, as they were last read. */
  readonly shippingRates: readonly FreeRate[];
  /** Grows by one whenever a form with settings is saved; 0 before the first time. */
  readonly version: number;
  /** Settings that were stored with a value that is not possible any more, and have their default now. */
  readonly reset: readonly string[];
}

/** What a shop has before anyone has chosen anything. */
export const DEFAULT_SETTINGS: ShopSettings = { ...allSettings.default, shippingRates: [], version: 0, reset: [] };

interface SettingsRow {
  chosen: unknown;
  rates: unknown;
  version: number;
}

export async function readShopSettings(tx: ShopSql): Promise<ShopSettings> {
  const [row] = await selectSql<SettingsRow>(
    tx,
    "SELECT chosen, shipping_thresholds AS rates, version FROM settings WHERE shop = $1",
    tx.shop,
  );
  if (row === undefined) return DEFAULT_SETTINGS;
  const { value, refusals } = allSettings.readStored(row.chosen);
  return {
    ...value,
    shippingRates: rates.parse(row.rates),
    version: row.version,
    reset: refusals.map(({ path }) => path),
  };
}

/** Saves some settings beside those that stand, as the next version. */
export async function saveShopSettings(
  tx: ShopTransaction,
  changes: Partial<FormSettings>,
): Promise<{ version: number }> {
  const version = (await readShopSettings(tx)).version + 1;
  await writeSettings(tx, changes, { version });
  return { version };
}

/** Saves what has no part in the form with a version: the shop's own shipping settings, the cap of upgrades, a pause. */
export async function saveApart(
  tx: ShopTransaction,
  { shippingRates, ...changes }: Partial<SeparateSettings & Pick<ShopSettings, "shippingRates">>,
): Promise<void> {
  await writeSettings(
    tx,
    changes,
    shippingRates === undefined
      ? {}
      : {
          shippingThresholds: shippingRates.map((rate) => ({
            ...rate,
            countries: rate.countries && [...rate.countries],
          })),
        },
  );
}

async function writeSettings(
  tx: ShopTransaction,
  changes: Partial<Settings>,
  columns: { version?: number; shippingThresholds?: Prisma.InputJsonArray },
): Promise<void> {
  const before = await readShopSettings(tx);
  const chosen = Object.fromEntries(
    Object.keys(allSettings.fields).map((name) => [name, { ...before, ...changes }[name as keyof Settings]]),
  );
  const data = { chosen, ...columns };
  await tx.db.settings.upsert({ where: { shop: tx.shop }, create: { shop: tx.shop, ...data }, update: data });
}
