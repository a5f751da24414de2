import { createDevStore, type DevStore, type DevStoreOptions } from "./dev-store.ts";
import { emptyShop } from "./shop/empty-shop.ts";
import type { DevOrder, DevOrderLine, DevProduct, DevShop } from "./shop/state.ts";

/** Factories for the dev store's own tests: a shop of three products and what the app would send to it. */

export const APP = { apiKey: "test-key", apiSecret: "test-secret", url: "https://app.test" };
export const DOMAIN = "small.myshopify.com";
export const START = Date.parse("2026-11-20T09:00:00Z");

export function buildProduct(id: string, change: Partial<DevProduct> = {}): DevProduct {
  return {
    id,
    handle: `product-${id}`,
    title: `Product ${id}`,
    descriptionHtml: "<p>Good.</p>",
    vendor: "Maker",
    productType: "Tea",
    tags: ["b", "a"],
    status: "ACTIVE",
    options: ["Title"],
    isGiftCard: false,
    variants: [
      {
        id: `${id}1`,
        productId: id,
        title: "Default Title",
        sku: `SKU-${id}`,
        options: ["Default Title"],
        priceMinor: 1250,
        compareAtMinor: null,
        costMinor: 500,
        inventoryQuantity: 10,
        inventoryPolicy: "DENY",
        tracked: true,
        requiresShipping: true,
      },
    ],
    collectionIds: ["31"],
    image: `/__images/${id}.svg`,
    imageSvg: "<svg/>",
    createdAt: START - 86_400_000,
    updatedAt: START - 86_400_000,
    publishedAt: START - 86_400_000,
    ...change,
  };
}

export function buildLine(id: string, change: Partial<DevOrderLine> = {}): DevOrderLine {
  return {
    id,
    productId: "11",
    variantId: "111",
    title: "Product 11",
    sku: "SKU-11",
    quantity: 3,
    currentQuantity: 3,
    unitPriceMinor: 1000,
    discounts: [],
    isGiftCard: false,
    requiresShipping: true,
    properties: {},
    sellingPlan: null,
    group: null,
    ...change,
  };
}

export function buildOrder(id: string, change: Partial<DevOrder> = {}): DevOrder {
  return {
    id,
    name: `#${id}`,
    createdAt: START - 3_600_000,
    processedAt: START - 3_600_000,
    updatedAt: START - 3_600_000,
    cancelledAt: null,
    test: false,
    sourceName: "web",
    customerId: "901",
    currency: "USD",
    presentmentCurrency: "USD",
    presentmentRate: 1,
    lines: [
      buildLine(`${id}01`),
      buildLine(`${id}02`, { productId: "12", variantId: "121", title: "Product 12", quantity: 1, currentQuantity: 1 }),
    ],
    shippingMinor: 500,
    refunds: [],
    cartToken: "cart",
    checkoutToken: "checkout",
    financialStatus: "PAID",
    ...change,
  };
}

export function buildShop(change: Partial<DevShop> = {}): DevShop {
  const shop = emptyShop({
    domain: DOMAIN,
    name: "Small",
    currency: "USD",
    locale: "en",
    timezone: "America/New_York",
  });
  for (const id of ["11", "12", "13"]) shop.products.set(id, buildProduct(id));
  shop.collections = [{ id: "31", handle: "all-tea", title: "All tea" }];
  for (const id of ["501", "502"]) shop.orders.set(id, buildOrder(id));
  shop.installation = { id: "71", installed: true, scopes: [] };
  return Object.assign(shop, change);
}

export const ALL_SCOPES = [
  "read_orders",
  "read_all_orders",
  "read_customers",
  "write_products",
  "write_publications",
  "read_inventory",
  "write_discounts",
  "read_shipping",
  "read_markets",
];

export interface TestStore {
  store: DevStore;
  shop: DevShop;
  /** The clock; tests move it on. */
  clock: { now: number };
  /** Webhooks that reached the app. */
  received: Request[];
  graphql(query: string, variables?: object, token?: string): Promise<GraphqlAnswer>;
  request(path: string, init?: RequestInit): Promise<Response>;
  control(command: string, body?: object): Promise<Response>;
}

export interface GraphqlAnswer {
  // Tests read what they asked for.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  data?: any;
  errors?: { message: string; extensions?: Record<string, unknown> }[];
  extensions?: {
    cost: {
      requestedQueryCost: number;
      actualQueryCost: number | null;
      throttleStatus: { currentlyAvailable: number; maximumAvailable: number; restoreRate: number };
    };
  };
}

/** A store on a clock that stands still, with the app's end of the webhooks in `received`. */
export function buildStore(options: Partial<DevStoreOptions> & { scopes?: string[] } = {}): TestStore {
  const shop = options.shops?.[0] ?? buildShop();
  if (shop.installation.scopes.length === 0) shop.installation.scopes = options.scopes ?? [...ALL_SCOPES];
  const clock = { now: START };
  const received: Request[] = [];
  const store = createDevStore({
    shops: [shop],
    app: APP,
    origin: "http://localhost:4000",
    now: () => clock.now,
    random: () => 0.5,
    functions: { handles: ["offer-discount"] },
    deliver: async (request) => {
      received.push(request);
      return new Response(null, { status: 200 });
    },
    wait: async () => {},
    webhookRetryDelaysMs: [0, 0],
    ...options,
  });
  const ownToken = store.tokens.issueForTest(shop);
  const request = (path: string, init: RequestInit = {}) =>
    store.fetch(new Request(`https://${shop.domain}${path}`, init));
  return {
    store,
    shop,
    clock,
    received,
    request,
    graphql: async (query, variables = {}, token = ownToken) => {
      const response = await request("/admin/api/2026-07/graphql.json", {
        method: "POST",
        headers: { "content-type": "application/json", "x-shopify-access-token": token },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as GraphqlAnswer;
    },
    control: (command, body = {}) =>
      store.fetch(
        new Request(`http://localhost:4000/__control/${command}`, { method: "POST", body: JSON.stringify(body) }),
      ),
  };
}
