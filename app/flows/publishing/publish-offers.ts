import { createHash } from "node:crypto";
import { gid, parseGid, type ProductId, type ShopDomain } from "../../domain/ids.ts";
import {
  compileProductOffer,
  referencesOf,
  SEGMENTED_OFFER_BYTES,
  smallerOffer,
} from "../../domain/offers/types/bought-together/compile.ts";
import { compilePolicy } from "../../domain/publishing/policy.ts";
import type { ChosenCompanion } from "../../domain/offers/types/bought-together/choose-companions.ts";
import { namedBy, type PublishedOffer } from "../../domain/offers/types/bought-together/published.ts";
import { discountOf as discountOfSet } from "../../domain/offers/types/bought-together/applying-offer.ts";
import { isOfferToReplace } from "../../domain/offers/types/bought-together/material-change.ts";
import { storefrontEntry } from "../../domain/offers/types/goal/published.ts";
import { fitBudget } from "../../domain/publishing/byte-budget.ts";
import { METAFIELD_BYTES } from "../../domain/publishing/limits.ts";
import { offerTextOfVersion1, shopTextOfVersion1 } from "../../domain/publishing/version-1.ts";
import { PUBLISHED } from "../../domain/publishing/addresses.ts";
import { parseProductOffer } from "../../domain/offers/types/bought-together/published.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { recordListings, type OfferList } from "../../persistence/publishing/listings.ts";
import {
  forgetPublished,
  readPublished,
  REFUSED,
  recordPublished,
  refusedOwners,
  type PublishedKey,
  type PublishedRow,
} from "../../persistence/publishing/published.ts";
import { replaceSuggested } from "../../persistence/offers/suggested.ts";
import type { ChosenOffer, SuggestedCompanions } from "../../domain/offers/types/bought-together/chosen-offer.ts";
import { clearNotices } from "../../persistence/shop/notices.ts";
import { findShop, updateShop, type ShopRow } from "../../persistence/shop/shops.ts";
import { AccessDenied, OperationRefused, UserErrors } from "../../shopify/client/errors.ts";
import type { MetafieldInput } from "../../shopify/operations/metafields.ts";
import { ensureDiscount } from "../../shopify/publisher/offer-discount.ts";
import { deleteMetafields, setMetafields, type RefusedMetafield } from "../../shopify/publisher/publish-metafields.ts";
import { chooseOffers, readShopEvidence, type OfferedProduct, type ShopEvidence } from "./choose-offers.ts";
import type { RunningOffers } from "./running-offers.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { raiseNotice } from "../notices/raise-notice.ts";
import { tellListings } from "./tell-listings.ts";

/** Few enough that choosing their offers keeps no other job of the process waiting. */
const TRIGGERS_AT_ONCE = 50;
/** Longer than one batch takes. */
const ATTRIBUTE_AFTER_SECONDS = 15;
/** Everything that differs is sent once in so long: every night, whatever hour it comes at. */
const SEND_ALL_AFTER_MS = 20 * 3_600_000;

/**
 * Publishes what the shop offers now to Shopify's metafields: only what differs from what Shopify holds, and what has
 * ended is deleted. Offers that have drifted without a change that matters wait for the next night, when everything
 * that differs is sent. What was sent is recorded after each call, so a restart sends the rest. A product that was
 * deleted meanwhile is refused by Shopify, put aside, and looked at again. Where the discount is refused or switched
 * off, everything else is published, and nothing promises a discount that checkout would not give.
 */
export async function publishOffers(
  shop: ShopDomain,
  context: FlowContext,
): Promise<{ set: number; deleted: number; refused: number }> {
  const known = await inShop(context.database, shop, findShop);
  if (known === null || known.uninstalledAt !== null) return { set: 0, deleted: 0, refused: 0 };
  const startedAt = context.now();
  const { client } = context.gateway;
  const discount = await discountOf(shop, known, startedAt, context);
  const all = startedAt.getTime() - (known.publishedAllAt?.getTime() ?? 0) >= SEND_ALL_AFTER_MS;
  const { changed, ended } = await inShop(context.database, shop, (tx) =>
    whatChanged(tx, known, { discount, now: startedAt, all }),
  );
  let set = 0;
  const refused: RefusedMetafield[] = [];
  for await (const batch of setMetafields(client, shop, changed)) {
    const rows = [...batch.set.map(publishedRow), ...batch.refused.map((one) => refusedRow(one.metafield))];
    await inShop(context.database, shop, async (tx) => {
      await recordPublished(tx, rows, context.now());
      const { isFirst } = await recordListings(tx, batch.set.flatMap(listsOf), context.now());
      // Orders that were imported before this was published may have come through it: from an earlier install. Each
      // batch puts the job off, so that a first publish leads to one.
      if (isFirst) {
        await enqueue(tx, "attribute-orders", {}, { delaySeconds: ATTRIBUTE_AFTER_SECONDS });
      }
    });
    set += batch.set.length;
    refused.push(...batch.refused);
  }
  await deleteMetafields(client, shop, ended);
  await inShop(context.database, shop, async (tx) => {
    await forgetPublished(tx, ended);
    await recordListings(tx, ended.flatMap(endedLists), context.now());
    await lookAgainAt(tx, refused);
    const sentAll = all ? { publishedAllAt: startedAt } : {};
    await updateShop(tx, { publishedAt: context.now(), ...sentAll, ...(await answered(tx, startedAt)) });
  });
  await tellListings(shop, context);
  for (const { metafield, code } of refused) {
    context.log.warn({ shop, owner: metafield.ownerId, key: metafield.key, code }, "metafield refused");
  }
  await tellOfRefused(shop, refused[0]?.code, context);
  context.log.info({ shop, set, deleted: ended.length, refused: refused.length }, "offers published");
  return { set, deleted: ended.length, refused: refused.length };
}

/** What is known of the shop's discount after this publish has looked after it. */
interface DiscountState {
  /** Null where Shopify has never made one for us. */
  readonly id: string | null;
  readonly active: boolean;
}

/** Looks after the discount. Where Shopify refuses it, staff are told why, and publishing goes on without it. */
async function discountOf(shop: ShopDomain, known: ShopRow, now: Date, context: FlowContext): Promise<DiscountState> {
  let discount: DiscountState;
  try {
    discount = await ensureDiscount(
      context.gateway.client,
      shop,
      { id: known.discountId, currency: known.currency },
      now,
    );
    await inShop(context.database, shop, (tx) => clearNotices(tx, ["discount-refused"]));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const reason = error.message;
    context.log.warn({ shop, reason }, "discount refused");
    await raiseNotice(shop, "discount-refused", { reason }, context);
    discount = { id: known.discountId, active: false };
  }
  await inShop(context.database, shop, (tx) =>
    updateShop(tx, { discountId: discount.id, discountActive: discount.active }),
  );
  return discount;
}

/** Whether Shopify refuses this very thing, and not us or everything. */
function isRefusal(error: unknown): error is Error {
  if (error instanceof AccessDenied) return error.problem === "missing-scope";
  return error instanceof UserErrors || error instanceof OperationRefused;
}

/** Tells staff how much Shopify refuses of what is offered now, and of which products; takes it back where nothing is. */
async function tellOfRefused(shop: ShopDomain, reason: string | undefined, context: FlowContext): Promise<void> {
  const owners = await inShop(context.database, shop, refusedOwners);
  if (owners.count === 0) return inShop(context.database, shop, (tx) => clearNotices(tx, ["metafields-refused"]));
  await raiseNotice(shop, "metafields-refused", { ...owners, ...(reason === undefined ? {} : { reason }) }, context);
}

/** A request that came while this publish ran is still open: the next one answers it. */
async function answered(tx: ShopTransaction, startedAt: Date): Promise<{ publishRequested?: null }> {
  const requested = (await findShop(tx))?.publishRequested ?? null;
  return requested !== null && requested.getTime() <= startedAt.getTime() ? { publishRequested: null } : {};
}

async function whatChanged(
  tx: ShopTransaction,
  shop: ShopRow,
  { discount, now, all }: { discount: DiscountState; now: Date; all: boolean },
): Promise<{ changed: MetafieldInput[]; ended: PublishedKey[] }> {
  const published = new Map((await readPublished(tx)).map((row) => [keyOf(row), row]));
  const changed: MetafieldInput[] = [];
  const ended = new Map<string, PublishedKey>(published);
  const found = await readShopEvidence(tx, now);
  const evidence = discount.active ? found : { ...found, running: withoutDiscount(found) };
  const suggested = new Map<ProductId, SuggestedCompanions>();
  const want = (metafield: MetafieldInput) => {
    const row = publishedRow(metafield);
    const digest = published.get(keyOf(row))?.digest;
    if (digest !== row.digest && digest !== refusedRow(metafield).digest) changed.push(metafield);
    ended.delete(keyOf(row));
  };
  // The shop-wide ones first: a discount without its policy, or widgets without their switch, help nobody.
  for (const metafield of shopMetafields(shop, discount.id, evidence)) want(metafield);
  const triggers = [...evidence.catalogue.values()].filter(({ isGiftCard }) => !isGiftCard).map(({ id }) => id);
  for (let from = 0; from < triggers.length; from += TRIGGERS_AT_ONCE) {
    for (const chosen of await chooseOffers(tx, evidence, triggers.slice(from, from + TRIGGERS_AT_ONCE))) {
      if (chosen.suggested !== null) suggested.set(chosen.trigger, chosen.suggested);
      const metafields = offerMetafields(chosen, evidence);
      if (metafields === null || evidence.settings.paused) continue;
      const held = metafields.map((one) => published.get(keyOf(one)));
      if (!all && held.every((row) => row !== undefined && row.digest !== "" && !row.digest.startsWith(REFUSED))) {
        if (!isWorthSending(chosen, evidence, held[0]!.value, metafields[0].value)) {
          for (const row of held) ended.delete(keyOf(row!));
          continue;
        }
      }
      for (const metafield of metafields) want(metafield);
    }
  }
  await replaceSuggested(tx, suggested);
  return { changed, ended: [...ended.values()].map(({ ownerId, namespace, key }) => ({ ownerId, namespace, key })) };
}

/** The metafields of one product's offer, the offer itself first; null where nothing is offered with it. */
function offerMetafields(
  { trigger, offer: shown, companions, segments, ordersTold }: OfferedProduct,
  { running, ordersUntil }: ShopEvidence,
): [MetafieldInput, ...MetafieldInput[]] | null {
  const terms = running.boughtTogether.find(({ number }) => number === shown?.number);
  if (terms === undefined) return null;
  const similar =
    companions.some(({ source }) => source === "similar") && !companions.some(({ source }) => source === "mined");
  const told = ({ product, weight }: ChosenCompanion) => ({
    ...{ product, weight },
    // A set that is of similar products tells nothing of orders, a pin among them neither.
    orders: similar ? undefined : ordersTold.get(product),
  });
  const compiled = compileProductOffer({
    product: trigger,
    discountBasisPoints: discountOfSet(terms),
    setSize: terms.config.setSize,
    similar,
    companions: companions.map(told),
    segments: similar ? [] : segments.map((segment) => ({ ...segment, companions: segment.companions.map(told) })),
    ordersUntil,
  });
  if (compiled === null) return null;
  const text = (offer: PublishedOffer) => offerTextOfVersion1({ ...offer });
  const fits = (offers: readonly PublishedOffer[]) =>
    offers.every(
      (one) => text(one).length <= (one.segments === undefined ? METAFIELD_BYTES - 1 : SEGMENTED_OFFER_BYTES),
    );
  const [offer] = fitBudget([compiled], fits, smallerOffer).entries;
  if (offer === undefined) return null;
  const references = referencesOf(offer);
  const ofSegments =
    references.segmentCompanions.length === 0
      ? []
      : [metafield(trigger, PUBLISHED.segmentCompanions, JSON.stringify(references.segmentCompanions))];
  return [
    metafield(trigger, PUBLISHED.offer, text(offer)),
    metafield(trigger, PUBLISHED.companions, JSON.stringify(references.companions)),
    ...ofSegments,
  ];
}

/** Whether what is offered has moved so far from what Shopify holds that shoppers could notice. */
function isWorthSending(
  { refused }: ChosenOffer,
  { catalogue }: ShopEvidence,
  held: string | null,
  chosen: string,
): boolean {
  const [before, after] = [parseProductOffer(held), parseProductOffer(chosen)];
  if (before === null || after === null) return true;
  return isOfferToReplace(before, after, (number) => {
    const product = gid("Product", number);
    const facts = catalogue.get(product);
    return !refused.has(product) && facts !== undefined && facts.published && facts.inStock && !facts.isGiftCard;
  });
}

/**
 * What is left to promise while the discount gives nothing: sets at their full price, and free shipping only from where
 * the shop's own rates give it.
 */
function withoutDiscount({ running, settings }: ShopEvidence): RunningOffers {
  const isOwnRate = ([currency, amountMinor]: [string, number]) =>
    settings.shippingThresholds.some((own) => own.currency === currency && own.amountMinor <= amountMinor);
  return {
    ...running,
    boughtTogether: running.boughtTogether.map((offer) => ({ ...offer, reward: null })),
    goals: running.goals.map((goal) => {
      const amounts = Object.fromEntries(Object.entries(goal.config.amounts).filter(isOwnRate));
      return { ...goal, config: { ...goal.config, amounts } };
    }),
  };
}

function shopMetafields(
  shop: ShopRow,
  discountId: string | null,
  { settings, running }: ShopEvidence,
): MetafieldInput[] {
  const { paused } = settings;
  const [amounts] = running.goals.map(({ config }) => config.amounts).filter((one) => Object.keys(one).length > 0);
  const goal = paused ? null : (amounts ?? null);
  const sets = running.boughtTogether.some((offer) => discountOfSet(offer) > 0);
  const history = settings.useCustomerHistory && !paused;
  const bar = goal && storefrontEntry("goal", goal);
  const policy = compilePolicy({ sets: sets && !paused, goal: bar?.goalMinor ?? null });
  return [
    ...(discountId === null ? [] : [metafield(discountId, PUBLISHED.policy, policy)]),
    metafield(
      shop.installationId,
      PUBLISHED.storefront,
      shopTextOfVersion1({ enabled: !paused, goal: bar?.goal ?? null, goalMinor: bar?.goalMinor ?? null }),
    ),
    metafield(
      shop.shopifyId,
      PUBLISHED.checkout,
      shopTextOfVersion1({ goal: bar?.goalMinor ?? null, ...(history ? { history } : {}) }),
    ),
  ];
}

function metafield(
  ownerId: string,
  { namespace, key, type }: { namespace: string; key: string; type: string },
  value: string,
): MetafieldInput {
  return { ownerId, namespace, key, type, value };
}

function publishedRow({ ownerId, namespace, key, type, value }: MetafieldInput): PublishedRow {
  const digest = createHash("sha256").update(`${type}\n${value}`).digest("base64url");
  return { ownerId, namespace, key, digest, value: key === PUBLISHED.offer.key ? value : null };
}

/** What an offer lists from now on; nothing for any other metafield. */
function listsOf({ ownerId, key, value }: MetafieldInput): OfferList[] {
  const product = key === PUBLISHED.offer.key ? parseGid("Product", ownerId) : null;
  const offer = product === null ? null : parseProductOffer(value);
  return product === null || offer === null ? [] : [{ product, companions: namedBy(offer) }];
}

function endedLists({ ownerId, key }: PublishedKey): OfferList[] {
  const product = key === PUBLISHED.offer.key ? parseGid("Product", ownerId) : null;
  return product === null ? [] : [{ product, companions: [] }];
}

/** What Shopify refused is not sent again before it is something else. */
function refusedRow(metafield: MetafieldInput): PublishedRow {
  const row = publishedRow(metafield);
  return { ...row, digest: `${REFUSED}${row.digest}` };
}

const keyOf = ({ ownerId, namespace, key }: PublishedKey) => `${ownerId} ${namespace} ${key}`;

/** Asks Shopify about the products of refused metafields: most likely one of them was deleted. */
async function lookAgainAt(tx: ShopTransaction, refused: readonly RefusedMetafield[]): Promise<void> {
  const products = new Set<ProductId>();
  for (const {
    metafield: { ownerId, key, value },
  } of refused) {
    const owner = parseGid("Product", ownerId);
    if (owner !== null) products.add(owner);
    if (key === PUBLISHED.companions.key || key === PUBLISHED.segmentCompanions.key) {
      for (const companion of JSON.parse(value) as string[]) products.add(gid("Product", companion));
    }
  }
  for (const productId of products) {
    await enqueue(tx, "sync-product", { productId });
  }
}
