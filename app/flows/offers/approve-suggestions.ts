import type { ProductId, ShopDomain } from "../../domain/ids.ts";
import { deleteChoice, saveChoice } from "../../persistence/offers/choices.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { markPublishDue } from "../../persistence/publishing/publish-due.ts";
import type { FlowContext } from "../context.ts";
import { recordActivity } from "../activity/record-activity.ts";
import { requestPublish } from "../publishing/request-publish.ts";
import { isForSale } from "../../domain/offers/types/bought-together/choose-companions.ts";
import { refusedByPeople } from "../../domain/offers/types/bought-together/choose-offer.ts";
import { chooseOffers, readShopEvidence, type OfferedProduct, type ShopEvidence } from "../publishing/choose-offers.ts";

/** Most products that one request approves: a page of them and some to spare. */
export const MOST_APPROVED = 50;

/** One companion that was approved for one product. */
export interface ApprovedPair {
  readonly trigger: ProductId;
  readonly companion: ProductId;
}

/**
 * Approves what is suggested with some products, as much of it as a set shows: each companion is pinned in the order of
 * the suggestions, those that can be bought now before others. A product that has a pin already, or whose suggestions
 * are all refused, stays as it is. What was pinned is returned, for {@link takeBackApproval}.
 */
export function approveSuggestions(
  shop: ShopDomain,
  products: readonly ProductId[],
  context: FlowContext,
): Promise<{ code: "ok"; approved: ApprovedPair[] } | { code: "too-many" }> {
  if (products.length > MOST_APPROVED) return Promise.resolve({ code: "too-many" });
  return inShop(context.database, shop, async (tx) => {
    const now = context.now();
    const evidence = await readShopEvidence(tx, now, products);
    const offers = await chooseOffers(tx, evidence, products);
    const approved = offers.flatMap((offer) => approvedOf(offer, evidence));
    for (const [place, pair] of approved.entries()) {
      // Pins are shown in the order of their time.
      await saveChoice(tx, { ...pair, kind: "pin" }, new Date(now.getTime() + place));
    }
    if (approved.length > 0) {
      await recordActivity(tx, context, { kind: "suggestions-approved", count: approved.length });
    }
    await markPublishDue(tx, products);
    await requestPublish(tx, now, 0);
    return { code: "ok", approved };
  });
}

function approvedOf(offer: OfferedProduct, { exclusions, catalogue, running }: ShopEvidence): ApprovedPair[] {
  const { trigger, suggested, considered } = offer;
  if (suggested === null || exclusions.asTrigger.has(trigger) || considered.some(({ pinned }) => pinned)) return [];
  const refused = refusedByPeople(considered);
  const canBeBought = (product: ProductId) => isForSale(catalogue.get(product));
  const open = suggested.companions.filter((product) => !refused.has(product) && catalogue.has(product));
  const ordered = [...open.filter(canBeBought), ...open.filter((product) => !canBeBought(product))];
  return ordered
    .slice(0, offer.offer?.config.setSize ?? running.mainSet.setSize)
    .map((companion) => ({ trigger, companion }));
}

/** Takes back what {@link approveSuggestions} pinned; pins that are gone already are no error. */
export function takeBackApproval(
  shop: ShopDomain,
  approved: readonly ApprovedPair[],
  context: FlowContext,
): Promise<{ code: "ok" }> {
  return inShop(context.database, shop, async (tx) => {
    for (const pair of approved) await deleteChoice(tx, { ...pair, kind: "pin" });
    if (approved.length > 0) await recordActivity(tx, context, { kind: "approval-undone", count: approved.length });
    await markPublishDue(
      tx,
      approved.map(({ trigger }) => trigger),
    );
    await requestPublish(tx, context.now(), 0);
    return { code: "ok" };
  });
}
