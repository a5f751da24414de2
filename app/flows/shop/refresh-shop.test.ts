import { afterEach, beforeEach, expect, test } from "vitest";
import { smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readShopSettings, saveShopSettings } from "../../persistence/settings/settings.ts";
import { WRITE_CUSTOMERS } from "../../shopify/client/gateway.ts";
import { installShop } from "./install-shop.ts";
import { refreshShop } from "./refresh-shop.ts";

let app: WiredApp;

beforeEach(async () => {
  app = await wireApp([smallShop(["101"])], { now: () => Date.parse("2026-11-20T12:00:00Z") });
  await app.signIn();
  await installShop(app.shop, app.context);
});
afterEach(() => app.close());

const useHistory = () =>
  inShop(app.context.database, app.shop, (tx) => saveShopSettings(tx, { useCustomerHistory: true }));
const usesHistory = async () => (await inShop(app.context.database, app.shop, readShopSettings)).useCustomerHistory;

test("customers' histories are switched off where the merchant has taken the permission back", async () => {
  await useHistory();
  await refreshShop(app.shop, app.context);
  expect(await usesHistory()).toBe(false);
});

test("what a merchant switches on while Shopify is asked stays on: the answer is older than their permission", async () => {
  const { gateway } = app.context;
  const ask = gateway.shopDetails.bind(gateway);
  gateway.shopDetails = async (shop) => {
    const details = await ask(shop);
    expect(details.scopes).not.toContain(WRITE_CUSTOMERS);
    await useHistory();
    return details;
  };
  await refreshShop(app.shop, app.context);
  expect(await usesHistory()).toBe(true);
});
