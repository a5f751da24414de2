import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAppDeclaration } from "./shop/app-toml.ts";
import { Tokens } from "./auth/auth.ts";
import type { BulkOperation } from "./bulk/bulk-operation.ts";
import { handleControl } from "./http/control.ts";
import { EXTENSIONS_DIR } from "./functions/discount-cart.ts";
import { declaredTriggers } from "./admin-api/declared-triggers.ts";
import { findPixel } from "./pixel/pixel-extension.ts";
import { Journal } from "./shop/journal.ts";
import { makeSessionToken } from "./auth/session-token.ts";
import { ShopServer } from "./http/shop-server.ts";
import type { DevShop, StoreContext } from "./shop/state.ts";
import { WebhookSender } from "./webhooks/webhooks.ts";

const API_VERSION = "2026-07";
const LOG_KEPT = 5000;
const MAX_BODY_BYTES = 12_000_000;

export type StorefrontHandler = (request: Request, context: StoreContext) => Promise<Response | null>;

export interface DevStoreOptions {
  /** The first one is the shop of `origin` itself. */
  shops: DevShop[];
  app: { apiKey: string; apiSecret: string; url: string };
  /** Where shoppers and staff reach the store. */
  origin: string;
  /** Another host than `origin`'s, as Shopify's file storage is. */
  filesOrigin?: string;
  now?: () => number;
  random?: () => number;
  /** How webhooks reach the app. */
  deliver?: (request: Request) => Promise<Response>;
  /** How long a webhook's retry waits; tests pass a clock of their own. */
  wait?: (ms: number) => Promise<void>;
  webhookRetryDelaysMs?: readonly number[];
  /** Handles of the app's Functions; by default those that its extensions declare. */
  functions?: { handles: readonly string[] };
  /** Serves what is not the admin side; by default the theme, cart and checkout of `storefront/`. */
  storefront?: StorefrontHandler;
  /** Keeps what changed, over restarts. */
  stateFile?: string | null;
  /** App embeds that are switched on in the theme, by the name of their block; a command can change it. */
  embeds?: readonly string[];
  /** Folder of the theme that shoppers see; the plain one that the dev store ships by default. */
  themeDir?: string;
  /** Folder of the bulk files; by default a new one, removed on close. */
  filesFolder?: string;
}

export interface LogEntry {
  at: number;
  method: string;
  host: string;
  path: string;
  status: number;
  /** First operation field of an Admin API request. */
  operation?: string;
}

/** A fake Shopify: `fetch` answers for every shop's host, the storefront's address and the file host. */
export interface DevStore {
  fetch(request: Request): Promise<Response>;
  state: ReadonlyMap<string, DevShop>;
  /** The servers behind the shops, by domain. */
  shops: ReadonlyMap<string, ShopServer>;
  tokens: Tokens;
  webhooks: WebhookSender;
  log: readonly LogEntry[];
  /** What the storefront half is given for a shop. */
  context(domain: string): StoreContext;
  /** Resolves when no bulk operation runs and no webhook is under way. */
  settled(): Promise<void>;
  /** Stops what runs and removes the bulk files. */
  close(): Promise<void>;
}

async function defaultStorefront(request: Request, context: StoreContext): Promise<Response | null> {
  const { handleStorefront } = await import("./storefront/handle-storefront.ts");
  return handleStorefront(request, context);
}

/** Makes the store and puts back what an earlier run recorded in `stateFile`. */
export function createDevStore(options: DevStoreOptions): DevStore {
  const now = options.now ?? Date.now;
  const random = options.random ?? Math.random;
  const journal = new Journal(options.stateFile ?? null);
  const declaration = readAppDeclaration();
  const tokens = new Tokens(options.app, journal, now);
  const webhooks = new WebhookSender({
    app: options.app,
    subscriptions: declaration.subscriptions,
    now,
    deliver: options.deliver ?? ((request) => fetch(request)),
    wait: options.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms).unref())),
    ...(options.webhookRetryDelaysMs === undefined ? {} : { retryDelaysMs: options.webhookRetryDelaysMs }),
  });
  const filesFolder = options.filesFolder ?? join(tmpdir(), `dev-store-${crypto.randomUUID()}`);
  const flowTriggers = declaredTriggers(EXTENSIONS_DIR);
  const shops = new Map<string, ShopServer>();
  for (const shop of options.shops) {
    if (shop.installation.scopes.length === 0) shop.installation.scopes = [...declaration.scopes];
    const server = new ShopServer({
      shop,
      app: options.app,
      declaration,
      flowTriggers,
      pixelSettings: findPixel(EXTENSIONS_DIR)?.settings ?? null,
      functionHandles: options.functions?.handles ?? declaration.functionHandles,
      journal,
      webhooks,
      origin: options.origin,
      filesOrigin: options.filesOrigin ?? options.origin.replace("localhost", "127.0.0.1"),
      filesFolder,
      now,
      newToken: () => tokens.issueForTest(shop),
    });
    shops.set(shop.domain, server);
  }
  restore(journal, shops, tokens);
  const log: LogEntry[] = [];
  const contexts = new Map<string, StoreContext>();

  function context(domain: string): StoreContext {
    const known = contexts.get(domain);
    if (known !== undefined) return known;
    const server = shops.get(domain);
    if (server === undefined) throw new Error(`The dev store has no shop ${domain}.`);
    const made: StoreContext = {
      shop: server.shop,
      app: options.app,
      origin: options.origin,
      now,
      random,
      placeOrder: async (draft) => server.placeOrder(draft),
      refund: async (orderId, lines) => server.refund(orderId, lines),
      setScopes: (scopes) => {
        server.setScopes([...scopes]);
        tokens.setScopes(domain, scopes);
      },
      ...(options.embeds === undefined ? {} : { embeds: options.embeds }),
      ...(options.themeDir === undefined ? {} : { themeDir: options.themeDir }),
      declaredScopes: { required: declaration.scopes, optional: declaration.optionalScopes },
      sessionToken: () => {
        server.install();
        return makeSessionToken(options.app, domain, now());
      },
    };
    contexts.set(domain, made);
    return made;
  }

  const store: DevStore = {
    fetch: async (request) => {
      const { host, path } = addressOf(request);
      const entry: LogEntry = { at: now(), method: request.method, host, path, status: 0 };
      log.push(entry);
      if (log.length > LOG_KEPT) log.shift();
      const response = await answer(request, host, path, entry);
      entry.status = response.status;
      return response;
    },
    state: new Map([...shops].map(([domain, { shop }]) => [domain, shop])),
    shops,
    tokens,
    webhooks,
    log,
    context,
    settled: async () => {
      await Promise.all([...shops.values()].map(({ bulk }) => bulk.settled()));
      await webhooks.settled();
    },
    close: async () => {
      webhooks.close();
      await Promise.all([...shops.values()].map(({ bulk }) => bulk.close()));
      if (options.filesFolder === undefined) rmSync(filesFolder, { recursive: true, force: true });
    },
  };

  async function answer(request: Request, host: string, path: string, entry: LogEntry): Promise<Response> {
    const isShopHost = host.endsWith(".myshopify.com");
    const server = isShopHost ? shops.get(host) : shops.values().next().value;
    if (path.startsWith("/__files/")) return file(request, path);
    if (path.startsWith("/__control/")) return isShopHost ? notFound() : handleControl(request, path, store);
    if (server === undefined) return notFound();
    if (path === "/admin/oauth/access_token") {
      return request.method === "POST" ? tokens.handle(request, server.shop) : notFound();
    }
    const api = /^\/admin\/api\/([^/]+)\/graphql\.json$/.exec(path);
    if (api !== null) return api[1] === API_VERSION ? adminApi(request, server, entry) : notFound();
    if (path.startsWith("/__images/")) return picture(server.shop, path);
    const response = await (options.storefront ?? defaultStorefront)(request, context(server.shop.domain));
    return response ?? notFound();
  }

  async function adminApi(request: Request, server: ShopServer, entry: LogEntry): Promise<Response> {
    const scopes = tokens.scopesOf(request.headers.get("x-shopify-access-token") ?? "", server.shop.domain);
    if (scopes === null) {
      const errors = "[API] Invalid API key or access token (unrecognized login or wrong password)";
      return Response.json({ errors }, { status: 401 });
    }
    if (request.method !== "POST") return notFound();
    if (server.refusal !== null) return new Response(server.refusal.body, { status: server.refusal.status });
    const text = await request.text();
    if (text.length > MAX_BODY_BYTES) return Response.json({ errors: "Payload too large" }, { status: 413 });
    let body: { query?: unknown; variables?: unknown; operationName?: unknown };
    try {
      body = JSON.parse(text) as typeof body;
    } catch {
      return Response.json({ errors: "Bad Request" }, { status: 400 });
    }
    if (typeof body.query !== "string")
      return Response.json({ errors: { query: "Required parameter missing or invalid" } }, { status: 400 });
    entry.operation = /(?:query|mutation)\s+(\w+)/.exec(body.query)?.[1] ?? /\{\s*(\w+)/.exec(body.query)?.[1] ?? "";
    const variables = (body.variables ?? {}) as Record<string, unknown>;
    const operationName = typeof body.operationName === "string" ? body.operationName : null;
    const result = await server.graphql({ query: body.query, variables, operationName }, scopes);
    return Response.json(result, { headers: { "x-request-id": crypto.randomUUID() } });
  }

  async function file(request: Request, path: string): Promise<Response> {
    const match = /^\/__files\/bulk\/([^/]+)\/([^/]+)$/.exec(path);
    const server = match === null ? undefined : shops.get(match[1] as string);
    if (match === null || server === undefined) return notFound();
    // The file host is not Shopify's API: whoever sends it the token has given the token away.
    if (request.headers.has("x-shopify-access-token")) return new Response("Unexpected access token", { status: 400 });
    return server.bulk.download(match[2] as string, request);
  }

  return store;
}

function addressOf(request: Request): { host: string; path: string } {
  const url = new URL(request.url);
  return { host: (request.headers.get("x-dev-store-host") ?? url.hostname).toLowerCase(), path: url.pathname };
}

function notFound(): Response {
  return Response.json({ errors: "Not Found" }, { status: 404 });
}

function picture(shop: DevShop, path: string): Response {
  for (const { image, imageSvg } of shop.products.values()) {
    if (image !== path) continue;
    return new Response(imageSvg, {
      headers: { "content-type": "image/svg+xml", "cache-control": "public, max-age=3600" },
    });
  }
  return notFound();
}

function restore(journal: Journal, shops: ReadonlyMap<string, ShopServer>, tokens: Tokens): void {
  const operations: [ShopServer, BulkOperation][] = [];
  for (const { shop, collection, key, value } of journal.load()) {
    const server = shops.get(shop);
    if (server === undefined || collection === "generated") continue;
    if (collection === "access" || collection === "refresh") tokens.restore(collection, key, value);
    else if (collection === "bulk") operations.push([server, value as BulkOperation]);
    else server.changes.restore(collection, key, value);
  }
  for (const [server, operation] of operations) server.bulk.restore(operation);
}
