import type { Shop } from "@prisma/client";
import { shopDomain, type ShopDomain } from "../../domain/ids.ts";
import type { BasketMargins } from "../../domain/mining/evidence/null-model.ts";
import type { Database } from "../database/database.ts";
import type { ShopStream, ShopTransaction, ShopSql } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";

export type ShopRow = Shop;

/** What Shopify says about a shop at install. */
export interface ShopFacts {
  readonly shopifyId: string;
  readonly name: string;
  readonly currency: string;
  readonly currencies: readonly string[];
  readonly timezone: string;
  readonly installationId: string;
  /** Whether Shopify opens orders older than 60 days. */
  readonly allOrders: boolean;
  /** Whether the merchant lets the app give store credit. */
  readonly givesCredit: boolean;
}

/**
 * Stores a shop, or takes it back after an uninstall. Says whether it was not installed before, and whether Shopify
 * opens orders older than 60 days since the last time. `now`: when Shopify was asked for the facts, at the latest.
 */
export async function saveShop(
  tx: ShopTransaction,
  facts: ShopFacts,
  now: Date,
): Promise<{ isNew: boolean; seesMore: boolean }> {
  const before = await findShop(tx);
  const data = { ...facts, currencies: [...facts.currencies], uninstalledAt: null, confirmedAt: now };
  await tx.db.shop.upsert({
    where: { domain: tx.shop },
    create: { domain: tx.shop, installedAt: now, ...data },
    update: data,
  });
  const isNew = before === null || before.uninstalledAt !== null;
  return { isNew, seesMore: !isNew && facts.allOrders && !before.allOrders };
}

/** The shop of the transaction, or null where it never installed the app or left nothing behind. */
export function findShop(tx: ShopTransaction): Promise<ShopRow | null> {
  return tx.db.shop.findUnique({ where: { domain: tx.shop } });
}

/**
 * Has whoever else calls this for the shop wait until the transaction ends: for what must be looked up and made once.
 */
export async function holdShop(tx: ShopTransaction): Promise<void> {
  await tx.db.$executeRaw`SELECT 1 FROM shops WHERE domain = ${tx.shop} FOR NO KEY UPDATE`;
}

/**
 * Takes the lock that excludes {@link shopStays}: waits for its holders, and blocks new ones until the transaction
 * ends.
 */
export async function stopShop(tx: ShopTransaction): Promise<void> {
  await runSql(tx, "SELECT 1 FROM shops WHERE domain = $1 FOR UPDATE", tx.shop);
}

/**
 * Whether the shop is there, and stays until the transaction ends: jobs of several queues work on a shop at once, and
 * what one of them stored after an uninstall would stay for ever.
 */
export async function shopStays(tx: ShopSql): Promise<boolean> {
  return (await runSql(tx, "SELECT 1 FROM shops WHERE domain = $1 FOR KEY SHARE", tx.shop)) > 0;
}

/** As {@link findShop}, for callers that come after an install. Throws where there is none. */
export async function theShop(tx: ShopTransaction): Promise<ShopRow> {
  const shop = await findShop(tx);
  if (shop === null) throw new Error("The shop is not installed");
  return shop;
}

/** The shop's IANA timezone; UTC for one that is gone. */
export async function readTimezone(tx: ShopStream): Promise<string> {
  const [shop] = await selectSql<{ timezone: string }>(tx, "SELECT timezone FROM shops WHERE domain = $1", tx.shop);
  return shop?.timezone ?? "UTC";
}

/** Grows each time that the counts of products are stored. */
export async function readCountsVersion(tx: ShopStream): Promise<number> {
  const sql = "SELECT counts_version AS version FROM shops WHERE domain = $1";
  const [shop] = await selectSql<{ version: number }>(tx, sql, tx.shop);
  return shop?.version ?? 0;
}

/** Notes that counts were stored, of baskets with these margins. */
export async function raiseCountsVersion(tx: ShopStream, margins: BasketMargins): Promise<void> {
  const sql = "UPDATE shops SET counts_version = counts_version + 1, basket_margins = $2::jsonb WHERE domain = $1";
  await runSql(tx, sql, tx.shop, JSON.stringify({ sizes: [...margins.sizes], orders: [...margins.orders] }));
}

export async function updateShop(
  tx: ShopTransaction,
  data: Partial<
    Pick<
      ShopRow,
      | "discountId"
      | "discountActive"
      | "uninstalledAt"
      | "reconciledUntil"
      | "publishedAt"
      | "publishRequested"
      | "publishedAllAt"
    >
  >,
): Promise<void> {
  await tx.db.shop.updateMany({ where: { domain: tx.shop }, data });
}

/** Every shop that has the app installed now: for schedules alone. */
export async function installedShops(database: Database): Promise<ShopDomain[]> {
  return database.prisma.$transaction(async (db) => {
    await db.$executeRawUnsafe("SET LOCAL ROLE tsuide_tenant");
    await db.$executeRawUnsafe("SELECT set_config('tsuide.every_shop', 'on', true)");
    const shops = await db.shop.findMany({ where: { uninstalledAt: null }, select: { domain: true } });
    return shops.map(({ domain }) => shopDomain(domain)).sort();
  });
}

const TABLES_OF_A_SHOP = [
  "answer",
  "webhookDelivery",
  "changedOrder",
  "importRun",
  "product",
  "variant",
  "collectionMember",
  "order",
  "orderLine",
  "orderSale",
  "firstOrder",
  "salesTotal",
  "deletedOrder",
  "unreadOrder",
  "refundLine",
  "basket",
  "basketDelta",
  "association",
  "companionList",
  "browsingDay",
  "browsingProduct",
  "segmentList",
  "miningRun",
  "choice",
  "excludedProduct",
  "suggestedCompanions",
  "offer",
  "bundle",
  "failingOffer",
  "flowTrigger",
  "notedSuggestion",
  "announcedDue",
  "creditPromise",
  "storeCredit",
  "creditMove",
  "offerEntry",
  "publishDue",
  "published",
  "attribution",
  "discountName",
  "offerDiscount",
  "offerShipping",
  "orderVisit",
  "orderTouch",
  "split",
  "experiment",
  "experimentDay",
  "holdoutUnits",
  "holdoutOrder",
  "offerListing",
  "customerSummary",
  "listedCustomer",
  "customerSuggestion",
  "lifetimeInputs",
  "upgrade",
  "upgradeRun",
  "hiddenUpgrade",
  "approvedUpgrade",
  "compatibility",
  "backtest",
  "playbookEvidence",
  "dismissedProposal",
  "settings",
  "notice",
  "dataRequest",
  "activity",
] as const;

/** Deletes every row of the shop but its sessions (see `sessions.ts`). Says how many there were. */
export async function deleteShop(tx: ShopTransaction): Promise<number> {
  // Whoever writes about the shop holds its row (see `shopStays`): after this nobody does, and nobody can begin to.
  await tx.db.$executeRaw`SELECT 1 FROM shops WHERE domain = ${tx.shop} FOR UPDATE`;
  let rows = 0;
  for (const table of TABLES_OF_A_SHOP) {
    const model = tx.db[table] as unknown as {
      deleteMany(args: { where: { shop: string } }): Promise<{ count: number }>;
    };
    rows += (await model.deleteMany({ where: { shop: tx.shop } })).count;
  }
  rows += (await tx.db.shop.deleteMany({ where: { domain: tx.shop } })).count;
  return rows;
}
