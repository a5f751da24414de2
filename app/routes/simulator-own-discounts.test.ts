import { afterAll, beforeAll, expect, test } from "vitest";
import { buildNativeDiscount, setNativeDiscounts } from "../../test/dev-store/shop/native-discounts.ts";
import type { DevNativeDiscount, DevOrder, DevShop } from "../../test/dev-store/shop/state.ts";
import { Shopper } from "../../test/dev-store/storefront/sample-shop.ts";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { smallShop } from "../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { gid } from "../domain/ids.ts";
import { OWN_PARTS, type OwnPart } from "../domain/offers/beside-ours.ts";
import { contentShape } from "../domain/offers/offer-types.ts";
import type { OfferTypeName } from "../domain/offers/offer-type-name.ts";
import { createNewOffer } from "../flows/offers/save-offer.ts";
import { goal as goalType } from "../domain/offers/types/goal/config.ts";
import { DAY_MS } from "../domain/time/day.ts";
import { inShop } from "../persistence/database/in-shop.ts";
import { readFigures } from "../persistence/measurement/figures.ts";
import { syncOrder } from "../flows/orders/sync-order.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import type { SimulatorView } from "../views/simulator-view.ts";
import * as route from "./app.simulator.tsx";

/** What the simulator says of a cart beside the shop's own discounts, and what checkout then charges for that cart. */

const NOW = Date.UTC(2026, 10, 28, 12);
/** Two teas and a cup at 19.99: 10 % off the teas, 5 % off the order from 30 dollars, delivery for 7.00 free from 50. */
const TEA = "9101";
const CUP = "9102";
const CART = `cart=${TEA}x2.${CUP}x1&fee=700`;
let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  shop = smallShop(["101", "102"], { shipping: { flatMinor: 700, freeFromMinor: null } });
  for (const { variants } of shop.products.values()) variants[0]!.tracked = false;
  app = await wireApp([shop], { now: () => NOW });
  await app.signIn();
  await installShop(app.shop, app.context);
  await offer("quantity-breaks", {
    conditions: [[{ condition: "products", products: ["gid://shopify/Product/101"] }]],
    config: { variants: "together", tiers: [{ quantity: 2, reward: { kind: "percent", basisPoints: 1_000 } }] },
  });
  await offer("goal", {
    reward: { kind: "free-shipping" },
    config: {
      ...goalType.config.default,
      amounts: { USD: 5_000 },
      tiers: [{ from: { USD: 3_000 }, reward: { kind: "percent", basisPoints: 500 } }],
    },
  });
  await app.drain();
});
afterAll(() => app.close());

async function offer(type: OfferTypeName, content: object): Promise<void> {
  const whole = { ...contentShape(type).default, status: "active", ...content };
  const answer = await createNewOffer(app.shop, type, whole, app.context);
  if (answer.code !== "saved") throw new Error(`Not saved: ${JSON.stringify(answer)}`);
}

async function simulate(codes: string): Promise<SimulatorView> {
  const path = `/app/simulator?_data=routes%2Fapp.simulator&${CART}&codes=${codes}`;
  return (await route.loader({ request: pageRequest(path, app), params: {}, context: app.loadContext })).view;
}

/** What a shopper with the cart pays who enters a code at checkout, and what checkout said of it. */
async function buy(code: string): Promise<{ order: DevOrder; said: string | null }> {
  const shopper = new Shopper((request) => app.store.fetch(request));
  await shopper.json("/cart/add.js", { items: [{ id: TEA, quantity: 2 }, { id: CUP }] });
  const answer = code === "" ? "" : await (await shopper.submit("/checkout", { apply: "1", code })).text();
  await shopper.submit("/checkout", { pay: "1" });
  const order = [...shop.orders.values()].at(-1)!;
  return { order, said: /role="alert">([^<]*)</.exec(answer)?.[1] ?? null };
}

/** What each part of our discount, and a code, took off an order. */
function taken({ lines, shippingDiscounts = [] }: DevOrder): Record<OwnPart | "code", number> {
  const all = [...lines.flatMap(({ discounts }) => discounts), ...shippingDiscounts];
  const sum = (titles: string[]) =>
    all.reduce((total, { title, amountMinor }) => (titles.includes(title) ? total + amountMinor : total), 0);
  return {
    products: sum(["Quantity discount"]),
    order: sum(["Order discount"]),
    delivery: sum(["Free shipping"]),
    code: sum(["CODE"]),
  };
}

const KINDS: Record<string, Partial<DevNativeDiscount>> = {
  "the cup": { products: ["102"] },
  "the teas": { products: ["101"] },
  "the order": {},
  delivery: { off: "free-shipping" },
};
const FLAGS = [false, true].flatMap((productDiscounts) =>
  [false, true].flatMap((orderDiscounts) =>
    [false, true].map((shippingDiscounts) => ({ productDiscounts, orderDiscounts, shippingDiscounts })),
  ),
);

test("without any other discount, checkout charges what the simulator says", async () => {
  setNativeDiscounts(shop, []);
  const { totals, own } = await simulate("");
  const { order } = await buy("");
  // 59.97 less 4.00, and 5 % of 55.97.
  expect(taken(order)).toEqual({ products: 400, order: 280, delivery: 700, code: 0 });
  expect(totals).toMatchObject({ fullMinor: 5_997, savedMinor: 680, itemsMinor: 5_317, freeDelivery: true });
  expect(own).toMatchObject({ code: "known", automatic: [], codes: [] });
});

test.each(
  Object.keys(KINDS).flatMap((kind) =>
    [3, 60].flatMap((percent) => FLAGS.map((flags) => ({ kind, percent, ...flags }))),
  ),
)(
  "tells what is charged beside $percent % off $kind that allows products $productDiscounts, order $orderDiscounts, shipping $shippingDiscounts",
  async ({ kind, percent, ...combinesWith }) => {
    setNativeDiscounts(shop, [
      buildNativeDiscount("7", { code: "CODE", off: { percent }, combinesWith, ...KINDS[kind] }),
    ]);
    const { own, totals } = await simulate("CODE");
    const found = own?.code === "known" ? own.codes[0]!.found! : null;
    const { order, said } = await buy("CODE");
    const { code, ...ours } = taken(order);
    expect(
      order.lines.every(({ discounts, unitPriceMinor, quantity }) => {
        return discounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0) <= unitPriceMinor * quantity;
      }),
    ).toBe(true);
    // Nothing is refused without a word, and what is refused changes nothing.
    expect(said === null).toBe(code > 0);
    if (code === 0) {
      expect(said).toBe("CODE couldn’t be used with your existing discounts.");
      expect(ours).toEqual({ products: 400, order: 280, delivery: 700 });
      expect(ours.products + ours.order).toBe(totals!.savedMinor);
      // It is out because it saves less than what it is not combined with, or than ours on the same line.
      const isLess = found!.onProducts && kind === "the teas" && percent < 10;
      expect(isLess || OWN_PARTS.some((part) => !found!.beside.includes(part))).toBe(true);
      return;
    }
    for (const part of OWN_PARTS) {
      if (!found!.beside.includes(part)) expect([part, ours[part]]).toEqual([part, 0]);
    }
    // What combines is there, unless the line has the code's larger discount or too little is left for a goal.
    if (found!.beside.includes("products") && kind !== "the teas") expect(ours.products).toBe(400);
    if (found!.beside.includes("order") && kind === "the order") expect(ours.order).toBeGreaterThan(0);
  },
);

test("what the shop's own discounts take off is not booked to ours, by code or automatic, on lines, order and shipping", async () => {
  const combinesWith = { productDiscounts: true, orderDiscounts: true, shippingDiscounts: true };
  const noOther = { ...combinesWith, shippingDiscounts: false };
  setNativeDiscounts(shop, [
    buildNativeDiscount("7", { code: "CODE", off: { percent: 10 }, combinesWith }),
    buildNativeDiscount("8", { title: "Cups", off: { percent: 20 }, products: ["102"], combinesWith }),
    buildNativeDiscount("9", { title: "Post", off: "free-shipping", combinesWith: noOther }),
  ]);
  const { order, said } = await buy("CODE");
  expect([said, order.lines.flatMap(({ discounts }) => discounts.map(({ title }) => title)).sort()]).toEqual([
    null,
    ["CODE", "CODE", "Cups", "Order discount", "Order discount", "Quantity discount"],
  ]);
  await syncOrder(app.shop, gid("Order", order.id), app.context);
  const ours = taken(order);
  expect(ours).toEqual({ products: 400, order: 260, delivery: 700, code: 520 });
  const period = { from: new Date(NOW - 1), to: new Date(NOW + DAY_MS), timezone: "UTC", currency: "USD" };
  const { total } = await inShop(app.context.database, app.shop, (tx) => readFigures(tx, { ...period, by: "offer" }));
  expect(total.earned).toMatchObject({ discountMinor: ours.products + ours.order, shippingMinor: ours.delivery });
});
