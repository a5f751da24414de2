import { afterAll, beforeAll, expect, test } from "vitest";
import type { DevOrder, DevShop } from "../../../test/dev-store/shop/state.ts";
import { smallOrder, smallProduct, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import type { PublishedOffer } from "../../domain/offers/types/bought-together/published.ts";
import { parseProductOffer } from "../../domain/offers/types/bought-together/published.ts";
import type { CompanionView } from "../../views/bought-together-view.ts";
import { installShop } from "../shop/install-shop.ts";
import { markPublishDue } from "../../persistence/publishing/publish-due.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { publishOffers } from "../publishing/publish-offers.ts";
import { readBoughtTogether } from "./read-bought-together.ts";
import { DAY_MS } from "../../domain/time/day.ts";

const JULY = Date.parse("2026-07-15T12:00:00Z");
const DECEMBER = Date.parse("2026-12-15T12:00:00Z");
const NEXT_JULY = Date.parse("2027-07-15T12:00:00Z");
const TITLES = {
  "11": "Swimsuit",
  "12": "Sunscreen",
  "21": "Blue stoneware mug",
  "22": "Round wooden saucer",
  "23": "Green stoneware mug",
  "31": "Wool scarf",
  "32": "Felt hat",
};

/** Two years: sunscreen with swimsuits in July and August, mugs with saucers all year, and single things. */
function twoYears(): Map<string, DevOrder> {
  const orders = new Map<string, DevOrder>();
  const add = (products: readonly string[], at: number) => {
    const id = String(1000 + orders.size);
    orders.set(id, { ...smallOrder(id, products, at), customerId: String(500 + orders.size) });
  };
  for (let day = 0; day < 730; day++) {
    const at = Date.parse("2024-07-14T09:00:00Z") + day * DAY_MS;
    const summer = [6, 7].includes(new Date(at).getUTCMonth());
    add(summer ? ["11", "12"] : [day % 8 === 0 ? "11" : day % 8 === 4 ? "12" : "31"], at);
    if (day % 3 === 0) add(["21", "22"], at);
    else add([["21", "22", "31", "32"][day % 4]!], at);
  }
  return orders;
}

let app: WiredApp;
let shop: DevShop;
let now = JULY;

beforeAll(async () => {
  const products = new Map(Object.entries(TITLES).map(([id, title]) => [id, smallProduct(id, { title })]));
  shop = smallShop([], { products, orders: twoYears() });
  app = await wireApp([shop], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());

function offerOf(product: keyof typeof TITLES): PublishedOffer | null {
  const metafield = [...shop.metafields.values()].find(
    ({ key, ownerId }) => key === "offers" && ownerId === gid("Product", product),
  );
  return metafield === undefined ? null : parseProductOffer(metafield.value);
}

async function companionOf(product: keyof typeof TITLES, companion: keyof typeof TITLES): Promise<CompanionView> {
  const view = await readBoughtTogether(app.shop, { search: TITLES[product], page: 1, filter: "all" }, app.context);
  return view.first!.companions.find(({ productId }) => productId === gid("Product", companion))!;
}

const offered = (product: keyof typeof TITLES) => offerOf(product)?.companions.map((one) => one.product);

test("a summer pair is offered in summer and rests in winter, and staff see its months", async () => {
  expect(offered("11")).toEqual(["12"]);
  expect(await companionOf("11", "12")).toMatchObject({
    shown: true,
    season: { months: [7, 8], now: "in-season", resting: false, years: 2 },
  });
  now = DECEMBER;
  await publishOffers(app.shop, app.context);
  expect(offered("11")).toBeUndefined();
  expect(await companionOf("11", "12")).toMatchObject({
    shown: false,
    season: { now: "out-of-season", resting: true },
  });
  expect(offered("21")).toEqual(["22"]);
  now = NEXT_JULY;
  await publishOffers(app.shop, app.context);
  expect(offered("11")).toEqual(["12"]);
});

test("a product without orders is offered with what similar ones are bought with, and marked as such", async () => {
  expect(offerOf("23")).toMatchObject({ similar: true, companions: [{ product: "22" }] });
  expect(offerOf("21")).not.toHaveProperty("similar");
  expect(await companionOf("23", "22")).toMatchObject({
    ordersTogether: 0,
    source: "new-product",
    grade: "strong",
    shown: true,
    placed: { by: "similar", rank: 1, confidenceRank: null },
    similar: [{ title: "Blue stoneware mug" }],
  });
  expect((await companionOf("21", "22")).similar).toEqual([]);
});

test("every entry says who put it there, and where plain confidence has it", async () => {
  expect(await companionOf("21", "22")).toMatchObject({
    placed: { by: "page", rank: 1, confidenceRank: 1 },
    trend: "steady",
    insteadOf: null,
    season: null,
  });
});

test("a weight that drifts is not sent before the night, one that moves is sent at once", async () => {
  const scale = async (factor: number) => {
    await app.context.database.pool.query(
      `UPDATE companion_lists SET weights = ARRAY(SELECT w * $1 FROM unnest(weights) AS w) WHERE product_id = 21`,
      [factor],
    );
    await inShop(app.context.database, app.shop, (tx) => markPublishDue(tx, [gid("Product", "21")]));
  };
  const before = offerOf("21")!.companions[0]!.weight;
  await scale(1.05);
  expect(await publishOffers(app.shop, app.context)).toMatchObject({ set: 0 });
  expect(offerOf("21")!.companions[0]!.weight).toBe(before);
  // Shopify holds the same list of products already: the offer is all there is to send.
  await scale(1.1);
  expect(await publishOffers(app.shop, app.context)).toMatchObject({ set: 1 });
  await scale(1.05);
  expect(await publishOffers(app.shop, app.context)).toMatchObject({ set: 0 });
  now += DAY_MS;
  expect(await publishOffers(app.shop, app.context)).toMatchObject({ set: 1 });
  expect(offerOf("21")!.companions[0]!.weight / before).toBeCloseTo(1.05 * 1.1 * 1.05, 2);
});
