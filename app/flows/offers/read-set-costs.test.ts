import { afterAll, beforeAll, expect, test } from "vitest";
import { changeFirstOffers } from "../../../test/fixtures/first-offers.ts";
import { pageRequest } from "../../../test/fixtures/page-requests.ts";
import { smallProduct, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { saveChoice } from "../../persistence/offers/choices.ts";
import * as variants from "../../routes/app.variants.tsx";
import * as route from "../../routes/app.set-costs.tsx";
import { syncProduct } from "../catalogue/sync-product.ts";
import { publishOffers } from "../publishing/publish-offers.ts";
import { installShop } from "../shop/install-shop.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const COSTS = { "101": 900, "102": 500, "103": 1_500, "104": 100, "105": null } as const;
const IDS = Object.keys(COSTS) as (keyof typeof COSTS)[];

let app: WiredApp;

beforeAll(async () => {
  const shop = smallShop(IDS);
  for (const id of IDS) {
    const [one] = smallProduct(id).variants;
    shop.products.set(id, smallProduct(id, { variants: [{ ...one!, costMinor: COSTS[id] }] }));
  }
  app = await wireApp([shop], { now: () => NOW });
  await app.signIn();
  await installShop(app.shop, app.context);
  await changeFirstOffers(app.shop, { discountBasisPoints: 0 }, app.context);
  await inShop(app.context.database, app.shop, async (tx) => {
    for (const [trigger, companion] of [
      ["101", "102"],
      ["103", "104"],
      ["104", "105"],
    ] as const) {
      const pin = { trigger: gid("Product", trigger), companion: gid("Product", companion), kind: "pin" as const };
      await saveChoice(tx, pin, new Date(NOW));
    }
  });
  for (const id of IDS) await syncProduct(app.shop, gid("Product", id), app.context);
  await publishOffers(app.shop, app.context);
});
afterAll(() => app.close());

const ask = {
  params: {},
  get context() {
    return app.loadContext;
  },
};
const costs = (query: string) => route.loader({ request: pageRequest(`/app/set-costs${query}`, app), ...ask });
const usd = (amountMinor: number) => ({ amountMinor, currency: "USD" });
const titles = (...ids: string[]) => ids.map((id) => `Product ${id}`);

test("gives the dearest set and the one with the least room, and the product whose cost takes most of its price", async () => {
  expect(await costs("")).toEqual({
    product: { titles: titles("103"), price: usd(1_999), cost: usd(1_500) },
    sets: [{ titles: titles("103", "104"), price: usd(3_998), cost: usd(1_600) }],
  });
});

test("looks only at the sets that are asked for, and at none with a cost that is not known", async () => {
  expect(await costs("?ids=101")).toEqual({
    product: { titles: titles("101"), price: usd(1_999), cost: usd(900) },
    sets: [{ titles: titles("101", "102"), price: usd(3_998), cost: usd(1_400) }],
  });
  expect(await costs("?ids=104")).toMatchObject({ sets: [] });
  expect(await costs("?ids=")).toEqual({ product: null, sets: [] });
  expect(await costs("?offer=99")).toEqual({ product: null, sets: [] });
});

test("variants come with what they cost", async () => {
  const request = pageRequest("/app/variants?ids=9103 9105", app);
  const { variants: found } = await variants.loader({ request, ...ask });
  expect(found.map(({ cost }) => cost)).toEqual([usd(1_500), null]);
});
