import type { Prisma } from "@prisma/client";
import type { Offer, OfferContent, OfferStatus } from "../../domain/offers/offer.ts";
import { OFFER_STATUSES } from "../../domain/offers/offer.ts";
import type { OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { isFault, readOffer, type OfferFault } from "../../domain/offers/read-offer.ts";
import type { OfferMode } from "../../domain/settings/modes.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { readShopSettings } from "../settings/settings.ts";

/** What stands of an offer whatever its type is, and whether it can be used. */
export interface StoredOffer {
  readonly number: number;
  readonly type: string;
  readonly name: string;
  readonly status: OfferStatus;
  readonly version: number;
  readonly updatedAt: Date;
  /** From when on what customers say and send back counts. */
  readonly judgedFrom: Date;
  /** Whether there is a state before the latest change. */
  readonly hasBefore: boolean;
  /** Null where it cannot be used, and `fault` says why. */
  readonly offer: Offer | null;
  /** What can be read of its content: what is invalid has its default there. Null where only another release can read it. */
  readonly content: OfferContent | null;
  readonly fault: OfferFault | null;
}

export type OfferTableRow = Prisma.OfferGetPayload<object>;

/** The offers of the shop, by number. */
export async function readOffers(tx: ShopTransaction, numbers?: readonly number[]): Promise<StoredOffer[]> {
  const where = { shop: tx.shop, ...(numbers === undefined ? {} : { number: { in: [...numbers] } }) };
  const rows = await tx.db.offer.findMany({ where, orderBy: { number: "asc" } });
  const { shopMode } = await readShopSettings(tx);
  return rows.map((row) => storedOffer(row, shopMode));
}

/** One offer; null where there is none of this number. */
export async function readStoredOffer(tx: ShopTransaction, number: number): Promise<StoredOffer | null> {
  const [found] = await readOffers(tx, [number]);
  return found ?? null;
}

/** The offers that shoppers may see: those that are active and can be used. Their schedules are not looked at. */
export async function readActiveOffers(tx: ShopTransaction): Promise<Offer[]> {
  const rows = await tx.db.offer.findMany({ where: { shop: tx.shop, status: "active" }, orderBy: { number: "asc" } });
  const { shopMode } = await readShopSettings(tx);
  return rows.flatMap((row) => storedOffer(row, shopMode).offer ?? []);
}

/** A row as it is read. `shopMode` is the mode of offers that have none of their own. */
export function storedOffer(row: OfferTableRow, shopMode: OfferMode): StoredOffer {
  const given = contentOfRow(row);
  const read = readOffer({ ...row, content: given }, shopMode);
  const isReadable = !isFault(read) || read.code === "invalid";
  return {
    ...{ number: row.number, type: row.type, name: row.name, version: row.version },
    ...{ updatedAt: row.updatedAt, judgedFrom: row.judgedFrom },
    status: OFFER_STATUSES.find((status) => status === row.status) ?? "paused",
    hasBefore: row.before !== null,
    offer: isFault(read) ? null : read,
    content: isReadable ? contentShape(row.type as OfferTypeName).readStored(given).value : null,
    fault: isFault(read) ? read : null,
  };
}

function contentOfRow(row: OfferTableRow): unknown {
  const { name, status, mode, priority, schedule, conditions, reward, surfaces, copy, combinesWith, config } = row;
  const audience = row.audience === null ? {} : { audience: row.audience };
  return {
    name,
    status,
    mode,
    priority,
    schedule,
    conditions,
    ...audience,
    reward,
    surfaces,
    copy,
    combinesWith,
    config,
  };
}

/** The columns of an offer's content, with their types as PostgreSQL reads them from JSON. */
const CONTENT_COLUMNS = {
  ...{ name: "text", status: "text", mode: "text", priority: "int", schedule: "jsonb", conditions: "jsonb" },
  audience: "jsonb",
  ...{ reward: "jsonb", config: "jsonb", config_version: "int", surfaces: "text[]", copy: "jsonb" },
  combines_with: "jsonb",
} as const;

/** The names of those columns, for an INSERT or an UPDATE. */
export const CONTENT_NAMES = Object.keys(CONTENT_COLUMNS).join(", ");

/** SQL that reads the columns from a JSON object. `json` is a part of the statement, never what somebody sent. */
export function contentFrom(json: string): string {
  const columns = Object.entries(CONTENT_COLUMNS).map(([name, type]) => `${name} ${type}`);
  return `SELECT ${CONTENT_NAMES} FROM jsonb_to_record(${json}) AS content(${columns.join(", ")})`;
}

/**
 * SQL of whether an offer is or was ever anything but a draft: what it earned meanwhile stays its own. Read from what each
 * change keeps of the row before it.
 */
export const EVER_SWITCHED_ON = `(status <> 'draft'
  OR coalesce(before ->> 'status' <> 'draft' OR (before ->> 'ever_switched_on')::boolean, false))`;

/** SQL of a JSON object of the columns as they stand, and of what goes with them. */
export const CONTENT_NOW = `jsonb_build_object('judged_from', judged_from, 'ever_switched_on', ${EVER_SWITCHED_ON},
  ${Object.keys(CONTENT_COLUMNS)
    .map((name) => `'${name}', ${name}`)
    .join(", ")})`;

/** The JSON object that {@link contentFrom} reads. */
export function contentJson(content: OfferContent, configVersion: number): string {
  const { combinesWith, ...named } = content;
  return JSON.stringify({ ...named, combines_with: combinesWith, config_version: configVersion });
}
