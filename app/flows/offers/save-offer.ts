import type { ShopDomain } from "../../domain/ids.ts";
import { isOfferTypeName, type OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import type { OfferContent } from "../../domain/offers/offer.ts";
import { areCampaignsPublishable, publishedCampaigns } from "../../domain/offers/shopper-conditions/campaign.ts";
import {
  areTestsPublishable,
  type Audience,
  testsOf,
} from "../../domain/offers/shopper-conditions/shopper-conditions.ts";
import { amountsIn } from "../../domain/shape/amounts-in.ts";
import type { Refusal } from "../../domain/shape/field.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { countOffersInUse, createOffer, saveOfferContent } from "../../persistence/offers/offer-changes.ts";
import { readOffers, readStoredOffer } from "../../persistence/offers/offer-rows.ts";
import { holdShop, theShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { recordActivity } from "../activity/record-activity.ts";
import { bundleRefusals } from "../bundles/bundle-refusals.ts";
import { giftRefusals } from "./gift-refusals.ts";
import { variantPairRefusals } from "./variant-pair-refusals.ts";
import { offersChanged } from "./offers-changed.ts";

/** Offers that are not archived: far more than a person can keep apart, few enough to be looked at for every product. */
export const MOST_OFFERS = 200;

/**
 * `stale`: somebody saved since the offer was read, and nothing was changed. `unusable`: only another release can read
 * it. `number` names an offer that was made, and is absent for one that was changed. `errors`: a code for every field
 * that is wrong, by its path in the offer.
 */
export type OfferAnswer =
  | { code: "saved"; version: number; number?: number }
  | { code: "stale" }
  | { code: "not-found" }
  | { code: "unusable" }
  | { code: "too-many" }
  | { code: "invalid"; errors: Record<string, string> };

/** Makes an offer and has it published. `content` is what the form sent, whatever that is. */
export function createNewOffer(
  shop: ShopDomain,
  type: OfferTypeName,
  content: unknown,
  context: FlowContext,
): Promise<OfferAnswer> {
  return inShop(context.database, shop, async (tx): Promise<OfferAnswer> => {
    const parsed = await parseContent(tx, type, content);
    if (!parsed.ok) return invalid(parsed.refusals);
    if ((await countOffersInUse(tx)) >= MOST_OFFERS) return { code: "too-many" };
    const number = await createOffer(tx, type, parsed.value, context.now());
    const { name } = parsed.value;
    await recordActivity(tx, context, { kind: "offer-created", offer: { number, type, name } });
    await offersChanged(tx, context.now());
    return { code: "saved", number, version: 1 };
  });
}

/** Saves an offer that was changed from a version, and has it published. `content` is what the form sent. */
export function saveOffer(
  shop: ShopDomain,
  { number, version }: { readonly number: number; readonly version: number },
  content: unknown,
  context: FlowContext,
): Promise<OfferAnswer> {
  return inShop(context.database, shop, async (tx): Promise<OfferAnswer> => {
    await holdShop(tx);
    const stored = await readStoredOffer(tx, number);
    if (stored === null) return { code: "not-found" };
    if (stored.version !== version) return { code: "stale" };
    const { type } = stored;
    if (!isOfferTypeName(type) || stored.fault?.code === "newer-version") return { code: "unusable" };
    const parsed = await parseContent(tx, type, content, number);
    if (!parsed.ok) return invalid(parsed.refusals);
    const outcome = await saveOfferContent(tx, { number, version, type }, parsed.value, context.now());
    if (outcome.code !== "saved") return { code: outcome.code };
    const { name } = parsed.value;
    await recordActivity(tx, context, { kind: "offer-edited", offer: { number, type, name } });
    await offersChanged(tx, context.now());
    return { code: "saved", version: outcome.version };
  });
}

/**
 * What a form sent, read by the type's shape. Refuses `unknown-currency` for amounts that nobody can pay in, what the
 * catalogue says against a bundle, a gift or a pair of variants, and `too-many-offers` or `too-many-campaigns` where the offers
 * of the shop together have more conditions on shoppers than can be published.
 *
 * @param number Of the offer that is changed.
 */
async function parseContent(
  tx: ShopTransaction,
  type: OfferTypeName,
  content: unknown,
  number: number | null = null,
): Promise<{ ok: true; value: OfferContent } | { ok: false; refusals: readonly Refusal[] }> {
  const shape = contentShape(type);
  const parsed = shape.parse(content);
  if (!parsed.ok) return parsed;
  const { currencies } = await theShop(tx);
  const refusals: Refusal[] = amountsIn(shape.description, parsed.value)
    .filter(({ currency }) => !currencies.includes(currency))
    .map(({ path }) => ({ path, code: "unknown-currency" }));
  refusals.push(...(await catalogueRefusals(tx, type, parsed.value)));
  const others = (await readOffers(tx)).filter((one) => one.number !== number && one.status !== "archived");
  const audiences = others.flatMap(({ offer }) => offer?.audience ?? []);
  const own = parsed.value.audience;
  const code = testsOf(own) === null ? null : tooMuchOf(own, audiences);
  if (code !== null) refusals.push({ path: "audience.shoppers", code });
  return refusals.length === 0 ? parsed : { ok: false, refusals };
}

/** What keeps the conditions on shoppers of all offers from being published together; null for nothing. */
function tooMuchOf(own: Audience, others: readonly Audience[]): "too-many-offers" | "too-many-campaigns" | null {
  if (!areTestsPublishable([own, ...others])) return "too-many-offers";
  const namesCampaigns = publishedCampaigns([own]).length > 0;
  return namesCampaigns && !areCampaignsPublishable(publishedCampaigns([own, ...others])) ? "too-many-campaigns" : null;
}

function catalogueRefusals(tx: ShopTransaction, type: OfferTypeName, content: OfferContent): Promise<Refusal[]> {
  if (type === "fixed-bundle") return bundleRefusals(tx, content);
  return type === "upgrade" ? variantPairRefusals(tx, content) : giftRefusals(tx, type, content);
}

function invalid(refusals: readonly Refusal[]): OfferAnswer {
  return { code: "invalid", errors: Object.fromEntries(refusals.map(({ path, code }) => [path, code])) };
}
