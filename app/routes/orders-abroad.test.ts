import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { DevMarket, DevOrder, DevShop } from "../../test/dev-store/shop/state.ts";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { smallOrder, smallShop } from "../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { gid, type ShopDomain, shopDomain } from "../domain/ids.ts";
import { contentShape } from "../domain/offers/offer-types.ts";
import { createNewOffer } from "../flows/offers/save-offer.ts";
import { syncOrder } from "../flows/orders/sync-order.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import type { OrderOffersView } from "../views/order-offers-view.ts";
import type { SimulatorView } from "../views/simulator-view.ts";
import * as block from "./app.order-offers.tsx";
import * as simulator from "./app.simulator.tsx";

/** What staff see of an order that was paid in another currency than the shop's, on its page and in the simulator. */

const AT = Date.now() - 86_400_000;
const OTHER = shopDomain("other.myshopify.com");
const [TEA, CUP] = ["101", "102"];
const OURS = "Quantity discount";
let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  const market = (id: string, country: string, currency: string, rate: number): DevMarket => ({
    ...{ id, handle: country.toLowerCase(), name: country, locales: ["en"], countries: [country], currency, rate },
  });
  const markets = [market("1", "US", "USD", 1), market("2", "JP", "JPY", 150), market("3", "KW", "KWD", 0.307)];
  shop = smallShop([TEA, CUP], { markets });
  app = await wireApp([shop, smallShop(["501"], { domain: OTHER })], { unlimitedCalls: true });
  for (const one of [app.shop, OTHER]) {
    await app.signIn(one);
    await installShop(one, app.context);
  }
  // Two teas have an amount in yen only; two cups cost a tenth less in every currency.
  await offer("Two teas", TEA, { kind: "amount-off", amounts: { JPY: 500 } });
  await offer("Two cups", CUP, { kind: "percent", basisPoints: 1_000 });
  await app.drain();
});
afterAll(() => app.close());
afterEach(async () => {
  await sql("UPDATE shops SET currency = 'USD' WHERE domain = $1", app.shop);
  await sql("UPDATE variants SET price_minor = 1999 WHERE shop = $1", app.shop);
});

const sql = (text: string, ...values: unknown[]) => app.context.database.pool.query(text, values);

async function offer(name: string, product: string, reward: object): Promise<void> {
  const content = {
    ...contentShape("quantity-breaks").default,
    ...{ status: "active", name },
    conditions: [[{ condition: "products", products: [`gid://shopify/Product/${product}`] }]],
    config: { variants: "together", tiers: [{ quantity: 2, reward }] },
  };
  expect(await createNewOffer(app.shop, "quantity-breaks", content, app.context)).toMatchObject({ code: "saved" });
}

let last = 2000;
interface Paid {
  readonly currency: string;
  readonly rate: number;
  /** What a unit cost, and what was taken off both. */
  readonly unit: number;
  readonly off: number;
}
const YEN: Paid = { currency: "JPY", rate: 150, unit: 2_980, off: 1_000 };
const DINARS: Paid = { currency: "KWD", rate: 0.307, unit: 6_137, off: 1_228 };
const DOLLARS: Paid = { currency: "USD", rate: 1, unit: 1_987, off: 667 };

/** An order of two units, for 19.87 dollars each less 6.67 by the shop's books. */
async function placed(product: string, paid: Paid, change: Partial<DevOrder> = {}): Promise<string> {
  const id = String(++last);
  const order = smallOrder(id, [product], AT + last);
  Object.assign(order.lines[0]!, {
    ...{ quantity: 2, currentQuantity: 2, unitPriceMinor: 1_987, paidUnitPriceMinor: paid.unit },
    discounts: [{ title: OURS, amountMinor: 667, paidMinor: paid.off }],
  });
  shop.orders.set(id, { ...order, presentmentCurrency: paid.currency, presentmentRate: paid.rate, ...change });
  await syncOrder(app.shop, gid("Order", id), app.context);
  return id;
}
const changeAtShopify = (id: string, change: Partial<DevOrder>) =>
  shop.orders.set(id, { ...shop.orders.get(id)!, ...change });

async function onPage(id: string, of: ShopDomain = app.shop): Promise<OrderOffersView | null> {
  const path = `/app/order-offers?id=${encodeURIComponent(`gid://shopify/Order/${id}`)}&language=en`;
  const request = pageRequest(path, { shop: of });
  const response = await block.loader({ request, params: {}, context: app.loadContext });
  expect([200, 404]).toContain(response.status);
  return response.status === 200 ? ((await response.json()) as { view: OrderOffersView }).view : null;
}

async function simulate(query: string, of: ShopDomain = app.shop): Promise<SimulatorView> {
  const request = pageRequest(`/app/simulator?_data=routes%2Fapp.simulator&${query}`, { shop: of });
  return (await simulator.loader({ request, params: {}, context: app.loadContext })).view;
}

/** How often Shopify was asked about an order while something was done; `answer` stands for its own. */
async function asking(work: () => Promise<unknown>, answer: (() => Response) | null = null): Promise<number> {
  const { fetch } = app.store;
  let asked = 0;
  app.store.fetch = async (request) => {
    if (!(await request.clone().text()).includes("query OrderDiscounts")) return fetch(request);
    asked++;
    return answer?.() ?? fetch(request);
  };
  await work().finally(() => (app.store.fetch = fetch));
  return asked;
}
const broken = () => new Response("", { status: 502 });
const throttled = () => Response.json({ errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }] });
const denied = () => Response.json({ errors: [{ message: "No", extensions: { code: "ACCESS_DENIED" } }] });

test("the block shows what was paid, in yen, and prices today's offers in yen", async () => {
  const id = await placed(TEA, YEN);
  const view = await onPage(id);
  expect(view).toMatchObject({ currency: "JPY", instead: null, savedUnknown: false, otherDiscounts: "0" });
  expect(view!.saved).toEqual([{ name: OURS, amount: "1000" }]);
  expect(view!.today).toMatchObject([{ offer: "Two teas", code: "applied", saved: "1000" }]);
  // An offer without an amount in dollars gives nothing in dollars.
  expect(await onPage(await placed(TEA, DOLLARS))).toMatchObject({
    ...{ currency: "USD", instead: null, today: [] },
    saved: [{ name: OURS, amount: "6.67" }],
  });
});

test("the block shows dinars to the thousandth, what other discounts took among them", async () => {
  const id = await placed(CUP, DINARS);
  const [line] = shop.orders.get(id)!.lines;
  const code = { title: "WELCOME", code: "WELCOME", amountMinor: 1, paidMinor: 5 };
  changeAtShopify(id, { lines: [{ ...line!, discounts: [...line!.discounts, code] }] });
  expect(await onPage(id)).toMatchObject({
    ...{ currency: "KWD", instead: null, otherDiscounts: "0.005" },
    saved: [{ name: OURS, amount: "1.228" }],
    today: [{ offer: "Two cups", code: "applied", saved: "1.228" }],
  });
});

test.each([
  ["fails", broken],
  ["throttles", throttled],
  ["refuses", denied],
])("where Shopify %s, the block shows the shop's currency, and says so", async (_, answer) => {
  const yen = await placed(TEA, YEN);
  const dollars = await placed(CUP, DOLLARS);
  await asking(async () => {
    expect(await onPage(yen)).toMatchObject({
      ...{ currency: "USD", instead: "stored-converted", savedUnknown: false, today: [] },
      saved: [{ name: OURS, amount: "6.67" }],
    });
    // Paid in the shop's currency: what is stored is what was paid.
    expect(await onPage(dollars)).toMatchObject({
      ...{ currency: "USD", instead: "stored", otherDiscounts: "0.00" },
      saved: [{ name: OURS, amount: "6.67" }],
      today: [{ offer: "Two cups", saved: "3.98" }],
    });
  }, answer);
});

test("the block says where it is not stored whose discounts they were", async () => {
  const id = await placed(TEA, YEN);
  await sql("UPDATE order_lines SET automatic_discounts = NULL WHERE order_id = $1", id);
  expect(await onPage(id)).toMatchObject({ saved: [{ amount: "1000" }], savedUnknown: false });
  const shown = { saved: [], otherDiscounts: "6.67", savedUnknown: true };
  await asking(async () => expect(await onPage(id)).toMatchObject(shown), broken);
});

test("an order that Shopify has deleted is shown as it is stored", async () => {
  const id = await placed(TEA, YEN);
  shop.orders.delete(id);
  expect(await onPage(id)).toMatchObject({ currency: "USD", instead: "stored-converted", saved: [{ amount: "6.67" }] });
  expect(await simulate(`order=${id}`)).toMatchObject({
    ...{ currency: "USD", lines: [{ unitPriceMinor: 1_987 }] },
    order: { prices: "converted", paidIn: "JPY", notAnswered: true },
  });
});

test("an order in a currency that Shopify no longer knows is shown in the shop's", async () => {
  const id = await placed(CUP, { ...YEN, currency: "HRK" });
  changeAtShopify(id, { presentmentCurrency: "XXX" });
  const shown = { currency: "USD", saved: [{ amount: "6.67" }], today: [{ saved: "3.98" }] };
  expect(await onPage(id)).toMatchObject({ ...shown, instead: "converted" });
  expect(await simulate(`order=${id}`)).toMatchObject({
    ...{ currency: "USD", order: { prices: "converted", paidIn: "HRK", notAnswered: true } },
  });
  // A whole answer is refused for a currency that cannot be named.
  changeAtShopify(id, { presentmentCurrency: "NOT" });
  expect(await onPage(id)).toMatchObject({ ...shown, instead: "stored-converted" });
  // Nothing is to be asked about one that was never known.
  const never = await placed(CUP, { ...YEN, currency: "XXX" });
  let view: SimulatorView | null = null;
  expect(await asking(async () => (view = await simulate(`order=${never}`)))).toBe(0);
  expect(view).toMatchObject({ order: { prices: "converted", paidIn: null, notAnswered: false } });
});

test("Shopify is not asked about an order of another shop", async () => {
  const id = await placed(TEA, YEN);
  const asked = await asking(async () => {
    expect(await onPage(id, OTHER)).toBeNull();
    expect(await simulate(`order=${id}`, OTHER)).toMatchObject({ order: { notFound: id }, lines: [] });
  });
  expect(asked).toBe(0);
});

test("an order from before the shop changed its currency keeps the one that it was paid in", async () => {
  const id = await placed(CUP, DOLLARS);
  await sql("UPDATE shops SET currency = 'JPY' WHERE domain = $1", app.shop);
  await sql("UPDATE variants SET price_minor = 2480 WHERE shop = $1", app.shop);
  const today = [{ offer: "Two cups", code: "applied", saved: "3.98" }];
  const shown = { currency: "USD", saved: [{ amount: "6.67" }], today };
  expect(await onPage(id)).toMatchObject({ ...shown, instead: null });
  await asking(async () => expect(await onPage(id)).toMatchObject({ ...shown, instead: "stored" }), broken);
  expect(await simulate(`order=${id}`)).toMatchObject({
    ...{ currency: "USD", query: { currency: "USD" }, totals: { fullMinor: 3_974, savedMinor: 398 } },
    order: { prices: "paid", paidIn: "USD", notAnswered: false },
  });
  // No rate is known to the currency of today: its prices are the catalogue's.
  expect(await simulate(`order=${id}&currency=JPY`)).toMatchObject({
    ...{ currency: "JPY", lines: [{ unitPriceMinor: 2_480, priceTyped: false }], totals: { savedMinor: 496 } },
    order: { prices: "catalogue", paidIn: "USD", notAnswered: false },
  });
});

test("the simulator takes an order's prices in the currency that was paid", async () => {
  const yen = await placed(TEA, YEN);
  const dinars = await placed(CUP, DINARS);
  const paid = { prices: "paid", notAnswered: false };
  const inYen = { currency: "JPY", query: { currency: "JPY" }, totals: { fullMinor: 5_960, savedMinor: 1_000 } };
  expect(await simulate(`order=${yen}`)).toMatchObject({ ...inYen, order: { ...paid, paidIn: "JPY" } });
  expect(await simulate(`order=${yen}&currency=JPY`)).toMatchObject({ ...inYen, order: { ...paid, paidIn: "JPY" } });
  expect(await simulate(`order=${dinars}`)).toMatchObject({
    ...{ currency: "KWD", totals: { fullMinor: 12_274, savedMinor: 1_228 }, order: { ...paid, paidIn: "KWD" } },
  });
  // A fee in the address is one of the shop's currency, where it names no other.
  expect((await simulate(`order=${yen}&fee=700`)).query.feeMinor).toBeNull();
  expect((await simulate(`order=${yen}&currency=JPY&fee=700`)).query.feeMinor).toBe(700);
});

test("the simulator converts nothing itself: it takes Shopify's amounts in the shop's currency, or the catalogue's", async () => {
  const yen = await placed(TEA, YEN);
  expect(await simulate(`order=${yen}&currency=USD`)).toMatchObject({
    ...{ currency: "USD", lines: [{ unitPriceMinor: 1_987 }] },
    order: { prices: "converted", paidIn: "JPY", notAnswered: false },
  });
  const dollars = await placed(TEA, DOLLARS);
  const inDollars = { currency: "USD", query: { currency: null }, order: { prices: "paid" } };
  expect(await asking(async () => expect(await simulate(`order=${dollars}`)).toMatchObject(inDollars))).toBe(0);
  for (const [order, currency] of [
    [dollars, "JPY"],
    [dollars, "KWD"],
    [yen, "EUR"],
  ]) {
    expect(await simulate(`order=${order}&currency=${currency}`)).toMatchObject({
      ...{ currency, lines: [{ quantity: 2, unitPriceMinor: null }], totals: null },
      order: { prices: "catalogue", notAnswered: false },
    });
  }
});

test("where Shopify does not answer, the simulator says so and takes what is stored", async () => {
  const id = await placed(TEA, YEN);
  await asking(async () => {
    expect(await simulate(`order=${id}`)).toMatchObject({
      ...{ currency: "USD", query: { currency: null }, lines: [{ unitPriceMinor: 1_987 }] },
      order: { prices: "converted", paidIn: "JPY", notAnswered: true },
    });
    expect(await simulate(`order=${id}&currency=JPY`)).toMatchObject({
      ...{ currency: "JPY", lines: [{ unitPriceMinor: null }] },
      order: { prices: "catalogue", paidIn: "JPY", notAnswered: true },
    });
  }, broken);
});

test("of an order with more lines than Shopify is asked for, the others are left out", async () => {
  const many = smallOrder("1", Array(53).fill(TEA), AT).lines.map((line, place) => ({
    ...{ ...line, id: String(70_000 + place), paidUnitPriceMinor: 2_980 },
    // One that is no product of the shop.
    ...(place === 0 ? { productId: null, variantId: null } : {}),
  }));
  const id = await placed(TEA, YEN, { lines: many });
  const view = await simulate(`order=${id}`);
  expect(view).toMatchObject({ currency: "JPY", order: { prices: "paid", leftOut: 4 } });
  expect(view.lines.map(({ unitPriceMinor }) => unitPriceMinor)).toEqual(Array(49).fill(2_980));
  expect(await onPage(id)).toMatchObject({ today: [{ offer: "Two teas", saved: String(49 * 500) }] });
});
