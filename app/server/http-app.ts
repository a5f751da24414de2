import { serveStatic } from "@hono/node-server/serve-static";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";
import { LARGEST_SENT_BYTES } from "../domain/measurement/event-batch.ts";
import type { Health } from "../flows/shop/read-health.ts";
import type { Log } from "./log.ts";
import { accessLog, refuse } from "./access-log.ts";
import { verifyProxyRequest } from "./app-proxy.ts";
import { takeEvents, type EventOptions } from "./events.ts";
import { checkAddress, checkPageRequest } from "./door.ts";
import { limitRate, type RateLimits } from "./rate-limits.ts";
import type { ServerContext, ServerEnv } from "./server-env.ts";
import type { WebhookIntake } from "./webhook-intake.ts";
import { takeWebhook } from "./webhooks.ts";

/** Answers a page's request, as Remix does. */
export type Pages = (request: Request) => Promise<Response>;

export interface HttpAppParts {
  readonly appUrl: string;
  readonly apiSecret: string;
  readonly log: Log;
  readonly now: () => Date;
  readonly limits: RateLimits;
  readonly intake: WebhookIntake;
  readonly events: Omit<EventOptions, "limit">;
  readonly health: () => Promise<Health>;
  readonly pages: Pages;
  /** The folder of the built files for browsers. */
  readonly files: string;
}

/** Shopify's own largest bodies stay far below. */
const LARGEST_WEBHOOK = 2 * 1024 * 1024;
/** Forms of the admin are a few kilobytes. */
const LARGEST_FORM = 256 * 1024;

const DAY_SECONDS = 86_400;

/** Pages that name no shop may be framed by Shopify's admin, and by nobody else. */
const FRAMED_BY_SHOPIFY = "frame-ancestors https://admin.shopify.com https://*.myshopify.com;";

/** The whole of what the server answers, apart from sockets: see the README beside this file. */
export function createHttpApp(parts: HttpAppParts): Hono<ServerEnv> {
  const { log, now, limits, intake, health, apiSecret } = parts;
  const app = new Hono<ServerEnv>();
  app.use(accessLog(log));
  app.use(
    secureHeaders({
      // Shopify's admin frames the app: who may do so is said by `frame-ancestors`.
      xFrameOptions: false,
      crossOriginOpenerPolicy: false,
      crossOriginResourcePolicy: false,
      originAgentCluster: false,
      referrerPolicy: "strict-origin-when-cross-origin",
      strictTransportSecurity: "max-age=31536000",
      permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [] },
    }),
  );
  app.use(checkAddress);

  app.post(
    "/webhooks",
    bodyLimit({ maxSize: LARGEST_WEBHOOK, onError: tooLarge }),
    takeWebhook({ apiSecret, now, intake }),
  );

  // The pixel runs in a sandbox whose origin is the shop's, or none. Its requests carry no cookie and need none.
  app.use(
    "/events",
    cors({ origin: "*", allowMethods: ["POST"], exposeHeaders: ["Retry-After"], maxAge: DAY_SECONDS }),
  );
  app.post(
    "/events",
    limitRate(limits.events, limits.proxies),
    bodyLimit({ maxSize: LARGEST_SENT_BYTES, onError: tooLarge }),
    takeEvents({ ...parts.events, limit: limits.eventsOfShop }),
  );

  app.get("/health", async (c) => {
    const state = await health();
    return c.json(state, state.status === "ok" ? 200 : 503, { "cache-control": "no-store" });
  });

  app.use("/proxy/*", limitRate(limits.proxy, limits.proxies));
  app.get("/proxy/*", verifyProxyRequest({ apiSecret, now }), (c) =>
    c.json({ status: "ok" }, 200, { "cache-control": "no-store" }),
  );

  for (const path of ["/webhooks", "/events", "/health", "/proxy/*"]) app.all(path, (c) => refuse(c, 405, "method"));

  app.use(compress());
  app.use("/assets/*", serveStatic({ root: parts.files, onFound: (_, c) => c.header("Cache-Control", FOR_EVER) }));
  app.use(serveStatic({ root: parts.files, onFound: (_, c) => c.header("Cache-Control", "public, max-age=3600") }));

  app.use("/auth/*", limitRate(limits.auth, limits.proxies));
  app.on("POST", ["/", "/auth/login"], limitRate(limits.login, limits.proxies));
  app.post("*", bodyLimit({ maxSize: LARGEST_FORM, onError: tooLarge }));
  app.use(checkPageRequest);
  app.all("*", async (c) => framedByShopify(await parts.pages(pageRequest(c, parts.appUrl))));
  app.onError((error, c) => {
    log.error({ err: error }, "a request failed");
    return c.body(null, 500);
  });
  return app;
}

const FOR_EVER = "public, max-age=31536000, immutable";

/** The connection is ended with it: whoever sends so much need not send the rest. */
const tooLarge = (c: Context) => refuse(c as ServerContext, 413, "too-large", { connection: "close" });

/**
 * The request as pages see it: at the app's public address, whatever a `Host` header says, and with a body that has
 * been measured.
 */
function pageRequest(c: ServerContext, appUrl: string): Request {
  const { method, headers, body, signal, url } = c.req.raw;
  const { pathname, search } = new URL(url);
  const address = new URL(appUrl);
  address.pathname = pathname;
  address.search = search;
  if (method === "GET" || method === "HEAD") return new Request(address, { method, headers, signal });
  // `duplex` is missing from the types of the platform: a body that is a stream needs it.
  return new Request(address, { method, headers, signal, body, duplex: "half" } as RequestInit);
}

function framedByShopify(response: Response): Response {
  if (response.headers.has("content-security-policy")) return response;
  if (!(response.headers.get("content-type") ?? "").startsWith("text/html")) return response;
  const headers = new Headers(response.headers);
  headers.set("content-security-policy", FRAMED_BY_SHOPIFY);
  return new Response(response.body, { status: response.status, headers });
}
