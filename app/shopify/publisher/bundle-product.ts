import { bareNumber, gid, type ShopDomain, type VariantId } from "../../domain/ids.ts";
import { parseDecimal, toDecimalString } from "../../domain/money/money.ts";
import type { BundlePart } from "../../domain/offers/types/fixed-bundle/published.ts";
import type { AdminClient } from "../client/admin-client.ts";
import { UserErrors } from "../client/errors.ts";
import { refuseUserErrors } from "../client/gateway.ts";
import {
  BUNDLE_ELIGIBILITY,
  BUNDLE_OPERATION,
  type BundleProductNode,
  type ComponentInput,
  COMPONENTS,
  type ComponentNode,
  CREATE_BUNDLE,
  NEWEST_PRODUCTS,
  PRICE_LISTS,
  PRICES_IN_COUNTRY,
  PUBLICATIONS,
  PUBLISH_BUNDLE,
  SET_BUNDLE_PRICE,
  SET_BUNDLE_PRODUCT,
  SET_FIXED_PRICE,
  UPDATE_BUNDLE,
} from "../operations/bundle.ts";

/** A bundle's product and its one variant; bare numbers. */
export interface BundleIds {
  readonly product: string;
  readonly variant: string;
}

/** How far Shopify is with a bundle. `lost`: it does not know the operation any more. */
export type BundleProgress =
  | { readonly code: "working" | "lost" }
  | { readonly code: "refused"; readonly reason: string }
  | { readonly code: "complete"; readonly ids: BundleIds };

type Part = Pick<BundlePart, "variant" | "quantity">;

const ONLINE_STORE = "online_store";
/** Pages of 50 products that are looked through for a bundle whose operation was not noted. */
const MOST_PAGES = 10;

/** Whether the shop can have bundles, as Shopify says now, and its reason where it cannot. */
export async function readEligibility(client: AdminClient, shop: ShopDomain) {
  const { eligibleForBundles, ineligibilityReason } = (await client.query(shop, BUNDLE_ELIGIBILITY, {})).shop.features
    .bundles;
  return { eligible: eligibleForBundles, reason: ineligibilityReason };
}

/** Has Shopify make a bundle's product; gives the operation to ask about. Throws {@link UserErrors}. */
export async function startBundle(
  client: AdminClient,
  shop: ShopDomain,
  { title, parts }: { title: string; parts: readonly Part[] },
): Promise<string> {
  const input = { title, components: await componentInputs(client, shop, parts) };
  const { productBundleCreate } = await client.query(shop, CREATE_BUNDLE, { input });
  return operationOf("productBundleCreate", productBundleCreate);
}

/** Has Shopify make a bundle of other components; gives the operation to ask about. Throws {@link UserErrors}. */
export async function startUpdate(
  client: AdminClient,
  shop: ShopDomain,
  { product, parts }: { product: string; parts: readonly Part[] },
): Promise<string> {
  const input = { productId: gid("Product", product), components: await componentInputs(client, shop, parts) };
  const { productBundleUpdate } = await client.query(shop, UPDATE_BUNDLE, { input });
  return operationOf("productBundleUpdate", productBundleUpdate);
}

function operationOf(
  name: string,
  started: { productBundleOperation: { id: string } | null; userErrors: UserErrors["errors"] },
): string {
  refuseUserErrors(name, started.userErrors);
  if (started.productBundleOperation !== null) return started.productBundleOperation.id;
  throw new UserErrors(name, [{ message: "Shopify began nothing and named no error" }]);
}

async function componentInputs(client: AdminClient, shop: ShopDomain, parts: readonly Part[]) {
  const ids = parts.map(({ variant }) => gid("ProductVariant", variant));
  const { nodes } = await client.query(shop, COMPONENTS, { ids });
  return parts.map(({ quantity }, place): ComponentInput => {
    const node = nodes[place] ?? null;
    if (node === null) throw new UserErrors("components", [{ message: "A component is gone" }]);
    return { productId: node.product.id, quantity, optionSelections: selectionsOf(node, place) };
  });
}

/** The one value of each option. Names of options have to differ over the bundle, so each says whose it is. */
function selectionsOf({ product, selectedOptions }: ComponentNode, place: number) {
  if (product.hasOnlyDefaultVariant) return [];
  return product.options.flatMap(({ id, name }) => {
    const chosen = selectedOptions.find((one) => one.name === name);
    const owned = `${place + 1}. ${product.title} ${name}`.slice(0, 255);
    return chosen === undefined ? [] : [{ componentOptionId: id, name: owned, values: [chosen.value] }];
  });
}

/** How far an operation is. */
export async function readProgress(client: AdminClient, shop: ShopDomain, id: string): Promise<BundleProgress> {
  const { productOperation } = await client.query(shop, BUNDLE_OPERATION, { id });
  if (productOperation === null) return { code: "lost" };
  const { status, userErrors = [], product } = productOperation;
  if (status !== "COMPLETE") return { code: "working" };
  if (userErrors.length > 0) return { code: "refused", reason: userErrors.map(({ message }) => message).join(" ") };
  const ids = product && idsOf(product);
  return ids === null ? { code: "lost" } : { code: "complete", ids };
}

/**
 * The product of this title that was made since a time: Shopify's answer to its making may have been lost. Null where
 * there is none.
 */
export async function findBundle(client: AdminClient, shop: ShopDomain, title: string, since: Date) {
  for (let page = 0, after: string | null = null; page < MOST_PAGES; page++) {
    const answer: Awaited<ReturnType<typeof newestProducts>> = await newestProducts(client, shop, after);
    const { nodes, pageInfo } = answer.products;
    const found = nodes.find((node) => node.title === title);
    if (found !== undefined) return idsOf(found);
    const isOlder = nodes.some(({ createdAt }) => Date.parse(createdAt) < since.getTime() - 60_000);
    if (isOlder || !pageInfo.hasNextPage) return null;
    after = pageInfo.endCursor;
  }
  return null;
}

const newestProducts = (client: AdminClient, shop: ShopDomain, after: string | null) =>
  client.query(shop, NEWEST_PRODUCTS, { after });

function idsOf({ id, variants }: BundleProductNode): BundleIds | null {
  const variant = variants.nodes[0]?.id;
  return variant === undefined
    ? null
    : { product: bareNumber(gid("Product", id)), variant: bareNumber(gid("ProductVariant", variant)) };
}

/** Names a bundle's product, and says whether it is for sale. False where the merchant has deleted it. */
export async function setProduct(
  client: AdminClient,
  shop: ShopDomain,
  { product, title, status }: { product: string; title: string; status: "ACTIVE" | "ARCHIVED" | "DRAFT" },
): Promise<boolean> {
  const { productUpdate } = await client.query(shop, SET_BUNDLE_PRODUCT, {
    product: { id: gid("Product", product), title, status },
  });
  if (productUpdate.product === null && productUpdate.userErrors.some(({ field }) => field?.includes("id")))
    return false;
  refuseUserErrors("productUpdate", productUpdate.userErrors);
  return true;
}

/** Sets what a bundle costs in the shop's currency. */
export async function setPrice(
  client: AdminClient,
  shop: ShopDomain,
  { product, variant }: BundleIds,
  price: { amountMinor: number; currency: string },
): Promise<void> {
  const { productVariantsBulkUpdate } = await client.query(shop, SET_BUNDLE_PRICE, {
    product: gid("Product", product),
    variants: [{ id: gid("ProductVariant", variant), price: toDecimalString(price) }],
  });
  refuseUserErrors("productVariantsBulkUpdate", productVariantsBulkUpdate.userErrors);
}

/** Sells a product in the online store. */
export async function publishInStore(client: AdminClient, shop: ShopDomain, product: string): Promise<void> {
  const { publications } = await client.query(shop, PUBLICATIONS, {});
  const store = publications.nodes.find(({ channels }) =>
    channels?.nodes.some(({ handle }) => handle === ONLINE_STORE),
  );
  if (store === undefined) throw new UserErrors("publications", [{ message: "The shop has no online store" }]);
  const { publishablePublish } = await client.query(shop, PUBLISH_BUNDLE, {
    id: gid("Product", product),
    input: [{ publicationId: store.id }],
  });
  refuseUserErrors("publishablePublish", publishablePublish.userErrors);
}

/** A market's own price list. */
export interface PriceList {
  readonly id: string;
  readonly currency: string;
  /** A country that it is for; null where Shopify names none. */
  readonly country: string | null;
}

export async function readPriceLists(client: AdminClient, shop: ShopDomain): Promise<PriceList[]> {
  const { priceLists } = await client.query(shop, PRICE_LISTS, {});
  return priceLists.nodes.map(({ id, currency, catalog }) => {
    const regions = catalog?.markets?.nodes[0]?.conditions?.regionsCondition?.regions.nodes ?? [];
    return { id, currency, country: regions[0]?.code ?? null };
  });
}

/** What the parts of a bundle cost apart in a country, in minor units of its currency; null where a price is missing. */
export async function costApart(
  client: AdminClient,
  shop: ShopDomain,
  parts: readonly Part[],
  { country, currency }: { country: string; currency: string },
): Promise<number | null> {
  const ids: VariantId[] = parts.map(({ variant }) => gid("ProductVariant", variant));
  const { nodes } = await client.query(shop, PRICES_IN_COUNTRY, { ids, country });
  let sum = 0;
  for (const [place, { quantity }] of parts.entries()) {
    const price = nodes[place]?.contextualPricing.price;
    const minor = price?.currencyCode === currency ? parseDecimal(price.amount, currency, "half-up") : null;
    if (minor === null) return null;
    sum += minor.amountMinor * quantity;
  }
  return sum;
}

/** Sets what a bundle costs in a market's own price list. */
export async function setFixedPrice(
  client: AdminClient,
  shop: ShopDomain,
  list: PriceList,
  { variant, amountMinor }: { variant: string; amountMinor: number },
): Promise<void> {
  const { currency } = list;
  const price = { amount: toDecimalString({ amountMinor, currency }), currencyCode: currency };
  const { priceListFixedPricesAdd } = await client.query(shop, SET_FIXED_PRICE, {
    list: list.id,
    prices: [{ variantId: gid("ProductVariant", variant), price }],
  });
  refuseUserErrors("priceListFixedPricesAdd", priceListFixedPricesAdd.userErrors);
}
