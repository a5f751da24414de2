import { afterAll, beforeAll, expect, test } from "vitest";
import { changeFirstOffers } from "../../test/fixtures/first-offers.ts";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { smallOrder, smallProduct, smallShop } from "../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import type { DevShop } from "../../test/dev-store/shop/state.ts";
import { gid, shopDomain } from "../domain/ids.ts";
import { parseProductOffer } from "../domain/offers/types/bought-together/published.ts";
import { DAY_MS } from "../domain/time/day.ts";
import { readActivity } from "../flows/activity/read-activity.ts";
import { chooseCompanion, takeBackChoice } from "../flows/offers/choose-companion.ts";
import { syncProduct } from "../flows/catalogue/sync-product.ts";
import { readBoughtTogether } from "../flows/offers/read-bought-together.ts";
import { readReview } from "../flows/offers/read-review.ts";
import { readCompanions } from "../flows/offers/read-companions.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import type { CompatibilityView } from "../views/compatibility-view.ts";
import { compatibilityForm } from "../ui/pages/compatibility/compatibility-form.ts";
import * as route from "./app.compatibility.tsx";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const OTHER_SHOP = shopDomain("neighbour.myshopify.com");
const [LENS, CAMERA, CASE, RICE] = ["1", "2", "3", "4"] as [string, string, string, string];
const product = (id: string) => gid("Product", id);

let app: WiredApp;
let shop: DevShop;
let neighbour: DevShop;

beforeAll(async () => {
  const given = () => {
    const baskets = [
      ...Array<string[]>(60).fill([LENS, CAMERA]),
      ...Array<string[]>(50).fill([LENS, CASE]),
      ...Array<string[]>(500).fill([RICE]),
    ];
    const orders = baskets.map((ids, n) => smallOrder(String(1000 + n), ids, NOW - (300 - (n % 300)) * DAY_MS));
    const titles = { [LENS]: "Lens", [CAMERA]: "Camera", [CASE]: "Case", [RICE]: "Rice" };
    const products = Object.entries(titles).map(([id, title]) => {
      const own = id === CAMERA ? { tags: ["EF mount"], sku: "CAM-1" } : { tags: [], sku: "" };
      const [variant] = smallProduct(id).variants;
      return smallProduct(id, {
        title,
        handle: title.toLowerCase(),
        tags: own.tags,
        variants: [{ ...variant!, sku: own.sku }],
      });
    });
    return {
      products: new Map(products.map((one) => [one.id, one])),
      orders: new Map(orders.map((order) => [order.id, order])),
    };
  };
  shop = smallShop([], given());
  neighbour = smallShop([], { domain: OTHER_SHOP, ...given() });
  app = await wireApp([shop, neighbour], { now: () => NOW });
  for (const domain of [app.shop, OTHER_SHOP]) {
    await app.signIn(domain);
    await installShop(domain, app.context);
  }
  await app.drain();
});
afterAll(() => app.close());

const offered = (id: string, at = shop): string[] => {
  const held = [...at.metafields.values()].find((one) => one.key === "offers" && one.ownerId === product(id));
  return held === undefined ? [] : parseProductOffer(held.value)!.companions.map((one) => one.product);
};
async function look(from: string = app.shop): Promise<CompatibilityView> {
  const request = pageRequest("/app/compatibility", { shop: from });
  return (await route.loader({ request, params: {}, context: app.loadContext })).view;
}
async function send(fields: Record<string, string>, from: string = app.shop): Promise<unknown> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const request = pageRequest("/app/compatibility", { shop: from }, body);
  return (await route.action({ request, params: {}, context: app.loadContext })).json();
}
const EMPTY = { products: [], collections: [], tags: [], fitProducts: [], fitCollections: [], fitTags: [] };
type Rules = CompatibilityView["rules"];
async function save(rules: Rules, version?: number, from: string = app.shop): Promise<unknown> {
  const form = { fields: compatibilityForm({ rules }), version: version ?? (await look(from)).version };
  const answer = await send({ intent: "save", form: JSON.stringify(form) }, from);
  await app.drain();
  return answer;
}
const LENS_FITS_TAG: Rules = [{ ...EMPTY, products: [product(LENS)], fitTags: ["ef MOUNT"] }];

test("what does not fit leaves the shop, on both products' pages, and in no other shop", async () => {
  expect([offered(LENS), offered(CASE)]).toEqual([[CAMERA, CASE], [LENS]]);
  expect(await save(LENS_FITS_TAG)).toEqual({ code: "saved", version: 1 });
  expect([offered(LENS), offered(CASE), offered(CAMERA)]).toEqual([[CAMERA], [], [LENS]]);
  expect(offered(LENS, neighbour)).toEqual([CAMERA, CASE]);
  expect(await look(OTHER_SHOP)).toEqual({ rules: [], version: 0 });
  expect((await readActivity(app.shop, 1, app.context)).rows[0]).toMatchObject({ kind: "compatibility-saved" });
});

test("the list of companions says that it does not fit, and a pin shows it all the same", async () => {
  const listed = await readCompanions(app.shop, product(LENS), "", app.context);
  const found = listed!.companions.find(({ productId }) => productId === product(CASE));
  expect(found).toMatchObject({ limit: "does-not-fit", shown: false });
  const pin = { trigger: product(LENS), companion: product(CASE), kind: "pin" } as const;
  await chooseCompanion(app.shop, pin, app.context);
  await app.drain();
  expect(offered(LENS)).toEqual([CASE, CAMERA]);
  await takeBackChoice(app.shop, pin, app.context);
  await app.drain();
});

test("where people approve, what does not fit does not wait for approval", async () => {
  await changeFirstOffers(app.shop, { mode: "review" }, app.context);
  await app.drain();
  const { rows } = await readBoughtTogether(app.shop, { search: "", page: 1, filter: "all" }, app.context);
  const displays = Object.fromEntries(rows.map(({ title, display }) => [title, display]));
  expect(displays).toEqual({ Lens: "to-review", Camera: "to-review", Case: "not-shown", Rice: "no-suggestion" });
  const { pairs } = await readReview(app.shop, 1, app.context);
  expect(pairs).toBe(2);
  await changeFirstOffers(app.shop, { mode: "automatic" }, app.context);
  await app.drain();
});

test("a second person's save is refused, and so is what is no rule", async () => {
  expect(await save([], 0)).toEqual({ code: "stale" });
  expect(await save([EMPTY])).toEqual({
    code: "invalid",
    errors: { "rules.0.products": "no-products", "rules.0.fitProducts": "fits-nothing" },
  });
  expect(await send({ intent: "save", form: "{" })).toEqual({ code: "unreadable" });
  expect(await send({ intent: "burn" })).toEqual({ code: "unreadable" });
  expect((await look()).rules).toEqual(LENS_FITS_TAG);
});

test("a file names products by handle, title, SKU or number, and changes nothing before it is saved", async () => {
  const text = `product,fits\nlens,camera\nCASE,tag:EF mount\n${CASE},cam-1\nbottle,camera\n`;
  expect(await send({ intent: "import", text, stated: "1" })).toEqual({
    ...{ code: "read", rows: 4, unreadable: [], repeated: 0, left: 0 },
    rules: [
      { ...EMPTY, products: [product(LENS)], fitProducts: [product(CAMERA)] },
      { ...EMPTY, products: [product(CASE)], fitProducts: [product(CAMERA)], fitTags: ["EF mount"] },
    ],
    unknown: [{ line: 5, name: "bottle", code: "unknown" }],
  });
  expect((await look()).rules).toEqual(LENS_FITS_TAG);
  expect(await send({ intent: "import", text: "a,b\n", stated: "0" })).toEqual({ code: "no-columns" });
});

test("a product that gets another tag is decided again at once", async () => {
  const found = shop.products.get(CAMERA)!;
  shop.products.set(CAMERA, { ...found, tags: [], updatedAt: NOW });

  await syncProduct(app.shop, product(CAMERA), app.context);
  await app.drain();
  expect(offered(LENS)).toEqual([]);
  expect(await save([])).toMatchObject({ code: "saved" });
  expect(offered(LENS)).toEqual(expect.arrayContaining([CASE]));
});
