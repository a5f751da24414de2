import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { emptyShop } from "../../test/dev-store/shop/empty-shop.ts";
import { makeSessionToken } from "../../test/dev-store/auth/session-token.ts";
import { APP, wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { installShop } from "../flows/shop/install-shop.ts";

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
  const routes = await routesOf();
  const onlyActions = routes.filter(({ module }) => "action" in module && !("loader" in module));
  expect(routes.length).toBeGreaterThan(30);
  expect(onlyActions.map(({ file }) => file)).toEqual([]);
});

test("whoever opens the address of data or of actions is led to a page", async () => {
  const routes = (await routesOf()).filter(({ file }) => file.startsWith("app."));
  const pages = routes
    .filter(({ module }) => "default" in module)
    .map(({ file }) => addressOf(file.replace("_index", "")));
  const parts = routes.filter(({ module }) => !("default" in module));
  expect(parts.length).toBeGreaterThan(15);
  const led = await Promise.all(
    parts.map(async ({ file, module }) => [
      file,
      await opened(file, module.loader as (args: LoaderFunctionArgs) => unknown),
    ]),
  );
  expect(Object.fromEntries(led)).toMatchObject({
    "app.notices": "/app",
    "app.proposals": "/app/offers",
    "app.products": "/app/bought-together",
    "app.experiments.$id_.file": "/app/experiments/7",
  });
  for (const [file, page] of led) expect(pages, file).toContain(page);
});

async function routesOf() {
  const files = readdirSync(import.meta.dirname).flatMap((name) => /^(.+)\.tsx$/.exec(name)?.[1] ?? []);
  return Promise.all(
    files.map(async (file) => ({
      file,
      module: (await import(/* @vite-ignore */ `./${file}.tsx`)) as Record<string, unknown>,
    })),
  );
}

/** "/app/experiments/7" of "app.experiments.$id". */
const addressOf = (file: string) =>
  `/${file
    .replaceAll(".", "/")
    .replace(/\$id_?/, "7")
    .replace(/\/$/, "")}`;

/** The page that a browser comes to: it is signed in by its address, and stays so. */
async function opened(file: string, loader: (args: LoaderFunctionArgs) => unknown): Promise<string> {
  const host = Buffer.from(`admin.shopify.com/store/typed`).toString("base64");
  const search = new URLSearchParams({
    ...{ shop: app.shop, host, embedded: "1", id_token: makeSessionToken(APP, app.shop, Date.now(), {}) },
  });
  const request = new Request(`${APP.url}${addressOf(file)}?${search}`, {
    headers: { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36" },
  });
  const args = { request, params: { id: "7" }, context: app.loadContext } as unknown as LoaderFunctionArgs;
  const answer = await Promise.resolve(loader(args)).catch((thrown: unknown) => thrown);
  if (!(answer instanceof Response) || answer.status !== 302) return "no redirect";
  const led = new URL(answer.headers.get("location") ?? "", APP.url);
  return led.searchParams.get("shop") === app.shop ? led.pathname : "not signed in";
}
