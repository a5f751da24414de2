import type { ShopDomain } from "../../domain/ids.ts";
import type { AdminClient } from "../client/admin-client.ts";
import { UserErrors } from "../client/errors.ts";
import { refuseUserErrors } from "../client/gateway.ts";
import {
  APP_DISCOUNTS,
  CREATE_DISCOUNT,
  FUNCTION_HANDLE,
  READ_DISCOUNT,
  UPDATE_DISCOUNT,
  type AppDiscount,
  type DiscountInput,
} from "../operations/discount.ts";

/**
 * All classes from the start: the published policy says which of them gives anything. Subscriptions are left to
 * themselves: a discount on them would come back with every renewal.
 */
const SHAPE = {
  discountClasses: ["PRODUCT", "ORDER", "SHIPPING"],
  appliesOnOneTimePurchase: true,
  appliesOnSubscription: false,
} as const satisfies DiscountInput;

/** From the start. Afterwards it is the merchant's choice what it combines with. */
const COMBINES_WITH = { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true };

/** What shoppers read beside what was taken off. A merchant may rename it in Shopify's admin. */
const TITLES = { en: "Bought together savings", ja: "まとめ買い割引" } as const;
/** The title of earlier versions, which meant nothing to shoppers: it is replaced. */
const EARLIER_TITLE = "Tsuide";
/** How many titles are tried: Shopify wants each of a shop's automatic discounts to have its own. */
const TITLES_TRIED = 5;

export interface OfferDiscount {
  readonly id: string;
  /** False where the merchant has switched it off: that is their choice, and stays. */
  readonly active: boolean;
  /** As it is now: the merchant may have renamed it. */
  readonly title: string;
}

/**
 * Makes sure that the shop has one automatic discount of this app. One that a merchant has deleted is made again. One
 * whose id is not known is looked for before another is made: the answer to its creation may have been lost. Throws
 * {@link UserErrors} where Shopify refuses it (25 app discounts are running, for example).
 */
export async function ensureDiscount(
  client: AdminClient,
  shop: ShopDomain,
  known: { readonly id: string | null; readonly currency: string },
  now: Date,
): Promise<OfferDiscount> {
  const title = known.currency === "JPY" ? TITLES.ja : TITLES.en;
  const found = (known.id === null ? null : await readDiscount(client, shop, known.id)) ?? (await find(client, shop));
  if (found === null) return create(client, shop, title, now);
  const isNameless = found.title === EARLIER_TITLE;
  if (isNameless || !hasShape(found)) {
    const discount: DiscountInput = isNameless ? { ...SHAPE, title } : SHAPE;
    const { discountAutomaticAppUpdate } = await client.query(shop, UPDATE_DISCOUNT, {
      id: found.discountId,
      discount,
    });
    refuseUserErrors("discountAutomaticAppUpdate", discountAutomaticAppUpdate.userErrors);
  }
  return { id: found.discountId, active: found.status === "ACTIVE", title: isNameless ? title : found.title };
}

async function readDiscount(client: AdminClient, shop: ShopDomain, id: string): Promise<AppDiscount | null> {
  const { discountNode } = await client.query(shop, READ_DISCOUNT, { id });
  const discount = discountNode?.discount;
  return discount !== undefined && isOfAnApp(discount) ? discount : null;
}

/** This app's own discount, one that is on before others. */
async function find(client: AdminClient, shop: ShopDomain): Promise<AppDiscount | null> {
  const own: AppDiscount[] = [];
  for (let after: string | null = null; ;) {
    const answer: Awaited<ReturnType<typeof readPage>> = await readPage(client, shop, after);
    for (const { discount } of answer.discountNodes.nodes) {
      if (isOfAnApp(discount) && discount.appDiscountType.appKey === answer.app.apiKey) own.push(discount);
    }
    const { hasNextPage, endCursor } = answer.discountNodes.pageInfo;
    if (!hasNextPage || endCursor === null) break;
    after = endCursor;
  }
  return own.find(({ status }) => status === "ACTIVE") ?? own[0] ?? null;
}

const readPage = (client: AdminClient, shop: ShopDomain, after: string | null) =>
  client.query(shop, APP_DISCOUNTS, { after });

const isOfAnApp = (discount: { readonly __typename: string }): discount is AppDiscount =>
  discount.__typename === "DiscountAutomaticApp";

async function create(client: AdminClient, shop: ShopDomain, title: string, now: Date): Promise<OfferDiscount> {
  for (let attempt = 1; ; attempt++) {
    const discount = {
      ...SHAPE,
      combinesWith: COMBINES_WITH,
      title: attempt === 1 ? title : `${title} ${attempt}`,
      functionHandle: FUNCTION_HANDLE,
      startsAt: now.toISOString(),
    };
    const { discountAutomaticAppCreate } = await client.query(shop, CREATE_DISCOUNT, { discount });
    const { userErrors, automaticAppDiscount: made } = discountAutomaticAppCreate;
    if (attempt < TITLES_TRIED && userErrors.length > 0 && userErrors.every(isTitleTaken)) continue;
    refuseUserErrors("discountAutomaticAppCreate", userErrors);
    if (made === null) {
      throw new UserErrors("discountAutomaticAppCreate", [{ message: "Shopify made no discount and named no error" }]);
    }
    return { id: made.discountId, active: made.status === "ACTIVE", title: discount.title };
  }
}

function isTitleTaken({ field, code }: { field?: readonly string[] | null; code?: string | null }): boolean {
  return code === "TAKEN" && field?.includes("title") === true;
}

function hasShape(discount: AppDiscount): boolean {
  return (
    SHAPE.discountClasses.every((one) => discount.discountClasses.includes(one)) &&
    discount.appliesOnOneTimePurchase === SHAPE.appliesOnOneTimePurchase &&
    discount.appliesOnSubscription === SHAPE.appliesOnSubscription
  );
}
