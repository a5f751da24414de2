import type { ShopDomain } from "../../domain/ids.ts";
import { type CombinesWith, partsBeside } from "../../domain/offers/beside-ours.ts";
import { partsGiven } from "../../domain/offers/gives-discount.ts";
import { runningOffers } from "../../domain/offers/running-offers.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { markSharedNames } from "../../persistence/measurement/offer-discounts.ts";
import { readActiveOffers } from "../../persistence/offers/offer-rows.ts";
import { clearNotices } from "../../persistence/shop/notices.ts";
import type { ShopRow } from "../../persistence/shop/shops.ts";
import { AccessDenied, isTemporary } from "../../shopify/client/errors.ts";
import { AUTOMATIC_DISCOUNTS, type AutomaticDiscount, othersAndOurs } from "../../shopify/operations/shop-discounts.ts";
import type { FlowContext } from "../context.ts";
import { raiseNotice } from "../notices/raise-notice.ts";
import type { DiscountState } from "./look-after-discount.ts";

/** Titles that a notice names. */
const MOST_TITLES = 3;

/**
 * Looks at the shop's other automatic discounts that are on: names that they share with ours are marked, since ours cannot be
 * known by them, and staff are notified of those that are not combined with what our offers promise. Where Shopify does not
 * say, all stays as it was, and publishing goes on.
 */
export async function lookAtOtherDiscounts(
  shop: ShopDomain,
  known: ShopRow,
  discount: Pick<DiscountState, "active">,
  context: FlowContext,
): Promise<void> {
  const { gateway, log, database } = context;
  try {
    const { others, ours } = othersAndOurs(await gateway.client.query(shop, AUTOMATIC_DISCOUNTS, {}));
    const titles = others.flatMap(({ title }) => title ?? []);
    await inShop(database, shop, (tx) => markSharedNames(tx, titles));
    await reportApart(shop, known, { others: discount.active ? others : [], ours }, context);
  } catch (error) {
    if (!(error instanceof AccessDenied) && !isTemporary(error)) throw error;
    log.warn({ shop, reason: error.message }, "other discounts not read");
  }
}

/** Of free delivery nothing is said: where another discount makes it free instead of ours, nobody pays more. */
async function reportApart(
  shop: ShopDomain,
  known: ShopRow,
  { others, ours }: { readonly others: readonly AutomaticDiscount[]; readonly ours: CombinesWith },
  context: FlowContext,
): Promise<void> {
  const offers = others.length === 0 ? [] : await inShop(context.database, shop, readActiveOffers);
  const given = partsGiven(runningOffers(offers, context.now(), known)).filter((part) => part !== "delivery");
  const isApart = (other: AutomaticDiscount) => {
    const beside = partsBeside(other, ours);
    return other.combinesWith !== undefined && given.some((part) => !beside.includes(part));
  };
  const apart = others.filter(isApart).map(({ title = "" }) => title);
  if (apart.length === 0) return inShop(context.database, shop, (tx) => clearNotices(tx, ["discounts-apart"]));
  const details = { count: apart.length, titles: apart.slice(0, MOST_TITLES) };
  await raiseNotice(shop, "discounts-apart", details, context);
}
