import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { emptyShop } from "../../test/dev-store/shop/empty-shop.ts";
import { makeSessionToken } from "../../test/dev-store/auth/session-token.ts";
import { APP, wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import * as notices from "./app.notices.tsx";
import * as proposals from "./app.proposals.tsx";

let app: WiredApp;

beforeAll(async () => {
  app = await wireApp([
    emptyShop({ domain: "typed.myshopify.com", name: "Typed", currency: "USD", locale: "en", timezone: "UTC" }),
  ]);
  await app.signIn();
  await installShop(app.shop, app.context);
});
afterAll(() => app.close());

test("no route takes actions alone: its address, opened in a browser, would be answered by a bare error", async () => {
  const files = readdirSync(import.meta.dirname).flatMap((name) => /^(.+)\.tsx$/.exec(name)?.[1] ?? []);
  const routes = await Promise.all(
    files.map(async (file) => ({
      file,
      module: (await import(/* @vite-ignore */ `./${file}.tsx`)) as Record<string, unknown>,
    })),
  );
  const onlyActions = routes.filter(({ module }) => "action" in module && !("loader" in module));
  expect(routes.length).toBeGreaterThan(30);
  expect(onlyActions.map(({ file }) => file)).toEqual([]);
});

test.each([
  ["notices", notices.loader, "/app"],
  ["proposals", proposals.loader, "/app/offers"],
] as const)("whoever opens the address of %s is led to their page", async (name, loader, page) => {
  const host = Buffer.from(`admin.shopify.com/store/typed`).toString("base64");
  const search = new URLSearchParams({
    ...{ shop: app.shop, host, embedded: "1", id_token: makeSessionToken(APP, app.shop, Date.now(), {}) },
  });
  const request = new Request(`${APP.url}/app/${name}?${search}`, {
    headers: { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36" },
  });
  const args = { request, params: {}, context: app.loadContext } as unknown as LoaderFunctionArgs;
  const answer: unknown = await loader(args).catch((thrown: unknown) => thrown);
  expect(answer).toBeInstanceOf(Response);
  const { status, headers } = answer as Response;
  const led = new URL(headers.get("location") ?? "", APP.url);
  expect([status, led.pathname, led.searchParams.get("shop")]).toEqual([302, page, app.shop]);
});
