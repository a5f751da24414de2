import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { proxySignature } from "./app-proxy.ts";
import { handleStorefront } from "./handle-storefront.ts";
import { buildContext, buildShop, Shopper } from "./sample-shop.ts";

let server: Server | null = null;
afterEach(() => {
  server?.close();
  server = null;
});

async function openShop() {
  const seen: { url: string; method: string; cookie: string | undefined; body: string }[] = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      seen.push({ url: request.url!, method: request.method!, cookie: request.headers.cookie, body });
      response.writeHead(201, { "content-type": "application/json", "set-cookie": "app=1" }).end('{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const shop = buildShop();
  const context = buildContext(shop, { app: { apiKey: "key", apiSecret: "secret", url } });
  return { seen, shop, context, shopper: new Shopper((request) => handleStorefront(request, context)) };
}

test("passes a request on with Shopify's parameters and signature, and without the shopper's cookies", async () => {
  const { seen, shopper } = await openShop();
  shopper.cookies.set("cart", "abc");
  const answer = await shopper.ask("/apps/tsuide/events?b=2&a=1&a=0&signature=forged", { method: "POST", body: "{}" });
  expect([answer.status, await answer.text(), answer.headers.get("set-cookie")]).toEqual([201, '{"ok":true}', null]);
  const [request] = seen;
  expect(request).toMatchObject({ method: "POST", body: "{}", cookie: undefined });
  const { pathname, searchParams } = new URL(request!.url, "http://app");
  expect(pathname).toBe("/proxy/events");
  expect(Object.fromEntries(searchParams)).toMatchObject({
    shop: "tsuide-test.myshopify.com",
    path_prefix: "/apps/tsuide",
    logged_in_customer_id: "",
    timestamp: "1795262400",
  });
  expect(searchParams.getAll("signature")).toEqual([proxySignature(searchParams, "secret")]);
});

test("signs sorted pairs without separators, repeated keys joined by commas", () => {
  const params = new URLSearchParams("shop=s&a=1&a=2&signature=x");
  expect(proxySignature(params, "hush")).toBe(
    proxySignature(
      new URLSearchParams([
        ["a", "1,2"],
        ["shop", "s"],
      ]),
      "hush",
    ),
  );
  expect(proxySignature(params, "hush")).not.toBe(proxySignature(params, "other"));
});

test("another app's address, or an app that is gone, is not found", async () => {
  const { shopper, shop } = await openShop();
  expect((await shopper.ask("/apps/other/x")).status).toBe(404);
  shop.installation.installed = false;
  expect((await shopper.ask("/apps/tsuide/x")).status).toBe(404);
});

test("an app that does not answer is Shopify's 502", async () => {
  const { shopper } = await openShop();
  await new Promise((resolve) => server!.close(resolve));
  expect((await shopper.ask("/apps/tsuide/x")).status).toBe(502);
});
