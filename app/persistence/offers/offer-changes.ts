import type { OfferContent, OfferStatus } from "../../domain/offers/offer.ts";
import type { OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import { offerType } from "../../domain/offers/offer-types.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";
import { holdShop } from "../shop/shops.ts";
import { CONTENT_NAMES, CONTENT_NOW, contentFrom, contentJson } from "./offer-rows.ts";

/** What became of a change: its new version; or nothing was changed, because somebody else was faster or it is gone. */
export type ChangeOutcome =
  | { readonly code: "saved"; readonly version: number }
  | { readonly code: "stale"; readonly version: number }
  | { readonly code: "not-found" };

/** Makes an offer and returns its number. */
export async function createOffer(
  tx: ShopTransaction,
  type: OfferTypeName,
  content: OfferContent,
  now: Date,
): Promise<number> {
  const number = await nextNumber(tx);
  await runSql(
    tx,
    `INSERT INTO offers (shop, number, type, version, created_at, updated_at, judged_from, ${CONTENT_NAMES})
     SELECT $1, $2::int, $3, 1, $4::timestamptz, $4::timestamptz, $4::timestamptz, content.* FROM (${contentFrom("$5::jsonb")}) AS content`,
    ...[tx.shop, number, type, now.toISOString(), contentJson(content, offerType(type).configVersion)],
  );
  return number;
}

/** Makes a draft with the content of an offer and returns its number; null where there is no such offer. */
export async function copyOffer(
  tx: ShopTransaction,
  { number, name }: { number: number; name: string },
  now: Date,
): Promise<number | null> {
  const copied = await nextNumber(tx);
  const names = CONTENT_NAMES.replace("name, status", "$4, 'draft'");
  const made = await runSql(
    tx,
    `INSERT INTO offers (shop, number, type, version, created_at, updated_at, judged_from, ${CONTENT_NAMES})
     SELECT shop, $3::int, type, 1, $5::timestamptz, $5::timestamptz, $5::timestamptz, ${names} FROM offers WHERE shop = $1 AND number = $2::int`,
    ...[tx.shop, number, copied, name, now.toISOString()],
  );
  return made === 0 ? null : copied;
}

/** Nobody else makes an offer of the shop until the transaction ends. */
async function nextNumber(tx: ShopTransaction): Promise<number> {
  await holdShop(tx);
  const sql = "SELECT coalesce(max(number), 0) + 1 AS next FROM offers WHERE shop = $1";
  const [row] = await selectSql<{ next: number }>(tx, sql, tx.shop);
  return row!.next;
}

/** Stores new content of an offer, if it is still the version that it was changed from. */
export async function saveOfferContent(
  tx: ShopTransaction,
  { number, version, type }: { number: number; version: number; type: OfferTypeName },
  content: OfferContent,
  now: Date,
): Promise<ChangeOutcome> {
  return change(tx, { number, version }, now, "$5::jsonb", [contentJson(content, offerType(type).configVersion)]);
}

/** Puts back what an offer said before its latest change, if it is still that version. A second time, it does that again. */
export async function restoreBefore(
  tx: ShopTransaction,
  named: { number: number; version: number },
  now: Date,
): Promise<ChangeOutcome | { readonly code: "nothing-before" }> {
  const outcome = await change(tx, named, now, "before", [], "AND before IS NOT NULL");
  return outcome.code === "stale" && outcome.version === named.version ? { code: "nothing-before" } : outcome;
}

async function change(
  tx: ShopTransaction,
  { number, version }: { number: number; version: number },
  now: Date,
  /** SQL of the new content as JSON. */
  json: "$5::jsonb" | "before",
  values: readonly unknown[],
  condition = "",
): Promise<ChangeOutcome> {
  const [changed] = await selectSql<{ version: number }>(
    tx,
    `UPDATE offers SET (${CONTENT_NAMES}) = (${contentFrom(json)}), before = ${CONTENT_NOW}, version = version + 1,
       updated_at = $4::timestamptz, judged_from = ${judgedFrom(json)}
     WHERE shop = $1 AND number = $2::int AND version = $3::int ${condition} RETURNING version`,
    ...[tx.shop, number, version, now.toISOString(), ...values],
  );
  if (changed !== undefined) return { code: "saved", version: changed.version };
  const stored = await tx.db.offer.findUnique({ where: { shop_number: { shop: tx.shop, number } } });
  return stored === null ? { code: "not-found" } : { code: "stale", version: stored.version };
}

/**
 * SQL of the time from which on an offer is judged: that of the change, unless it has another name only. What is put back
 * and not shown was judged already, so that the reason why it was paused holds again.
 */
function judgedFrom(json: string): string {
  return `CASE
    WHEN (SELECT to_jsonb(content) FROM (${contentFrom(json)}) AS content) - 'name' =
      ${CONTENT_NOW} - 'name' - 'judged_from' - 'ever_switched_on'
    THEN judged_from
    WHEN ${json} ->> 'status' <> 'active' THEN coalesce((${json} ->> 'judged_from')::timestamptz, $4::timestamptz)
    ELSE $4::timestamptz END`;
}

/** Gives some offers a status, whatever else they say, and returns the new versions of those that had another. */
export function setStatus(
  tx: ShopTransaction,
  numbers: readonly number[],
  status: OfferStatus,
  now: Date,
): Promise<{ number: number; version: number }[]> {
  return selectSql(
    tx,
    `UPDATE offers SET status = $3, before = ${CONTENT_NOW}, version = version + 1, updated_at = $4::timestamptz,
       judged_from = $4::timestamptz
     WHERE shop = $1 AND number = ANY($2::int[]) AND status <> $3 RETURNING number, version`,
    ...[tx.shop, [...numbers], status, now.toISOString()],
  );
}

/** How many offers are not archived. */
export function countOffersInUse(tx: ShopTransaction): Promise<number> {
  return tx.db.offer.count({ where: { shop: tx.shop, status: { not: "archived" } } });
}
