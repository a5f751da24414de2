import { parseGid, type ProductId, type ShopDomain } from "../../domain/ids.ts";
import { listedProducts } from "../../domain/offers/listed-products.ts";
import { promisedCredits } from "../../domain/offers/promised-credits.ts";
import { PUBLISHED } from "../../domain/publishing/addresses.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { recordListings, type OfferList } from "../../persistence/publishing/listings.ts";
import { type PromisesOfProduct, recordPromises } from "../../persistence/store-credit/credit-promises.ts";
import { replaceOfferEntries } from "../../persistence/publishing/offer-entries.ts";
import { forgetPublished, recordPublished, type PublishedKey } from "../../persistence/publishing/published.ts";
import type { MetafieldInput } from "../../shopify/operations/metafields.ts";
import {
  deleteMetafields,
  setMetafields,
  type PublishedBatch,
  type RefusedMetafield,
} from "../../shopify/publisher/publish-metafields.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { isEnvelope, publishedRow, refusedRow } from "./metafield-rows.ts";
import type { PublishPlan } from "./plan-publish.ts";

/** Longer than one batch takes. */
const ATTRIBUTE_AFTER_SECONDS = 15;

/** What Shopify made of a plan. */
export interface Sent {
  readonly set: number;
  readonly deleted: number;
  readonly refused: readonly RefusedMetafield[];
}

/**
 * Sends what differs, then deletes what has ended. Each call's outcome is recorded before the next call, so a restart
 * sends the remainder. What Shopify refuses is put aside and holds up nothing else.
 */
export async function sendMetafields(shop: ShopDomain, plan: PublishPlan, context: FlowContext): Promise<Sent> {
  const { client } = context.gateway;
  const refused: RefusedMetafield[] = [];
  let set = 0;
  for await (const batch of setMetafields(client, shop, plan.changed)) {
    await inShop(context.database, shop, (tx) => recordBatch(tx, batch, plan, context.now()));
    set += batch.set.length;
    refused.push(...batch.refused);
  }
  const ended = endedOf(plan, refused);
  await deleteMetafields(client, shop, ended);
  await inShop(context.database, shop, (tx) => recordEnded(tx, ended, plan, context.now()));
  return { set, deleted: ended.length, refused };
}

async function recordBatch(tx: ShopTransaction, batch: PublishedBatch, plan: PublishPlan, at: Date): Promise<void> {
  const rows = [...batch.set.map(publishedRow), ...batch.refused.map((one) => refusedRow(one.metafield))];
  await recordPublished(tx, rows, at);
  const products = batch.set.filter(isEnvelope).flatMap(({ ownerId }) => parseGid("Product", ownerId) ?? []);
  await recordEntries(tx, products, plan, at);
  const { isFirst } = await recordListings(tx, batch.set.flatMap(listsOf), at);
  await recordPromises(tx, batch.set.flatMap(promisesOf), at);
  // Orders that were imported before this was published may have come through an earlier install's offers. Each batch
  // delays the job, so that a first publish leads to one.
  if (isFirst) {
    await enqueue(tx, "attribute-orders", {}, { delaySeconds: ATTRIBUTE_AFTER_SECONDS });
  }
}

/** Version 1 of an offer goes once version 2 is there: where Shopify refuses that, it stays. */
function endedOf({ ended }: PublishPlan, refused: readonly RefusedMetafield[]): PublishedKey[] {
  const kept = new Set(refused.filter((one) => isEnvelope(one.metafield)).map((one) => one.metafield.ownerId));
  return ended.filter(({ ownerId, key }) => key !== PUBLISHED.offer.key || !kept.has(ownerId));
}

async function recordEnded(
  tx: ShopTransaction,
  ended: readonly PublishedKey[],
  plan: PublishPlan,
  at: Date,
): Promise<void> {
  await forgetPublished(tx, ended);
  const without = [...plan.entries].filter(([, entries]) => entries.length === 0).map(([product]) => product);
  await recordEntries(tx, [...plan.settled, ...without], plan, at);
  await recordListings(
    tx,
    without.map((product) => ({ product, listed: [] })),
    at,
  );
  await recordPromises(
    tx,
    without.map((product) => ({ product, promised: [] })),
    at,
  );
}

function recordEntries(
  tx: ShopTransaction,
  products: readonly ProductId[],
  { entries }: PublishPlan,
  at: Date,
): Promise<void> {
  const rows = products.flatMap((product) => entries.get(product) ?? []);
  return replaceOfferEntries(tx, products, rows, at);
}

/** What the offers of an envelope list from now on; nothing for any other metafield. */
function listsOf(metafield: MetafieldInput): OfferList[] {
  const product = isEnvelope(metafield) ? parseGid("Product", metafield.ownerId) : null;
  return product === null ? [] : [{ product, listed: listedProducts(metafield.value) }];
}

/** The store credit that an envelope promises from now on; nothing for any other metafield. */
function promisesOf(metafield: MetafieldInput): PromisesOfProduct[] {
  const product = isEnvelope(metafield) ? parseGid("Product", metafield.ownerId) : null;
  return product === null ? [] : [{ product, promised: promisedCredits(product, metafield.value) }];
}
