import type { ShopDomain } from "../../../domain/ids.ts";
import { foundUpgrades } from "../../../domain/mining/upgrades/found-upgrades.ts";
import { storedUpgrades, type StoredUpgrades } from "../../../domain/mining/upgrades/stored-upgrades.ts";
import { readBasketTable } from "../../../persistence/mining/counts/basket-tables.ts";
import { readCatalogueItems } from "../../../persistence/catalogue/catalogue-items.ts";
import { withDatabase, type Database } from "../../../persistence/database/database.ts";
import { countHiddenProducts } from "../../../persistence/mining/upgrades/hidden-upgrades.ts";
import { streamInShop, type ShopStream } from "../../../persistence/database/in-shop.ts";
import { readShopSettings } from "../../../persistence/settings/settings.ts";
import { shopStays } from "../../../persistence/shop/shops.ts";
import {
  finishUpgradeRun,
  readVariantChoices,
  replaceUpgrades,
} from "../../../persistence/mining/upgrades/upgrades.ts";

export type UpgradesOutcome =
  { readonly code: "found"; readonly baskets: number; readonly products: number } | { readonly code: "unknown-shop" };

interface Found {
  readonly baskets: number;
  readonly upgrades: readonly { readonly productId: string; readonly upgrades: StoredUpgrades }[];
}

/** {@link storeUpgrades} on a database connection of its own. Run in a thread: it keeps a processor busy. */
export function storeShopUpgrades(task: {
  readonly databaseUrl: string;
  readonly shop: ShopDomain;
  /** What the clock says, milliseconds since 1970 UTC. */
  readonly now: number;
}): Promise<UpgradesOutcome> {
  return withDatabase(task.databaseUrl, (database) => storeUpgrades(database, task.shop, task.now));
}

/**
 * Finds upgrades from what is stored at one moment, and stores them in place of the earlier ones. The same orders and
 * catalogue give the same rows. Nothing is stored for a shop that left meanwhile. `now` in milliseconds since 1970 UTC.
 */
export async function storeUpgrades(database: Database, shop: ShopDomain, now: number): Promise<UpgradesOutcome> {
  const found = await streamInShop(database, shop, findFrom, { asOfNow: true });
  return streamInShop(database, shop, async (tx) => {
    if (!(await shopStays(tx))) return { code: "unknown-shop" };
    await replaceUpgrades(tx, found.upgrades);
    const figures = { baskets: found.baskets, products: found.upgrades.length };
    await finishUpgradeRun(tx, { finishedAt: now, ...figures });
    return { code: "found", ...figures };
  });
}

async function findFrom(tx: ShopStream): Promise<Found> {
  const table = await readBasketTable(tx);
  const catalogue = await readCatalogueItems(tx, { withAttributes: true });
  const variants = await readVariantChoices(tx);
  const options = {
    priceCap: (await readShopSettings(tx)).upgradeCapPercent / 100,
    hidden: await countHiddenProducts(tx),
  };
  const items = new Map(catalogue.map((item) => [item.id, item]));
  const upgrades: { productId: string; upgrades: StoredUpgrades }[] = [];
  for (const found of foundUpgrades(table, catalogue, variants, options)) {
    const kept = storedUpgrades(items.get(found.id)!, found, (id) => items.get(id));
    upgrades.push({ productId: found.id, upgrades: kept });
  }
  return { baskets: table.at.length, upgrades };
}
