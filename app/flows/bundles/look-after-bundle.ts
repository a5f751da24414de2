import { gid, type ShopDomain } from "../../domain/ids.ts";
import type { BundlePart } from "../../domain/offers/types/fixed-bundle/published.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import {
  type BundleFault,
  type BundleRow,
  newBundle,
  readBundleRows,
  saveBundleRow,
} from "../../persistence/offers/made-bundles.ts";
import { markTypeDue } from "../../persistence/publishing/publish-due.ts";
import { findShop } from "../../persistence/shop/shops.ts";
import { isMissingScope, UserErrors } from "../../shopify/client/errors.ts";
import {
  type BundleIds,
  findBundle,
  readEligibility,
  readProgress,
  setProduct,
  startBundle,
  startUpdate,
} from "../../shopify/publisher/bundle-product.ts";
import { enqueue } from "../../queue/enqueue.ts";
import type { FlowContext } from "../context.ts";
import { applyBundle } from "./apply-bundle.ts";
import { isToLookAfter, readWantedBundles, type WantedBundle } from "./wanted-bundle.ts";

/** How long Shopify is given before it is asked again. */
const POLL_SECONDS = 3;
/** How long a product may take to appear of which Shopify's answer was lost. */
const LOST_AFTER_MS = 5 * 60_000;

/** What a look led to: nothing left to do, Shopify at work, done, or refused. */
export type BundleOutcome = { code: "settled" | "working" | "done" | BundleFault["code"] };

interface Look {
  readonly shop: ShopDomain;
  readonly wanted: WantedBundle;
  readonly row: BundleRow;
  readonly context: FlowContext;
}

/**
 * Brings the product of a bundle one step nearer to what its offer says, and comes back while Shopify works. Each step is
 * noted before and after it, so that a repeated or interrupted one never makes a second product: one whose making was not
 * answered is looked for by the title that it was given for the time being. What Shopify refuses stands until the offer is
 * saved again. Nothing is ever deleted: an offer that stops has its product as a draft, an archived one as archived.
 */
export async function lookAfterBundle(shop: ShopDomain, number: number, context: FlowContext): Promise<BundleOutcome> {
  const found = await inShop(context.database, shop, async (tx) => {
    const known = await findShop(tx);
    if (known === null || known.uninstalledAt !== null) return null;
    const wanted = (await readWantedBundles(tx, context.now())).get(number);
    const row = (await readBundleRows(tx)).get(number);
    return wanted === undefined || !isToLookAfter(wanted, row) ? null : { wanted, row: row ?? newBundle(number) };
  });
  if (found === null) return { code: "settled" };
  try {
    return await step({ shop, context, ...found });
  } catch (error) {
    if (!(error instanceof UserErrors) && !isMissingScope(error)) throw error;
    return refuse({ shop, context, ...found }, "refused", error.message);
  }
}

async function step(look: Look): Promise<BundleOutcome> {
  const { row } = look;
  if (row.operationId !== null) return poll(look, row.operationId);
  if (row.askedAt !== null && row.made === null) return findAnswer(look, row.askedAt);
  return row.made === null ? make(look) : change(look, row.made);
}

/** The title that a product has until it is complete: nobody sees the draft, and no other product has it. */
const titleWhileMaking = (number: number, askedAt: Date) => `Tsuide bundle ${number} (${askedAt.getTime()})`;

async function make(look: Look): Promise<BundleOutcome> {
  const { shop, wanted, row, context } = look;
  const { client } = context.gateway;
  const { eligible, reason } = await readEligibility(client, shop);
  if (!eligible) return refuse(look, "not-eligible", reason);
  const askedAt = context.now();
  const asked = { ...row, askedAt, askedParts: wanted.parts!, fault: null };
  await save(look, asked);
  const title = titleWhileMaking(row.number, askedAt);
  const operationId = await startBundle(client, shop, { title, parts: wanted.parts! });
  return wait(look, { ...asked, operationId });
}

/** Looks for the product of which no answer came; asks again where none appears. */
async function findAnswer(look: Look, askedAt: Date): Promise<BundleOutcome> {
  const { shop, row, context } = look;
  const title = titleWhileMaking(row.number, askedAt);
  const ids = await findBundle(context.gateway.client, shop, title, askedAt);
  if (ids !== null) return complete(look, ids);
  if (context.now().getTime() - askedAt.getTime() < LOST_AFTER_MS) return wait(look, row);
  return make({ ...look, row: { ...row, askedAt: null } });
}

async function poll(look: Look, operationId: string): Promise<BundleOutcome> {
  const { shop, row, context } = look;
  const progress = await readProgress(context.gateway.client, shop, operationId);
  if (progress.code === "working") return wait(look, row);
  if (progress.code === "refused") return refuse(look, "refused", progress.reason);
  if (progress.code === "complete") return complete(look, progress.ids);
  return wait(look, { ...row, operationId: null });
}

/** The product is there, or has its new components: what is left is its title, prices and status. */
async function complete(look: Look, ids: BundleIds): Promise<BundleOutcome> {
  const { row } = look;
  const parts: readonly BundlePart[] = row.askedParts ?? row.made?.parts ?? [];
  const made = { ...ids, parts };
  const next = { ...row, askedAt: null, operationId: null, askedParts: null, made };
  await save(look, next, (tx) => enqueue(tx, "sync-product", { productId: gid("Product", ids.product) }));
  return change({ ...look, row: next }, made);
}

async function change(look: Look, made: NonNullable<BundleRow["made"]>): Promise<BundleOutcome> {
  const { shop, wanted, row, context } = look;
  const { client } = context.gateway;
  const isOther = wanted.parts !== null && JSON.stringify(wanted.parts) !== JSON.stringify(made.parts);
  if (isOther && wanted.status === "ACTIVE") {
    // Nobody buys the new components at the price of the old ones.
    const { title } = wanted;
    if (!(await setProduct(client, shop, { product: made.product, title, status: "DRAFT" }))) {
      return refuse(look, "deleted", null);
    }
    const asked = { ...row, askedParts: wanted.parts, forSale: false };
    const operationId = await startUpdate(client, shop, { product: made.product, parts: wanted.parts! });
    return wait(look, { ...asked, operationId });
  }
  if (!(await applyBundle(client, shop, wanted, { made, forSale: row.forSale }))) return refuse(look, "deleted", null);
  const forSale = wanted.status === "ACTIVE";
  await save(look, { ...row, forSale, done: wanted.fingerprint, fault: null }, published);
  context.log.info({ shop, offer: row.number, status: wanted.status }, "bundle looked after");
  return { code: "done" };
}

async function wait(look: Look, row: BundleRow): Promise<BundleOutcome> {
  await save(look, row, (tx) =>
    enqueue(tx, "look-after-bundle", { offerNumber: row.number }, { delaySeconds: POLL_SECONDS }),
  );
  return { code: "working" };
}

/** Notes why it cannot be; shoppers see nothing of it from then on. */
async function refuse(look: Look, code: BundleFault["code"], reason: string | null): Promise<BundleOutcome> {
  const { shop, wanted, context } = look;
  const fault = { code, reason, version: wanted.offer.version };
  const row = (await inShop(context.database, shop, readBundleRows)).get(wanted.offer.number) ?? look.row;
  const made = code === "deleted" ? null : row.made;
  const ended = { ...row, made, askedAt: null, operationId: null, askedParts: null, forSale: false, done: null, fault };
  await save(look, ended, published);
  context.log.warn({ shop, offer: row.number, code, reason }, "bundle refused");
  return { code };
}

/** Has the pages of the components follow. */
async function published(tx: ShopTransaction): Promise<void> {
  await markTypeDue(tx, "fixed-bundle");
  await enqueue(tx, "publish-offers", {}, { delaySeconds: 0 });
}

function save(
  { shop, context }: Look,
  row: BundleRow,
  and: (tx: ShopTransaction) => Promise<void> = async () => {},
): Promise<void> {
  return inShop(context.database, shop, async (tx) => {
    await saveBundleRow(tx, row);
    await and(tx);
  });
}
