import type { DevMetafield, DevOrder, DevProduct, DevShop, DevVariant, StoreContext } from "../shop/state.ts";

/** A small shop made by hand, with every case a storefront meets, for this folder's tests. */

const EPOCH = Date.UTC(2026, 9, 1);

function picture(hue: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><rect width="400" height="400" fill="hsl(${hue} 30% 88%)"/><circle cx="200" cy="200" r="110" fill="hsl(${hue} 40% 55%)"/></svg>`;
}

/** A product with one default variant, or one variant for each size given. */
export function buildProduct(
  number: number,
  title: string,
  priceMinor: number,
  given: Partial<DevProduct> = {},
  sizes: string[] = [],
): DevProduct {
  const id = String(8000 + number);
  const variant = (index: number, size: string | null): DevVariant => ({
    id: String(40_000 + number * 10 + index),
    productId: id,
    title: size ?? "Default Title",
    sku: `SKU-${number}-${index}`,
    options: [size ?? "Default Title"],
    priceMinor: priceMinor + index * 500,
    compareAtMinor: null,
    costMinor: Math.floor(priceMinor / 2),
    inventoryQuantity: 20,
    inventoryPolicy: "DENY",
    tracked: true,
    requiresShipping: true,
  });
  const handle = title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return {
    id,
    handle,
    title,
    descriptionHtml: `<p>About ${title}.</p>`,
    vendor: "Kissa",
    productType: "Tea",
    tags: ["gift"],
    status: "ACTIVE",
    options: sizes.length > 0 ? ["Size"] : ["Title"],
    isGiftCard: false,
    variants: sizes.length > 0 ? sizes.map((size, index) => variant(index, size)) : [variant(0, null)],
    collectionIds: ["1"],
    image: `/__images/${handle}.svg`,
    imageSvg: picture((number * 47) % 360),
    createdAt: EPOCH,
    updatedAt: EPOCH,
    publishedAt: EPOCH,
    ...given,
  };
}

/** Puts a metafield on an owner of the shop. */
export function setMetafield(
  shop: DevShop,
  ownerId: string,
  namespace: string,
  key: string,
  type: string,
  value: unknown,
): void {
  const metafield: DevMetafield = {
    id: `gid://shopify/Metafield/${shop.metafields.size + 1}`,
    ownerId,
    namespace,
    key,
    type,
    value: typeof value === "string" ? value : JSON.stringify(value),
    compareDigest: "",
    updatedAt: EPOCH,
  };
  shop.metafields.set(`${ownerId}|${namespace}|${key}`, metafield);
}

/** A dollar shop with tea, cups, a sold-out pot, a gift card and a draft, selling to four markets. */
export function buildShop(given: Partial<DevShop> = {}): DevShop {
  const shop: DevShop = {
    id: "60000000001",
    products: new Map(),
    orders: new Map(),
    metafields: new Map(),
    discounts: new Map(),
    truePairs: [],
    domain: "tsuide-test.myshopify.com",
    name: "Kissa",
    currency: "USD",
    locale: "en",
    timezone: "America/New_York",
    collections: [{ id: "1", handle: "tea", title: "Tea" }],
    markets: [
      { id: "1", handle: "us", name: "United States", countries: ["US"], currency: "USD", rate: 1, locales: ["en"] },
      { id: "2", handle: "jp", name: "Japan", countries: ["JP"], currency: "JPY", rate: 150, locales: ["ja"] },
      { id: "3", handle: "eu", name: "Europe", countries: ["DE", "FR"], currency: "EUR", rate: 0.92, locales: ["en"] },
      { id: "4", handle: "kw", name: "Kuwait", countries: ["KW"], currency: "KWD", rate: 0.307, locales: ["en"] },
    ],
    shipping: { flatMinor: 600, freeFromMinor: null },
    installation: { id: "70000000001", scopes: [], installed: true },
    ...given,
  };
  const soldOut = buildProduct(3, "Iron Pot", 6400);
  soldOut.variants[0]!.inventoryQuantity = 0;
  const products = [
    buildProduct(1, "Green Tea", 1995, {}, ["50 g", "100 g"]),
    buildProduct(2, "Tea Cup", 1250),
    soldOut,
    buildProduct(4, "Tea Strainer", 899, { sellingPlans: [{ id: "501", name: "Every month" }] }),
    buildProduct(5, "Unreleased", 1000, { status: "DRAFT" }),
    buildProduct(6, "Gift Card", 2500, { isGiftCard: true }),
  ];
  products[5]!.variants[0]!.requiresShipping = false;
  for (const product of products) shop.products.set(product.id, product);
  return shop;
}

/** Publishes what the app would: tea with cup and strainer at 10 % off, free shipping from 50 dollars. */
export function publishOffer(shop: DevShop): void {
  const tea = "gid://shopify/Product/8001";
  setMetafield(shop, tea, "$app", "companions", "list.product_reference", [
    "gid://shopify/Product/8002",
    "gid://shopify/Product/8004",
  ]);
  setMetafield(shop, tea, "$app", "offer", "json", {
    version: 1,
    id: "bt-8001",
    discountBasisPoints: 1000,
    set: 2,
    companions: [
      { product: "8002", weight: 0.5 },
      { product: "8004", weight: 0.3 },
    ],
  });
  const goal = { USD: 5000, JPY: 8000 };
  const discount = "gid://shopify/DiscountAutomaticNode/900";
  shop.discounts.set(discount, {
    id: discount,
    title: "Tsuide",
    functionHandle: "offer-discount",
    status: "ACTIVE",
    startsAt: EPOCH,
    endsAt: null,
    discountClasses: ["PRODUCT", "SHIPPING"],
    combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true },
  });
  setMetafield(shop, discount, "$app", "policy", "json", {
    version: 1,
    sets: true,
    goal,
    messages: {
      en: { set: "Bought together", shipping: "Free shipping" },
      ja: { set: "セット割引", shipping: "送料無料" },
    },
  });
  setMetafield(shop, "gid://shopify/AppInstallation/70000000001", "tsuide", "storefront", "json", {
    version: 1,
    goal: { USD: 5000, JPY: 800000 },
    goalMinor: goal,
    enabled: true,
  });
}

/** A context for a shop, with the clock stopped and randomness counted; placed orders are appended to the shop. */
export function buildContext(shop: DevShop, given: Partial<StoreContext> = {}): StoreContext {
  let turn = 0;
  const now = () => Date.UTC(2026, 10, 21, 12);
  return {
    shop,
    app: { apiKey: "key", apiSecret: "secret", url: "http://localhost:4001" },
    origin: "http://localhost:4000",
    now,
    random: () => ((turn = (turn * 1103515245 + 12345) % 2147483648), turn / 2147483648),
    sessionToken: () => "token",
    setScopes: (scopes) => {
      shop.installation.scopes = [...scopes];
    },
    declaredScopes: { required: [], optional: [] },
    async placeOrder(draft) {
      const number = shop.orders.size + 1001;
      const order: DevOrder = {
        ...draft,
        id: `gid://shopify/Order/${number}`,
        name: `#${number}`,
        createdAt: now(),
        processedAt: now(),
        updatedAt: now(),
        cancelledAt: null,
        test: false,
        currency: shop.currency,
        lines: draft.lines.map((line, index) => ({ ...line, id: `${number}${index}`, currentQuantity: line.quantity })),
        refunds: [],
        financialStatus: "PAID",
      };
      shop.orders.set(order.id, order);
      return order;
    },
    async refund(orderId, lines) {
      const order = shop.orders.get(orderId)!;
      const refunded = lines.map((line) => ({ ...line, subtotalMinor: 0 }));
      const refund = { id: String(order.refunds.length + 1), createdAt: now(), lines: refunded };
      order.refunds.push(refund);
      return refund;
    },
    ...given,
  };
}

/** A browser without JavaScript: keeps cookies, and follows no redirect by itself. */
export class Shopper {
  readonly cookies = new Map<string, string>();
  readonly handle: (request: Request) => Promise<Response | null>;

  constructor(handle: (request: Request) => Promise<Response | null>) {
    this.handle = handle;
  }

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("cookie", [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await this.handle(
      new Request(new URL(path, "http://localhost:4000"), { ...init, headers, redirect: "manual" }),
    );
    if (!response) throw new Error(`Nothing answers ${path}`);
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = cookie.split(";")[0]!.split("=") as [string, string];
      if (/Max-Age=0\b/.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  async json<T>(path: string, body?: unknown): Promise<T> {
    return (await (body === undefined ? this.ask(path) : this.send(path, body))).json() as Promise<T>;
  }

  send(path: string, body: unknown): Promise<Response> {
    const headers = { "content-type": "application/json", accept: "application/json" };
    return this.ask(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  submit(path: string, fields: Record<string, string>): Promise<Response> {
    return this.ask(path, { method: "POST", body: new URLSearchParams(fields) });
  }
}
