import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyShop } from "../../test/dev-store/shop/empty-shop.ts";
import { runServer, type TestServer } from "../../test/fixtures/running-server.ts";
import { signedProxyPath as signed } from "../../test/fixtures/signed-requests.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";

const SHOP = "proxy.myshopify.com";
const HOUR_S = 3600;

let app: WiredApp;
let server: TestServer;

beforeAll(async () => {
  app = await wireApp([emptyShop({ domain: SHOP, name: "Proxy", currency: "USD", locale: "en", timezone: "UTC" })]);
  server = await runServer(app);
});
afterAll(async () => {
  await server.stop();
  await app.close();
});

test("a request that Shopify signed is answered, without a session of the shop", async () => {
  const response = await server.ask(signed(SHOP));
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: "ok" });
});

test("parameters of the storefront itself are signed with the others, in whatever order they come", async () => {
  expect((await server.ask(signed(SHOP, { params: { zebra: "1", amount: "2", "z-9": "x,y" } }))).status).toBe(200);
});

test.each([
  ["another shop put in", signed(SHOP, { after: { shop: "thief.myshopify.com" } })],
  ["a customer put in", signed(SHOP, { after: { logged_in_customer_id: "7" } })],
  ["a parameter put in", signed(SHOP, { after: { _data: "routes/proxy" } })],
  ["another secret", signed(SHOP, { secret: "guessed" })],
  ["a signature from yesterday", signed(SHOP, { params: { timestamp: stamp(-24 * HOUR_S) } })],
  ["a signature of tomorrow", signed(SHOP, { params: { timestamp: stamp(24 * HOUR_S) } })],
  ["a signed shop that is none", signed("evil.com")],
  ["a signed shop with a path", signed("a.myshopify.com/../b")],
  ["a repeated shop", `${signed(SHOP)}&shop=${SHOP}`],
  ["no signature", `/proxy/health?shop=${SHOP}`],
])("a request with %s is refused without details", async (_, path) => {
  const response = await server.ask(path);
  expect([400, 401]).toContain(response.status);
  expect(await response.text()).toBe("");
});

test("health names no shop", async () => {
  const response = await server.ask("/health");
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ status: "ok", database: "ok", queue: "ok" });
});

function stamp(seconds: number): string {
  return String(Math.floor(Date.now() / 1000) + seconds);
}
