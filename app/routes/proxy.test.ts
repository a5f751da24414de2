import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeApp, stubEnvironment } from "../../test/fixtures/page-requests.ts";
import { APP, wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { emptyShop } from "../../test/dev-store/empty-shop.ts";
import type * as Health from "./health.tsx";
import type * as Proxy from "./proxy.$.tsx";

const SHOP = "proxy.myshopify.com";

let app: WiredApp;
let loader: (typeof Proxy)["loader"];
let health: (typeof Health)["loader"];

beforeAll(async () => {
  const shop = emptyShop({ domain: SHOP, name: "Proxy", currency: "USD", locale: "en", timezone: "UTC" });
  app = await wireApp([shop]);
  stubEnvironment(app);
  await app.signIn();
  // The routes read the environment when they are loaded.
  ({ loader } = await import("./proxy.$.tsx"));
  ({ loader: health } = await import("./health.tsx"));
});
afterAll(() => closeApp(app));

function signed(changes: { params?: Record<string, string>; after?: Record<string, string>; secret?: string } = {}) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const params = { shop: SHOP, path_prefix: "/apps/tsuide", timestamp, logged_in_customer_id: "", ...changes.params };
  const text = Object.entries(params)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join("");
  const signature = createHmac("sha256", changes.secret ?? APP.apiSecret)
    .update(text)
    .digest("hex");
  const url = new URL(`${APP.url}/proxy/health`);
  for (const [name, value] of Object.entries({ ...params, signature, ...changes.after }))
    url.searchParams.set(name, value);
  return new Request(url);
}

const ask = (request: Request) => loader({ request, params: {}, context: {} });

test("a request that Shopify signed is answered", async () => {
  const response = await ask(signed());
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: "ok" });
});

test.each([
  ["another shop put in", signed({ after: { shop: "thief.myshopify.com" } })],
  ["a customer put in", signed({ after: { logged_in_customer_id: "7" } })],
  ["another secret", signed({ secret: "guessed" })],
  ["a signature from yesterday", signed({ params: { timestamp: String(Math.floor(Date.now() / 1000) - 86_400) } })],
  ["no signature", new Request(`${APP.url}/proxy/health?shop=${SHOP}`)],
])("a request with %s is refused and told nothing", async (_, request) => {
  const response = await ask(request);
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  expect(await response.text()).toBe("");
});

test("health is told without naming any shop", async () => {
  const response = await health();
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ status: "ok", database: "ok", queue: "ok" });
});
