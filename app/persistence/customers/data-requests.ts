import type { ShopTransaction } from "../database/in-shop.ts";
import { shopStays } from "../shop/shops.ts";

export interface DataRequestRow {
  /** Shopify's number of the request. */
  readonly requestId: string;
  readonly requestedAt: Date;
  /** What was found. */
  readonly data: unknown;
  readonly deliveredAt: Date | null;
}

/** Keeps what a request found; a repeated delivery changes nothing. Of a shop that left nothing is kept. */
export async function saveDataRequest(
  tx: ShopTransaction,
  request: Omit<DataRequestRow, "deliveredAt" | "data"> & { readonly data: object },
): Promise<void> {
  if (!(await shopStays(tx))) return;
  const { requestId, requestedAt, data } = request;
  const row = { shop: tx.shop, requestId, requestedAt, data: { ...data } };
  await tx.db.dataRequest.upsert({ where: { shop_requestId: { shop: tx.shop, requestId } }, create: row, update: {} });
}

/** The shop's requests, the latest first. */
export function readDataRequests(tx: ShopTransaction): Promise<DataRequestRow[]> {
  return tx.db.dataRequest.findMany({
    where: { shop: tx.shop },
    orderBy: [{ requestedAt: "desc" }, { requestId: "desc" }],
    select: { requestId: true, requestedAt: true, data: true, deliveredAt: true },
  });
}

/** Notes that staff have handed a file on, or that they have not after all. */
export async function markDelivered(tx: ShopTransaction, requestId: string, at: Date | null): Promise<boolean> {
  const { count } = await tx.db.dataRequest.updateMany({
    where: { shop: tx.shop, requestId },
    data: { deliveredAt: at },
  });
  return count === 1;
}

export function countOpenDataRequests(tx: ShopTransaction): Promise<number> {
  return tx.db.dataRequest.count({ where: { shop: tx.shop, deliveredAt: null } });
}

/** Deletes the files of requests that came before a time. */
export async function forgetDataRequests(tx: ShopTransaction, before: Date): Promise<number> {
  return (await tx.db.dataRequest.deleteMany({ where: { shop: tx.shop, requestedAt: { lt: before } } })).count;
}

/** Deletes the files about one customer, by their pseudonym. */
export async function forgetDataRequestsOf(tx: ShopTransaction, customerKey: string): Promise<number> {
  const where = { shop: tx.shop, data: { path: ["pseudonym"], equals: customerKey } };
  return (await tx.db.dataRequest.deleteMany({ where })).count;
}
