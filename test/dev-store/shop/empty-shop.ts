import type { DevShop } from "./state.ts";

/** A shop with nothing in it yet, open in its own market. */
export function emptyShop(
  shop: Pick<DevShop, "domain" | "name" | "currency" | "locale" | "timezone"> & Partial<DevShop>,
): DevShop {
  return {
    id: "60000000001",
    products: new Map(),
    collections: [],
    orders: new Map(),
    metafields: new Map(),
    discounts: new Map(),
    markets: [
      {
        id: "1",
        handle: "home",
        name: "Home",
        countries: [shop.locale === "ja" ? "JP" : "US"],
        currency: shop.currency,
        rate: 1,
        locales: [shop.locale],
      },
    ],
    shipping: { flatMinor: 0, freeFromMinor: null },
    installation: { id: "70000000001", scopes: [], installed: false },
    truePairs: [],
    ...shop,
  };
}
