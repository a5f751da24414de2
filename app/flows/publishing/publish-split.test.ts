import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { smallProduct, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { experimentContent } from "../../domain/measurement/experiments/experiment.ts";
import { parseSplit } from "../../domain/measurement/experiments/published-split.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { addExperiment, changeExperiment } from "../../persistence/measurement/experiment-rows.ts";
import { createNewOffer } from "../offers/save-offer.ts";
import { setPaused } from "../settings/pause.ts";
import { saveSettings } from "../settings/save-settings.ts";
import { installShop } from "../shop/install-shop.ts";
import { requestPublish } from "./request-publish.ts";

/* How shoppers are split, as Shopify holds it for theme and checkout. */

let app: WiredApp;
let shop: DevShop;
let offer: number;

beforeAll(async () => {
  const product = smallProduct("101", { sellingPlans: [{ id: "501", name: "Every month" }] });
  shop = smallShop([], { products: new Map([[product.id, product]]) });
  app = await wireApp([shop]);
  await app.signIn();
  await installShop(app.shop, app.context);
  const content = { ...contentShape("subscription").default, status: "active" as const };
  const outcome = await createNewOffer(app.shop, "subscription", content, app.context);
  if (outcome.code !== "saved") throw new Error(JSON.stringify(outcome));
  offer = outcome.number!;
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.context.database.pool.query("DELETE FROM experiments");
  await holdOut(5);
});

async function holdOut(holdoutPercent: number): Promise<void> {
  expect(await saveSettings(app.shop, { holdoutPercent }, null, app.context)).toMatchObject({ code: "saved" });
  await app.drain();
}

/** Has shoppers split between the offer and nothing, or between offers. */
async function start(offers = [offer]): Promise<number> {
  const compares = offers.length === 1 ? "nothing" : "offers";
  const content = { ...experimentContent.default, name: "Plan", compares, offers, weights: [1, 1] } as const;
  const number = await inShop(app.context.database, app.shop, async (tx) => {
    const added = await addExperiment(tx, content, app.context.now());
    const place = { layer: "offers", range: { from: 0, to: 5_000 } };
    await changeExperiment(tx, added, { status: "running", ...place }, app.context.now());
    await requestPublish(tx, app.context.now(), 0);
    return added;
  });
  await app.drain();
  return number;
}

const held = () =>
  parseSplit(shop.metafields.get(`gid://shopify/AppInstallation/${shop.installation.id}|tsuide|split`)?.value ?? null);

test("the holdout is published, with a salt that stays, and what runs beside it", async () => {
  const [, salt, slots, experiments] = held()!;
  expect([slots, experiments]).toEqual([500, []]);
  const number = await start();
  const atCheckout = shop.metafields.get(`gid://shopify/Shop/${shop.id}|$app|checkout`)!;
  expect((JSON.parse(atCheckout.value) as { split: unknown }).split).toEqual(held());
  const hides = `ss-${offer}`;
  expect(held()).toEqual([
    1,
    salt,
    500,
    [
      [
        number,
        "offers",
        0,
        5_000,
        [
          [1, []],
          [1, [hides]],
        ],
      ],
    ],
  ]);
});

test("a product carries each of the offers that are compared, and the first one alone when that has ended", async () => {
  const content = { ...contentShape("subscription").default, status: "active" as const, name: "The other" };
  const outcome = await createNewOffer(app.shop, "subscription", content, app.context);
  if (outcome.code !== "saved") throw new Error(JSON.stringify(outcome));
  const carried = () => {
    const { value } = shop.metafields.get("gid://shopify/Product/101|$app|offers")!;
    return (JSON.parse(value) as { offers: { id: string }[] }).offers.map(({ id }) => id);
  };
  await app.drain();
  expect(carried()).toEqual([`ss-${offer}-101`]);
  await start([offer, outcome.number!]);
  expect(carried()).toEqual([`ss-${offer}-101`, `ss-${outcome.number}-101`]);
  await app.context.database.pool.query("DELETE FROM experiments");
  await holdOut(4);
  expect(carried()).toEqual([`ss-${offer}-101`]);
});

test("while the shop is paused nobody is split", async () => {
  await setPaused(app.shop, true, app.context);
  await app.drain();
  expect(held()).toBeNull();
  await setPaused(app.shop, false, app.context);
  await app.drain();
  expect(held()).not.toBeNull();
});

test("without a holdout and an experiment nothing is published of it", async () => {
  await holdOut(0);
  expect(held()).toBeNull();
  await start();
  expect(held()![2]).toBe(0);
});
