import type { Tokens } from "../auth/auth.ts";
import { pricedDraft } from "../checkout/price-draft.ts";
import { parseGid } from "../shop/gid.ts";
import { RefusedChange, type ShopServer } from "./shop-server.ts";
import type { DevNativeDiscount, DevOrder, DevProduct, DevVariant, OrderDraft, StoreContext } from "../shop/state.ts";
import { findTheme, shippedThemes, ThemeError, themeInfo } from "../theme/engine/theme-files.ts";
import { themeDirOf } from "../theme/engine/theme-of.ts";
import type { WebhookSender } from "../webhooks/webhooks.ts";
import { customerDataRequestPayload, customerRedactPayload, shopRedactPayload } from "../webhooks/webhook-payloads.ts";

const SETTLED_MS = 20_000;

type Body = Record<string, unknown>;
/** What commands need of the dev store. */
interface ControlledStore {
  readonly shops: ReadonlyMap<string, ShopServer>;
  readonly tokens: Tokens;
  readonly webhooks: WebhookSender;
  readonly log: readonly object[];
  context(domain: string): StoreContext;
  settled(): Promise<void>;
}

/** An order that was placed `at` some time. `priced`: whether the checkout of now takes off what it takes off. */
export type PastOrder = OrderDraft & { readonly at: number; readonly priced: boolean };

/** What `GET upcoming` answers. */
export interface Upcoming {
  readonly orders: readonly DevOrder[];
  readonly lines: OrderDraft["lines"];
}

type Command = (body: Body, server: ShopServer, store: ControlledStore) => unknown;

/** Ids are taken bare or as global ids. */
const idOf = (value: unknown): string => parseGid(String(value))?.id ?? String(value);
const timeOf = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
const numberOf = (value: unknown, otherwise: number): number => (typeof value === "number" ? value : otherwise);

const COMMANDS: Readonly<Record<string, Command>> = {
  refund: (body, server) => {
    const lines = (body.lines as { lineId: unknown; quantity: number }[] | undefined) ?? [];
    const refund = server.refund(
      idOf(body.orderId),
      lines.map(({ lineId, quantity }) => ({ lineId: idOf(lineId), quantity })),
      numberOf(body.withoutLinesMinor, 0),
      timeOf(body.at),
    );
    return { refund };
  },
  pay: (body, server) => ({ order: server.markPaid(idOf(body.orderId)) }),
  cancel: (body, server) => ({ order: server.cancel(idOf(body.orderId), timeOf(body.at)) }),
  edit: (body, server) => {
    const lines = (body.lines as { lineId: unknown; quantity: number }[] | undefined) ?? [];
    const left = lines.map(({ lineId, quantity }) => ({ lineId: idOf(lineId), quantity }));
    return { order: server.edit(idOf(body.orderId), left) };
  },
  order: (body, server) => ({ order: placeOrder(body, server) }),
  /** Orders of the past, as whoever makes one up knows them. Those that are `priced` get what the Functions take off. */
  "past-orders": async (body, server, store) => {
    const orders: DevOrder[] = [];
    for (const { priced, ...draft } of body.orders as readonly PastOrder[]) {
      const context = store.context(server.shop.domain);
      orders.push(server.placeOrder(priced ? await pricedDraft(context, draft) : draft));
    }
    return { orders };
  },
  "deliver-again": async (body, _server, store) => {
    const topic = typeof body.topic === "string" ? body.topic : null;
    return { delivered: await store.webhooks.again(topic, numberOf(body.count, 1)) };
  },
  reorder: (body, _server, store) => {
    store.webhooks.setReorder(body.enabled === true);
    return { enabled: body.enabled === true };
  },
  "app-down": (body, _server, store) => {
    store.webhooks.setDown(body.enabled === true);
    return { enabled: body.enabled === true };
  },
  install: (_body, server) => {
    server.install();
    return { installed: true };
  },
  uninstall: (_body, server, store) => {
    server.uninstall();
    store.tokens.revokeShop(server.shop.domain);
    return { installed: false };
  },
  scopes: (body, server, store) => {
    store.context(server.shop.domain).setScopes((body.scopes as string[] | undefined) ?? []);
    return { scopes: server.shop.installation.scopes };
  },
  "product-update": (body, server) => {
    const id = idOf(body.productId);
    const product = server.shop.products.get(id);
    const variants = product?.variants.map((variant) => ({
      ...variant,
      priceMinor: numberOf(body.priceMinor, variant.priceMinor),
      inventoryQuantity: numberOf(body.inventoryQuantity, variant.inventoryQuantity),
    }));
    const title = typeof body.title === "string" ? { title: body.title } : {};
    const status =
      body.status === "ACTIVE" || body.status === "DRAFT" || body.status === "ARCHIVED" ? { status: body.status } : {};
    const { variants: updated } = server.updateProduct(id, {
      ...(variants ? { variants } : {}),
      ...title,
      ...(status as object),
    });
    return { productId: id, variants: updated };
  },
  "order-delete": (body, server) => {
    server.deleteOrder(idOf(body.orderId));
    return { orderId: idOf(body.orderId) };
  },
  "shop-update": (body, server) => {
    const facts = (["name", "currency", "timezone"] as const).flatMap((key) =>
      typeof body[key] === "string" ? [[key, body[key]]] : [],
    );
    server.updateShop(Object.fromEntries(facts));
    return Object.fromEntries(facts);
  },
  "product-delete": (body, server) => {
    server.deleteProduct(idOf(body.productId));
    return { productId: idOf(body.productId) };
  },
  "customer-opt-out": (body, server) => {
    server.changes.setOptedOut(idOf(body.customerId), body.optedOut !== false);
    return { customerId: idOf(body.customerId), optedOut: body.optedOut !== false };
  },
  "customer-redact": (body, server) => {
    const customerId = idOf(body.customerId);
    server.sendCompliance(
      "customers/redact",
      customerRedactPayload(server.shop, customerId, ordersOf(server, customerId)),
    );
    return { customerId };
  },
  "customer-data-request": (body, server) => {
    const customerId = idOf(body.customerId);
    const payload = customerDataRequestPayload(server.shop, customerId, ordersOf(server, customerId));
    server.sendCompliance("customers/data_request", payload);
    return { customerId };
  },
  "shop-redact": (_body, server) => {
    server.sendCompliance("shop/redact", shopRedactPayload(server.shop));
    return {};
  },
  /** A discount of the merchant's own; it combines with everything but what the body says. */
  discount: (body, server) => {
    const { title, code, percent, minor, productIds, combinesWith } = body;
    if (typeof title !== "string" && typeof code !== "string") throw new RefusedChange("A discount needs a name.");
    const everything = { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true };
    const off =
      typeof percent === "number"
        ? { percent }
        : typeof minor === "number"
          ? { minor, each: body.each === true }
          : ("free-shipping" as const);
    const discount: DevNativeDiscount = {
      id: server.changes.nextId("discount"),
      title: typeof title === "string" ? title : String(code),
      code: typeof code === "string" ? code : null,
      off,
      products: Array.isArray(productIds) ? productIds.map(idOf) : null,
      minimum: typeof body.minimumMinor === "number" ? { subtotalMinor: body.minimumMinor } : null,
      combinesWith: { ...everything, ...(combinesWith as object | undefined) },
      startsAt: 0,
      endsAt: null,
    };
    server.changes.putNativeDiscount(discount);
    return { discount };
  },
  throttle: (body, server) => {
    server.bucket.drainTo(numberOf(body.available, 0));
    return server.bucket.status();
  },
  "bulk-access": (body, server) => {
    server.bulk.enabled = body.enabled !== false;
    return { enabled: server.bulk.enabled };
  },
  "admin-refuses": (body, server) => {
    const status = Number(body.status);
    server.refusal = body.status === undefined ? null : { status, body: String(body.text ?? "") };
    return { refusal: server.refusal };
  },
  theme: (body, server, store) => {
    const context = store.context(server.shop.domain);
    if (typeof body.theme === "string") context.themeDir = findTheme(body.theme);
    context.themeSettings = (body.settings as Body | undefined) ?? {};
    if (Array.isArray(body.embeds)) context.embeds = body.embeds.map(String);
    return { theme: themeInfo(themeDirOf(context)).name, shipped: shippedThemes() };
  },
  "bulk-truncate": (_body, server) => {
    server.bulk.truncateNextDownload();
    return {};
  },
  // A webhook that nobody takes is tried for hours: "settled" does not wait that long.
  settled: async (_body, _server, store) => {
    const timeUp = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), SETTLED_MS).unref());
    return { settled: await Promise.race([store.settled().then(() => true), timeUp]) };
  },
};

function ordersOf(server: ShopServer, customerId: string): string[] {
  return [...server.shop.orders.values()].filter((order) => order.customerId === customerId).map(({ id }) => id);
}

/** Customers with whom the app keeps something in its own namespace. */
function customersWithHistory(server: ShopServer): { id: string; history: string }[] {
  const owner = "gid://shopify/Customer/";
  return [...server.shop.metafields.values()]
    .filter(({ ownerId, namespace }) => ownerId.startsWith(owner) && namespace === "$app")
    .map(({ ownerId, value }) => ({ id: ownerId.slice(owner.length), history: value }));
}

function lineOf(
  product: DevProduct,
  variant: DevVariant,
  quantity: number,
  properties: Record<string, string>,
): OrderDraft["lines"][number] {
  return {
    productId: product.id,
    variantId: variant.id,
    title: product.title,
    sku: variant.sku,
    quantity,
    unitPriceMinor: variant.priceMinor,
    discounts: [],
    isGiftCard: product.isGiftCard,
    requiresShipping: variant.requiresShipping,
    properties,
    sellingPlan: null,
    group: null,
  };
}

/** Orders that are still to be placed, and what one of each product would be bought as. */
function upcoming({ shop }: ShopServer): Upcoming {
  const lines = [...shop.products.values()]
    .filter(({ status }) => status === "ACTIVE")
    .flatMap((product) => product.variants.slice(0, 1).map((variant) => lineOf(product, variant, 1, {})));
  return { orders: shop.upcoming ?? [], lines };
}

function placeOrder(body: Body, server: ShopServer) {
  const asked =
    (body.lines as { variantId: unknown; quantity?: number; properties?: Record<string, string> }[] | undefined) ?? [];
  const lines = asked.map(({ variantId, quantity = 1, properties = {} }) => {
    const variant = server.changes.variant(idOf(variantId));
    const product = variant === null ? undefined : server.shop.products.get(variant.productId);
    if (variant === null || product === undefined) throw new RefusedChange(`There is no variant ${String(variantId)}.`);
    return lineOf(product, variant, quantity, properties);
  });
  if (lines.length === 0) throw new RefusedChange("An order needs lines.");
  return server.placeOrder({
    lines,
    presentmentCurrency: server.shop.currency,
    presentmentRate: 1,
    shippingMinor: 0,
    cartToken: crypto.randomUUID(),
    checkoutToken: crypto.randomUUID().replaceAll("-", ""),
    sourceName: typeof body.sourceName === "string" ? body.sourceName : "web",
    customerId: body.customerId === undefined ? null : idOf(body.customerId),
    ...(body.isPending === true ? { isPending: true } : {}),
  });
}

function read(what: string, url: URL, server: ShopServer, store: ControlledStore): object | null {
  const limit = Number(url.searchParams.get("limit") ?? 20);
  if (what === "log") return { requests: store.log, webhooks: store.webhooks.deliveries() };
  if (what === "orders") return { orders: [...server.shop.orders.values()].slice(-limit).reverse() };
  if (what === "upcoming") return upcoming(server);
  if (what === "store-credit") return { accounts: [...(server.shop.creditAccounts?.values() ?? [])] };
  if (what === "customers") return { customers: customersWithHistory(server) };
  if (what === "shop") {
    const { domain, name, currency, locale, products, orders, discounts, installation, truePairs } = server.shop;
    return {
      domain,
      name,
      currency,
      locale,
      installation,
      truePairs,
      products: products.size,
      orders: orders.size,
      discounts: [...discounts.values()],
    };
  }
  return null;
}

/**
 * The dev store's own API, for tests and the demo: what a merchant, Shopify or bad luck would do. `POST` a command
 * (with `shop` in the body, where there are several), `GET` what is known.
 */
export async function handleControl(request: Request, path: string, store: ControlledStore): Promise<Response> {
  const what = path.slice("/__control/".length);
  const url = new URL(request.url);
  let body: Body = {};
  if (request.method === "POST") {
    try {
      const text = await request.text();
      body = text === "" ? {} : (JSON.parse(text) as Body);
    } catch {
      return Response.json({ error: "The body is not JSON." }, { status: 400 });
    }
  }
  const domain = body.shop ?? url.searchParams.get("shop") ?? [...store.shops.keys()][0];
  const server = store.shops.get(String(domain));
  if (server === undefined) return Response.json({ error: `There is no shop ${String(domain)}.` }, { status: 404 });
  if (request.method === "GET") {
    const answer = read(what, url, server, store);
    return answer === null ? Response.json({ error: "Not Found" }, { status: 404 }) : Response.json(answer);
  }
  const command = Object.hasOwn(COMMANDS, what) ? COMMANDS[what] : undefined;
  if (command === undefined || request.method !== "POST") return Response.json({ error: "Not Found" }, { status: 404 });
  try {
    return Response.json(await command(body, server, store));
  } catch (error) {
    if (error instanceof RefusedChange || error instanceof ThemeError)
      return Response.json({ error: error.message }, { status: 422 });
    throw error;
  }
}
