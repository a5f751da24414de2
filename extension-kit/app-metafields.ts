import type { CartArms } from "./cart-arms.ts";
import {
  isShownOn,
  parseCheckout,
  parseProductOffer,
  PUBLISHED,
  type PublishedCheckout,
  type PublishedOffer,
  type ShopperFacts,
  type SurfaceName,
} from "./domain.ts";

/** The part of Shopify's `appMetafields` that surfaces read. */
export interface AppMetafield {
  readonly target: { readonly type: string; readonly id: string };
  readonly metafield: { readonly namespace: string; readonly key: string; readonly value: string };
}

/** Where something is published. */
interface Address {
  readonly owner: string;
  readonly namespace: string;
  readonly key: string;
}

/** The number at the end of a Shopify id; some API versions give the bare number, which stays as it is. */
export function bareId(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** The bought-together offer that a surface shows a shopper for each of these products; null for a product without one. */
export function offersOf(
  products: readonly string[],
  metafields: readonly AppMetafield[],
  surface: SurfaceName,
  shopper: ShopperFacts,
  arms: Pick<CartArms, "hides"> | null = null,
): Map<string, PublishedOffer | null> {
  const published = (product: string) =>
    valueAt(metafields, PUBLISHED.offers, product) ?? valueAt(metafields, PUBLISHED.offer, product);
  const shown = (offer: PublishedOffer | null) => (offer !== null && isShownOn(offer, surface) ? offer : null);
  return new Map(
    products.map((product) => [product, shown(parseProductOffer(published(product), shopper, arms?.hides))]),
  );
}

/** What is published of the whole shop for UI extensions; null where nothing readable is. */
export function checkoutOf(metafields: readonly AppMetafield[]): PublishedCheckout | null {
  return parseCheckout(valueAt(metafields, PUBLISHED.checkout));
}

/** The text published at an address, of one owner where there are several; undefined where there is none. */
export function valueAt(metafields: readonly AppMetafield[], address: Address, owner?: string): string | undefined {
  return metafields.find(
    ({ target, metafield }) =>
      target.type === address.owner &&
      (owner === undefined || bareId(target.id) === owner) &&
      metafield.namespace === address.namespace &&
      metafield.key === address.key,
  )?.metafield.value;
}
