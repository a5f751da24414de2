import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DevDiscountAllocation, DevMarket, DevOrder, DevShop } from "../../../../test/dev-store/shop/state.ts";
import { Shopper } from "../../../../test/dev-store/storefront/sample-shop.ts";
import { changeFirstOffers, readFirstOffer } from "../../../../test/fixtures/first-offers.ts";
import { CUP, openPinnedPairShop, TEA } from "../../../../test/fixtures/pinned-pair-shop.ts";
import { smallOrder } from "../../../../test/fixtures/small-shop.ts";
import type { WiredApp } from "../../../../test/fixtures/wired-app.ts";
import { gid } from "../../../domain/ids.ts";
import { DISCOUNT_NAMES } from "../../../domain/offers/discount-names.ts";
import { runJob } from "../../../jobs/run-job.ts";
import { saveOffer } from "../../offers/save-offer.ts";
import { syncOrder } from "../../orders/sync-order.ts";
import { readHome } from "../../shop/read-home.ts";
import { findOverchargedOrders } from "./overcharged-orders.ts";

const DAY_MS = 86_400_000;
const INSTALLED = Date.parse("2026-11-01T12:00:00Z");
const START = Date.parse("2026-11-20T12:20:00Z");
const OURS = DISCOUNT_NAMES.en["bought-together"];
/** What both cost in Japan, by the market's own list; 19.99 at this rate would be ¥2,999. */
const YEN = 2_980;
const YEN_RATE = 150;
/** A tenth of it; at the rate it is $1.99. */
const YEN_OFF = 298;

let now = INSTALLED;
let app: WiredApp;
let shop: DevShop;

const market = (given: Pick<DevMarket, "id" | "currency" | "countries" | "rate"> & Partial<DevMarket>): DevMarket => ({
  ...{ handle: given.countries[0]!.toLowerCase(), name: given.countries[0]!, locales: ["en"], ...given },
});

beforeAll(async () => {
  const prices = new Map([TEA, CUP].map((id) => [`9${id}`, YEN]));
  const home = market({ id: "1", currency: "USD", countries: ["US"], rate: 1 });
  const japan = market({ id: "2", currency: "JPY", countries: ["JP"], rate: YEN_RATE, prices });
  const kuwait = market({ id: "3", currency: "KWD", countries: ["KW"], rate: 0.307 });
  ({ app, shop } = await openPinnedPairShop(() => now, { markets: [home, japan, kuwait] }));
  await changeFirstOffers(app.shop, { discountBasisPoints: 1000 }, app.context);
  await app.drain();
  // The first call makes the tables.
  await app.context.events.move(new Date(now));
});
afterAll(() => app.close());
beforeEach(async () => {
  now = START;
  shop.orders.clear();
  refill();
  await sql("DELETE FROM attributions; DELETE FROM order_lines; DELETE FROM orders; DELETE FROM notices");
  await haveOffersStood();
});

const sql = (text: string, ...values: unknown[]) => app.context.database.pool.query(text, values);
const refill = () => app.store.shops.get(shop.domain)!.bucket.drainTo(2_000);
async function haveOffersStood() {
  await sql("UPDATE offers SET updated_at = created_at");
  await sql("UPDATE offer_entries SET at = $1", new Date(INSTALLED));
}

let last = 1000;
/** What both products cost a unit and what was taken off each, as the buyer paid it. */
interface Paid {
  readonly currency?: string;
  readonly rate?: number;
  readonly unit?: number;
  readonly off: number;
}
/** An order of the tea and of the cup, which came through the tea's set, paid in yen unless it says otherwise. */
async function placed(paid: Paid, change: Partial<DevOrder> = {}, discount: Partial<DevDiscountAllocation> = {}) {
  const { currency = "JPY", rate = YEN_RATE, unit = YEN, off } = paid;
  const id = String(++last);
  const made = smallOrder(id, [TEA, CUP], now - 2 * DAY_MS + last * 1000);
  const discounts = off === 0 ? [] : [{ title: OURS, amountMinor: 199, paidMinor: off, ...discount }];
  for (const line of made.lines) Object.assign(line, { unitPriceMinor: 1987, paidUnitPriceMinor: unit, discounts });
  Object.assign(made.lines[1]!, { properties: { _tsuide: `bt-1-${TEA}/product` } });
  shop.orders.set(id, { ...made, presentmentCurrency: currency, presentmentRate: rate, ...change });
  await syncOrder(app.shop, gid("Order", id), app.context);
  return id;
}
const changeAtShopify = (id: string, change: Partial<DevOrder>) =>
  shop.orders.set(id, { ...shop.orders.get(id)!, ...change });
/** `promised`: how many orders were compared. */
const find = async () => {
  const { counts, ...found } = await findOverchargedOrders(app.shop, app.context);
  return { promised: [...counts.values()].reduce((sum, { promised }) => sum + promised, 0), ...found };
};
const names = async () => (await find()).overcharged.map(({ name }) => name);
const watch = () => runJob("watch-shop", { shop: app.shop }, app.context);
const notices = async () =>
  (await readHome(app.shop, app.context)).notices.filter(({ code }) => code === "overcharged");

/** How often Shopify was asked what was paid while something was done, its bucket being full before each call. */
async function asking(work: () => Promise<unknown>, answer: (asked: number) => Response | null = () => null) {
  const { fetch } = app.store;
  let asked = 0;
  app.store.fetch = async (request) => {
    refill();
    const isAsked = (await request.clone().text()).includes("query PaidOrders");
    const instead = isAsked ? answer(++asked) : null;
    return instead ?? fetch(request);
  };
  await work().finally(() => (app.store.fetch = fetch));
  return asked;
}

test("an order paid in another currency is compared in it, to its smallest unit", async () => {
  await placed({ off: YEN_OFF });
  expect(await find()).toEqual({ promised: 1, overcharged: [], isWhole: true });
  // In the shop's currency the same was taken off.
  const id = await placed({ off: YEN_OFF - 1 });
  const found = { name: `#${id}`, currency: "JPY", promisedMinor: 2 * YEN_OFF, takenMinor: 2 * YEN_OFF - 2 };
  expect(await find()).toMatchObject({ promised: 2, overcharged: [found], isWhole: true });
  await placed({ off: YEN_OFF + 1 });
  expect(await find()).toMatchObject({ promised: 3, overcharged: [found] });
});

test("what the dev store's own checkout charges abroad is what was promised, at a market's own prices too", async () => {
  for (const country of ["JP", "KW"]) {
    const shopper = new Shopper((request) => app.store.fetch(request));
    shopper.cookies.set("localization", country);
    const set = { _tsuide: `bt-1-${TEA}/product` };
    await shopper.send("/cart/add.js", {
      items: [{ id: Number(`9${TEA}`) }, { id: Number(`9${CUP}`), properties: set }],
    });
    await shopper.submit("/checkout", { pay: "1", delivery: "standard" });
  }
  const orders = [...shop.orders.values()];
  expect(orders.map(({ presentmentCurrency }) => presentmentCurrency)).toEqual(["JPY", "KWD"]);
  now += 3_600_000;
  for (const { id } of orders) await syncOrder(app.shop, gid("Order", id), app.context);
  expect(await find()).toEqual({ promised: 2, overcharged: [], isWhole: true });
  // A conversion of the shop's own amounts and back, a fils less of 614.
  const [, dinars] = orders;
  const lines = dinars!.lines.map((line) => ({
    ...line,
    discounts: line.discounts.map((each) => ({ ...each, paidMinor: each.paidMinor! - 1 })),
  }));
  changeAtShopify(dinars!.id, { lines });
  const found = { name: dinars!.name, currency: "KWD", promisedMinor: 1228, takenMinor: 1226 };
  expect(await find()).toMatchObject({ promised: 2, overcharged: [found] });
});

test("amounts by currency are compared in the currency that was paid, and promised in no other", async () => {
  const before = await readFirstOffer(app.shop, "bought-together", app.context);
  const give = async (reward: object, setSize: number) => {
    const { number, version, content } = await readFirstOffer(app.shop, "bought-together", app.context);
    const changed = { ...content, reward, config: { ...(content!.config as object), setSize } };
    expect(await saveOffer(app.shop, { number, version }, changed, app.context)).toMatchObject({ code: "saved" });
    await app.drain();
    await haveOffersStood();
  };
  // The set, of these two, is worth an amount.
  await give({ kind: "amount-off", amounts: { USD: 400, JPY: 500 } }, 1);
  await placed({ off: 250 });
  await placed({ currency: "EUR", rate: 0.9, unit: 1799, off: 0 });
  expect(await find()).toEqual({ promised: 1, overcharged: [], isWhole: true });
  const short = await placed({ off: 249 });
  const found = { name: `#${short}`, currency: "JPY", promisedMinor: 500, takenMinor: 498 };
  expect(await find()).toMatchObject({ promised: 2, overcharged: [found] });
  await sql("DELETE FROM orders");
  await give({ kind: "fixed-price", amounts: { USD: 3000, JPY: 5000 } }, 1);
  await placed({ off: 480 });
  expect(await find()).toEqual({ promised: 1, overcharged: [], isWhole: true });
  const dear = await placed({ off: 400 });
  expect(await find()).toMatchObject({ promised: 2, overcharged: [{ name: `#${dear}`, promisedMinor: 960 }] });
  const { reward, config } = before.content!;
  await give(reward!, (config as { setSize: number }).setSize);
});

test("what staff or shoppers did themselves is no fault abroad either", async () => {
  const shippingDiscounts = [{ amountMinor: 500, title: "SHIP", code: "SHIP" }];
  await placed({ off: 0 }, { edited: true });
  await placed({ off: 0 }, { shippingMinor: 500, shippingDiscounts });
  await placed({ off: 100 }, {}, { title: "WELCOME", code: "WELCOME" });
  const plan = await placed({ off: 0 });
  const { lines } = shop.orders.get(plan)!;
  changeAtShopify(plan, { lines: lines.map((line) => ({ ...line, sellingPlan: { id: "1", name: "Monthly" } })) });
  expect(await find()).toEqual({ promised: 0, overcharged: [], isWhole: true });
});

test("orders that are gone, and those whose currency Shopify no longer knows, are left out", async () => {
  const kept = await placed({ off: 0 });
  const gone = await placed({ off: 0 });
  shop.orders.delete(gone);
  const forgotten = await placed({ currency: "HRK", rate: 7, off: 0 });
  changeAtShopify(forgotten, { presentmentCurrency: "XXX" });
  // One that was never known is not asked about, and a whole answer is refused for one that cannot be named.
  await placed({ currency: "XXX", rate: 7, off: 0 });
  expect(await names()).toEqual([`#${kept}`]);
  const refused = await placed({ currency: "EUR", rate: 0.9, off: 0 });
  changeAtShopify(refused, { presentmentCurrency: "NOT" });
  expect(await find()).toMatchObject({ promised: 1, overcharged: [{ name: `#${kept}` }], isWhole: true });
});

test("orders from before the shop changed its currency are compared in the currency that was paid", async () => {
  await placed({ off: YEN_OFF });
  const dollars = await placed({ currency: "USD", rate: 1, unit: 1987, off: 0 });
  const yen = await placed({ off: 0 });
  await sql("UPDATE shops SET currency = 'JPY'");
  expect(await find()).toMatchObject({
    promised: 3,
    overcharged: [
      { name: `#${yen}`, currency: "JPY", promisedMinor: 2 * YEN_OFF },
      { name: `#${dollars}`, currency: "USD", promisedMinor: 398 },
    ],
  });
  await sql("UPDATE shops SET currency = 'USD'");
});

test("Shopify is asked about the latest hundred, as many at once as it answers for", async () => {
  for (let order = 0; order < 104; order++) {
    refill();
    await placed({ off: 0 });
  }
  let found: Awaited<ReturnType<typeof find>> | null = null;
  expect(await asking(async () => (found = await find()))).toBe(13);
  expect(found).toMatchObject({ promised: 100, isWhole: true });
  expect(found!.overcharged[0]!.name).toBe(`#${last}`);
});

test("an answer that breaks off is no notice and takes none back; the next run goes on", async () => {
  for (let order = 0; order < 2; order++) await placed({ off: 0 });
  for (let order = 0; order < 8; order++) await placed({ off: YEN_OFF });
  const breaksOff = (asked: number) => (asked === 1 ? null : new Response("", { status: 502 }));
  await asking(async () => {
    expect(await find()).toEqual({ promised: 8, overcharged: [], isWhole: false });
    await watch();
  }, breaksOff);
  expect(await notices()).toEqual([]);
  const third = await placed({ off: 0 });
  await asking(watch);
  const charged = { order: third, name: `#${third}`, promisedMinor: 596, takenMinor: 0, currency: "JPY" };
  expect((await notices())[0]!.details).toMatchObject({ count: 3, of: 11 });
  expect((await notices())[0]!.details.charged![0]).toEqual(charged);
  await asking(watch, breaksOff);
  expect((await notices())[0]!.details).toMatchObject({ count: 3, of: 11 });
  now += 8 * DAY_MS;
  await asking(watch);
  expect(await notices()).toEqual([]);
});

test("orders of one currency are a notice by themselves, which names these", async () => {
  for (let order = 0; order < 60; order++) {
    refill();
    await placed({ currency: "USD", rate: 1, unit: 1987, off: 199 });
  }
  for (let order = 0; order < 3; order++) await placed({ off: 0 });
  // A single order at home, the latest of all, may be chance.
  await placed({ currency: "USD", rate: 1, unit: 1987, off: 0 });
  await asking(watch);
  const [notice] = await notices();
  expect(notice!.details).toMatchObject({ count: 4, of: 64 });
  expect(notice!.details.charged!.map(({ currency }) => currency)).toEqual(["JPY", "JPY", "JPY"]);
});

test("where Shopify throttles, what else is watched is watched all the same", async () => {
  await placed({ off: 0 });
  await sql(
    `INSERT INTO notices (shop, code, details, first_at, last_at) VALUES ($1, 'widget-stopped', '{}', $2, $2)`,
    ...[app.shop, new Date(now)],
  );
  const throttled = () => Response.json({ errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }] });
  expect(await asking(watch, throttled)).toBe(6);
  const codes = (await readHome(app.shop, app.context)).notices.map(({ code }) => code);
  expect(codes).not.toContain("widget-stopped");
  expect(await asking(find)).toBe(1);
  expect(await find()).toMatchObject({ promised: 1, isWhole: true });
});
