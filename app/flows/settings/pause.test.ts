import { afterAll, beforeAll, expect, test } from "vitest";
import { changeFirstOffers, readFirstOffer } from "../../../test/fixtures/first-offers.ts";
import { smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { gid } from "../../domain/ids.ts";
import { readHome } from "../shop/read-home.ts";
import { installShop } from "../shop/install-shop.ts";
import { setPaused } from "./pause.ts";
import { chooseCompanion } from "../offers/choose-companion.ts";
import { readSettings } from "./read-settings.ts";
import { saveSettings } from "./save-settings.ts";

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  shop = smallShop(["101", "102"]);
  app = await wireApp([shop]);
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
  await changeFirstOffers(app.shop, { discountBasisPoints: 1000, goal: { USD: 7500 } }, app.context);
  await chooseCompanion(
    app.shop,
    { trigger: gid("Product", "101"), companion: gid("Product", "102"), kind: "pin" },
    app.context,
  );
  await app.drain();
});
afterAll(() => app.close());

/** What shoppers, the discount and checkout read. */
function published() {
  const values = [...shop.metafields].flatMap(([key, { value }]) =>
    /(\boffers|rules|companions|policy|storefront|checkout)$/.test(key) ? [`${key} ${value}`] : [],
  );
  return values.toSorted();
}

test("a pause takes offers, goal and discounts off at once, and resuming brings back all of it", async () => {
  const before = published();
  expect(before.join()).toContain('"discountBasisPoints":1000');
  expect(await setPaused(app.shop, true, app.context)).toEqual({ code: "paused" });
  await app.drain();
  const paused = published().join("\n");
  expect(paused).not.toMatch(/\b(offers|rules|companions) /);
  expect(paused).toContain('"enabled":false');
  expect(paused).toMatch(/"rules":"2;xb[;"]/);
  expect(paused).not.toContain("7500");
  expect(await readHome(app.shop, app.context)).toMatchObject({ paused: true, offers: { shown: 0 } });
  expect(await readFirstOffer(app.shop, "goal", app.context)).toMatchObject({ status: "active" });
  expect(await setPaused(app.shop, false, app.context)).toEqual({ code: "resumed" });
  await app.drain();
  expect(published()).toEqual(before);
  expect(await readHome(app.shop, app.context)).toMatchObject({ paused: false, offers: { shown: 1 } });
});

test("a pause is no save of the settings: whoever has them open can still save", async () => {
  const { version } = await readSettings(app.shop, app.context);
  await setPaused(app.shop, true, app.context);
  expect(await saveSettings(app.shop, { tellOrdersTogether: true }, version, app.context)).toMatchObject({
    code: "saved",
  });
  expect(await readSettings(app.shop, app.context)).toMatchObject({ paused: true, tellOrdersTogether: true });
});
