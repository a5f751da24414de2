import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installShop } from "../../app/flows/shop/install-shop.ts";
import { emptyShop } from "../dev-store/shop/empty-shop.ts";
import { startServerProgram, type ServerProgram } from "../fixtures/server-program.ts";
import { signedWebhook } from "../fixtures/signed-requests.ts";
import { wireApp, type WiredApp } from "../fixtures/wired-app.ts";

const SHOP = "program.myshopify.com";
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

let app: WiredApp;
let server: ServerProgram;

beforeAll(async () => {
  app = await wireApp([emptyShop({ domain: SHOP, name: "Program", currency: "USD", locale: "en", timezone: "UTC" })]);
  await app.signIn();
  await installShop(app.shop, app.context);
  server = await startServerProgram(app.settings.databaseUrl);
});
afterAll(async () => {
  await server?.stop();
  await app.close();
});

test("a health check is answered in production, and names no shop", async () => {
  const { status, body } = await server.ask({ path: "/health" });
  expect([status, JSON.parse(body)]).toMatchObject([200, { status: "ok", database: "ok" }]);
  expect(body).not.toContain(SHOP);
});

test.each([
  ["en", "Your shop’s address"],
  ["ja", "ストア"],
])("a bookmarked page without a session ends in a page that says how to go on, in %s", async (language, words) => {
  const headers = { "user-agent": BROWSER, "accept-language": language };
  const first = await server.ask({ path: "/app/settings", headers });
  expect([first.status, first.headers.location]).toEqual([302, "/auth/login"]);
  const page = await server.ask({ path: "/auth/login", headers });
  expect(page.status).toBe(200);
  expect(page.body).toContain(`<html lang="${language}"`);
  expect(page.body).toContain(words);
  expect(page.body).toContain('name="shop"');
});

test("pages say who may frame them, and every answer has the headers of a careful server", async () => {
  const headers = { "user-agent": BROWSER };
  const landing = await server.ask({ path: "/", headers });
  expect(landing.headers["content-security-policy"]).toBe(
    "frame-ancestors https://admin.shopify.com https://*.myshopify.com;",
  );
  const bounce = await server.ask({ path: `/auth/session-token?shop=${SHOP}`, headers });
  expect(bounce.headers["content-security-policy"]).toContain(`frame-ancestors https://${SHOP} `);
  for (const answer of [landing, bounce, await server.ask({ path: "/nothing", headers })]) {
    expect(answer.headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "strict-origin-when-cross-origin",
      "strict-transport-security": expect.stringContaining("max-age"),
    });
    expect(answer.headers["x-frame-options"]).toBeUndefined();
    expect(answer.headers["x-powered-by"]).toBeUndefined();
  }
});

test("answers repeated sign-ins with a time to retry after", async () => {
  const once = () =>
    server.ask({ method: "POST", path: "/auth/login", body: "shop=x", headers: { "user-agent": BROWSER } });
  const answers = await Promise.all(Array.from({ length: 40 }, once));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBe(20);
  expect(Number(refused[0]!.headers["retry-after"])).toBeGreaterThan(0);
  expect((await server.ask({ path: "/health" })).status).toBe(200);
});

test("asked to end, it answers the request that is under way and ends with 0", async () => {
  const body = JSON.stringify({ id: 5 });
  const { headers } = signedWebhook(SHOP, body, { topic: "orders/updated" });
  const lines = [...(headers as Headers)].map(([name, value]) => `${name}: ${value}`);
  const socket = connect(server.port, "127.0.0.1");
  let said = "";
  socket.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const head = ["POST /webhooks HTTP/1.1", "host: app.tsuide.test", `content-length: ${body.length}`, ...lines];
  socket.write(`${head.join("\r\n")}\r\n\r\n${body.slice(0, 3)}`);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const ended = server.stop();
  await new Promise((resolve) => setTimeout(resolve, 300));
  socket.write(body.slice(3));
  expect(await ended).toBe(0);
  expect(said).toMatch(/^HTTP\/1\.1 200/);
  const { rowCount } = await app.context.database.pool.query("SELECT 1 FROM changed_orders WHERE order_id = 5");
  expect(rowCount).toBe(1);
});
