import { gid, parseGid, type ProductId, type ShopDomain } from "../../domain/ids.ts";
import { PUBLISHED } from "../../domain/publishing/addresses.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { clearPublishDue, recordPublishedTerms } from "../../persistence/publishing/publish-due.ts";
import { refusedOwners } from "../../persistence/publishing/published.ts";
import { clearNotices } from "../../persistence/shop/notices.ts";
import { findShop, updateShop } from "../../persistence/shop/shops.ts";
import type { RefusedMetafield } from "../../shopify/publisher/publish-metafields.ts";
import { enqueue } from "../../queue/enqueue.ts";
import type { FlowContext } from "../context.ts";
import { requestBundles } from "../bundles/request-bundles.ts";
import { publishOnSchedule } from "./publish-on-schedule.ts";
import { raiseNotice } from "../notices/raise-notice.ts";
import { lookAfterDiscount } from "./look-after-discount.ts";
import { lookAtOtherDiscounts } from "./look-at-other-discounts.ts";
import { noteDiscountNames } from "./note-discount-names.ts";
import { numberListings } from "./number-listings.ts";
import { planPublish } from "./plan-publish.ts";
import { publishListings } from "./publish-listings.ts";
import { sendMetafields } from "./send-metafields.ts";

/** Everything that differs is sent once in this time: every night, at whatever hour the job runs. */
const SEND_ALL_AFTER_MS = 20 * 3_600_000;

/** What a publish did. */
export interface Published {
  /** Metafields that Shopify took, deleted and refused. */
  readonly set: number;
  readonly deleted: number;
  readonly refused: number;
  /** Products whose offers were decided again. */
  readonly chosenFor: number;
}

const NOTHING: Published = { set: 0, deleted: 0, refused: 0, chosenFor: 0 };

/**
 * Publishes what the shop offers now to Shopify's metafields. Looks only at what changed: at products that are due, and
 * at every product where the offers of a type changed; once a night at everything. Sends only what differs from what
 * Shopify holds, and deletes what has ended. An offer that has drifted a little waits for the night. Each step is
 * recorded, so a restart does the remainder. What Shopify refuses is put aside, and staff get a notice; where it refuses our
 * discount, everything else is published and nothing promises a price that checkout would not give.
 */
export async function publishOffers(shop: ShopDomain, context: FlowContext): Promise<Published> {
  const known = await inShop(context.database, shop, findShop);
  if (known === null || known.uninstalledAt !== null) return NOTHING;
  const startedAt = context.now();
  const discount = await lookAfterDiscount(shop, known, startedAt, context);
  const all = startedAt.getTime() - (known.publishedAllAt?.getTime() ?? 0) >= SEND_ALL_AFTER_MS;
  const hasNewName = await noteDiscountNames(shop, known, discount.title, context);
  if (hasNewName || all) await lookAtOtherDiscounts(shop, known, discount, context);
  const plan = await inShop(context.database, shop, (tx) => planPublish(tx, known, { discount, now: startedAt, all }));
  const { set, deleted, refused } = await sendMetafields(shop, plan, context);
  await inShop(context.database, shop, async (tx) => {
    await lookAgainAt(tx, refused);
    await clearPublishDue(tx, plan.scope.due);
    await recordPublishedTerms(tx, known.publishedTerms, plan.scope.terms);
    await updateShop(tx, {
      publishedAt: context.now(),
      ...(all ? { publishedAllAt: startedAt } : {}),
      ...(await answered(tx, startedAt)),
    });
    if ((await findShop(tx)) !== null) {
      await publishOnSchedule(tx, context.now());
      await requestBundles(tx, context.now());
    }
  });
  if (all) await numberListings(shop, context);
  await publishListings(shop, context);
  await reportRefused(shop, refused, context);
  const published = { set, deleted, refused: refused.length, chosenFor: plan.chosenFor };
  context.log.info({ shop, ...published }, "offers published");
  return published;
}

/** A request that came while this publish ran is still open: the next one answers it. */
async function answered(tx: ShopTransaction, startedAt: Date): Promise<{ publishRequested?: null }> {
  const requested = (await findShop(tx))?.publishRequested ?? null;
  return requested !== null && requested.getTime() <= startedAt.getTime() ? { publishRequested: null } : {};
}

/** Tells staff how much of what is offered now Shopify refuses, of which products and why; takes it back where nothing is. */
async function reportRefused(
  shop: ShopDomain,
  refused: readonly RefusedMetafield[],
  context: FlowContext,
): Promise<void> {
  for (const { metafield, code } of refused) {
    context.log.warn({ shop, owner: metafield.ownerId, key: metafield.key, code }, "metafield refused");
  }
  const owners = await inShop(context.database, shop, refusedOwners);
  if (owners.count === 0) return inShop(context.database, shop, (tx) => clearNotices(tx, ["metafields-refused"]));
  const reason = refused[0]?.code;
  await raiseNotice(shop, "metafields-refused", { ...owners, ...(reason === undefined ? {} : { reason }) }, context);
}

/** Asks Shopify about the products of refused metafields: most likely one of them was deleted. */
async function lookAgainAt(tx: ShopTransaction, refused: readonly RefusedMetafield[]): Promise<void> {
  const lists: string[] = [PUBLISHED.companions.key, PUBLISHED.segmentCompanions.key];
  const products = new Set<ProductId>();
  for (const { metafield } of refused) {
    const owner = parseGid("Product", metafield.ownerId);
    if (owner !== null) products.add(owner);
    if (!lists.includes(metafield.key)) continue;
    for (const companion of JSON.parse(metafield.value) as string[]) products.add(gid("Product", companion));
  }
  for (const productId of products) {
    await enqueue(tx, "sync-product", { productId });
  }
}
