import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyShop } from "../../../test/dev-store/shop/empty-shop.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readNotices } from "../../persistence/shop/notices.ts";
import { installShop } from "../shop/install-shop.ts";
import { uninstallShop } from "../shop/uninstall-shop.ts";
import { activatePixel } from "./activate-pixel.ts";
import { readEventToken } from "./event-token.ts";

let app: WiredApp;
let shop: DevShop;
let now = Date.parse("2026-11-20T12:00:00Z");

beforeAll(async () => {
  const facts = { name: "Tea", currency: "USD", locale: "en" as const, timezone: "UTC" };
  shop = emptyShop({ domain: "tea.myshopify.com", ...facts });
  app = await wireApp([shop], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());

const operations = () =>
  app.store.log.flatMap(({ operation }) => operation ?? []).filter((name) => /Pixel$/.test(name));
/** Those that a second install leaves behind are left out. */
const notices = async () => {
  const all = await inShop(app.context.database, app.shop, readNotices);
  return all.filter(({ code }) => code !== "installed-again");
};

test("an install activates the pixel, with the app's address and a token of this shop and install", async () => {
  expect(shop.webPixel?.settings.endpoint).toBe("https://app.tsuide.test/events");
  expect(readEventToken(shop.webPixel!.settings.token!, app.context.hashKey)?.shop).toBe(app.shop);
  expect(operations()).toEqual(["CreatePixel"]);
});

test("a pixel that is as it should be is left as it is", async () => {
  await activatePixel(app.shop, app.context);
  expect(operations().slice(1)).toEqual(["CreatePixel", "ReadPixel"]);
});

test("a pixel with other settings is given ours", async () => {
  const { token } = shop.webPixel!.settings;
  shop.webPixel = { id: "1", settings: { token: "of another key", endpoint: "https://old.example/events" } };
  await activatePixel(app.shop, app.context);
  expect(shop.webPixel.settings).toEqual({ token, endpoint: "https://app.tsuide.test/events" });
});

test("an install after an uninstall has another token", async () => {
  const { token } = shop.webPixel!.settings;
  app.store.shops.get(app.shop)!.uninstall();
  await uninstallShop(app.shop, app.context);
  expect(shop.webPixel).toBe(null);
  now += 3_600_000;
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
  expect(shop.webPixel!.settings.token).not.toBe(token);
});

test("where the permission is missing staff see why, everything else goes on, and it is solved by itself", async () => {
  const { scopes } = shop.installation;
  const server = app.store.shops.get(app.shop)!;
  server.setScopes(scopes.filter((scope) => scope !== "write_pixels"));
  app.store.tokens.setScopes(app.shop, shop.installation.scopes);
  await activatePixel(app.shop, app.context);
  expect(await notices()).toMatchObject([
    { code: "pixel-refused", details: { reason: expect.stringContaining("write_pixels") } },
  ]);
  server.setScopes(scopes);
  app.store.tokens.setScopes(app.shop, scopes);
  await activatePixel(app.shop, app.context);
  expect(await notices()).toEqual([]);
});
