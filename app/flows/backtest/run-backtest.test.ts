import { afterAll, beforeAll, expect, test } from "vitest";
import { smallOrder, smallProduct, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevOrder } from "../../../test/dev-store/shop/state.ts";
import { gid, shopDomain } from "../../domain/ids.ts";
import { OFFER_TYPE_NAMES, type OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { chooseCompanion } from "../offers/choose-companion.ts";
import { installShop } from "../shop/install-shop.ts";
import { readBacktest } from "./read-backtest.ts";
import { cancelBacktest, requestBacktest } from "./request-backtest.ts";
import { runBacktest } from "./run-backtest.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const [TEA, CUP] = ["1", "2"] as const;

/** One order a day: tea by itself, two of tea, tea with a cup, and one each that was cancelled, a test or given back. */
function orders(): Map<string, DevOrder> {
  const placed = new Map<string, DevOrder>();
  const add = (id: string, products: readonly string[], quantity: number, change: Partial<DevOrder> = {}) => {
    const order = smallOrder(id, products, Date.parse(`2026-${Number(id) % 2 === 0 ? "09" : "10"}-15T12:00:00Z`));
    const lines = order.lines.map((line) => ({ ...line, quantity, currentQuantity: quantity }));
    placed.set(id, { ...order, lines, ...change });
  };
  add("1000", [TEA], 1);
  add("1001", [TEA], 2);
  add("1002", [TEA, CUP], 2);
  add("1003", [CUP], 1);
  add("1004", [TEA], 3, { cancelledAt: NOW });
  add("1005", [TEA], 3, { test: true });
  return placed;
}

let now = NOW;
let app: WiredApp;
const content = (type: OfferTypeName, changes: object = {}) => ({ ...contentShape(type).default, ...changes });
/** The config that an offer of a type begins with, with some of it changed. */
const configOf = (type: OfferTypeName, changes: object) => ({
  ...(contentShape(type).default.config as object),
  ...changes,
});
const BREAKS = content("quantity-breaks", {
  config: { variants: "together", tiers: [{ quantity: 2, reward: { kind: "percent", basisPoints: 1_000 } }] },
  conditions: [[{ condition: "products", products: ["gid://shopify/Product/1"] }]],
});

async function tried(type: OfferTypeName, given: unknown, again = false) {
  const asked = await requestBacktest(app.shop, { type, content: given, again }, app.context);
  if (asked.code === "invalid") throw new Error("Not an offer");
  await app.drain();
  return (await readBacktest(app.shop, asked.digest, app.context))!;
}

beforeAll(async () => {
  const cup = smallProduct(CUP);
  const products = new Map([
    [TEA, smallProduct(TEA)],
    [CUP, { ...cup, variants: cup.variants.map((variant) => ({ ...variant, priceMinor: 2_499 })) }],
  ]);
  app = await wireApp([smallShop([], { products, orders: orders() })], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());

test("an offer that is not saved is tried on the orders that count, month by month", async () => {
  const { status, ordersDone, ordersTotal, outcome } = await tried("quantity-breaks", BREAKS);
  expect({ status, ordersDone, ordersTotal }).toEqual({ status: "done", ordersDone: 4, ordersTotal: 4 });
  if (outcome?.code !== "replayed") throw new Error("Not replayed");
  const [september, october] = outcome.months.map(({ totals }) => totals);
  // Two of tea at 10 % off in each; the single tea lacks one unit.
  const price = app.store.shops.get(app.shop)!.shop.products.get(TEA)!.variants[0]!.priceMinor;
  expect(september).toMatchObject({ orders: 2, given: 1, near: 1, discountMinor: 2 * Math.round(price / 10) });
  expect(october).toMatchObject({ orders: 2, given: 1, near: 0, discountMinor: 2 * Math.round(price / 10) });
  expect(outcome.given.map(({ id }) => id)).toEqual(["1001", "1002"]);
  expect(outcome.given[0]!.name).toBe(orders().get("1001")!.name);
  expect(outcome.near).toMatchObject([{ id: "1000", miss: { short: "unit" } }]);
});

test("the same offer is not tried again within a day, unless somebody asks for it", async () => {
  const before = await tried("quantity-breaks", BREAKS);
  const read = async () => {
    const { rows } = await app.context.database.pool.query<{ at: Date }>(
      "SELECT requested_at AS at FROM backtests WHERE digest = $1",
      [before.digest],
    );
    return rows[0]!.at.getTime();
  };
  const first = await read();
  now += 60_000;
  await tried("quantity-breaks", { ...BREAKS, name: "By another name", status: "active" });
  expect(await read()).toBe(first);
});

test.each(OFFER_TYPE_NAMES.filter((type) => type !== "quantity-breaks"))(
  "an offer of type %s is tried",
  async (type) => {
    const samples: Partial<Record<OfferTypeName, object>> = {
      "add-on": { config: { addOns: [{ product: ["gid://shopify/Product/1"], text: {} }], cap: 100 } },
      "buy-x-get-y": {
        conditions: [[{ condition: "products", products: ["gid://shopify/Product/1"] }]],
        config: configOf("buy-x-get-y", { buy: 1, get: 1 }),
      },
      "fixed-bundle": {
        reward: { kind: "percent", basisPoints: 1_000 },
        config: {
          title: "Tea and cup",
          components: [
            { variant: [`gid://shopify/ProductVariant/${variantOf(TEA)}`], quantity: 1 },
            { variant: [`gid://shopify/ProductVariant/${variantOf(CUP)}`], quantity: 2 },
          ],
        },
      },
      goal: { reward: { kind: "free-shipping" }, config: configOf("goal", { amounts: { USD: 3_000 } }) },
      "mix-and-match": {
        conditions: [[{ condition: "products", products: ["gid://shopify/Product/1", "gid://shopify/Product/2"] }]],
      },
      upgrade: {
        config: configOf("upgrade", {
          pairs: [{ products: ["gid://shopify/Product/1"], upgrade: ["gid://shopify/Product/2"], better: {} }],
        }),
      },
    };
    const { status, outcome } = await tried(type, content(type, samples[type]));
    expect(status).toBe("done");
    if (samples[type] === undefined) expect(outcome).toEqual({ version: 2, code: "gives-nothing" });
    else {
      if (outcome?.code !== "replayed") throw new Error(`Not replayed: ${outcome?.code}`);
      const given = outcome.months.reduce((sum, { totals }) => sum + totals.given, 0);
      expect(given).toBeGreaterThan(0);
      expect(given).toBeLessThanOrEqual(4);
    }
  },
);

const variantOf = (product: string) => app.store.shops.get(app.shop)!.shop.products.get(product)!.variants[0]!.id;

test("what is no offer is refused", async () => {
  const given = content("quantity-breaks", { config: { tiers: "many" } });
  const asked = await requestBacktest(app.shop, { type: "quantity-breaks", content: given, again: false }, app.context);
  expect(asked).toEqual({ code: "invalid" });
});

test("a backtest that is cancelled ends without a result", async () => {
  const given = content("quantity-breaks", {
    config: configOf("quantity-breaks", { tiers: [{ quantity: 3, reward: { kind: "percent", basisPoints: 500 } }] }),
    conditions: BREAKS.conditions,
  });
  const asked = await requestBacktest(app.shop, { type: "quantity-breaks", content: given, again: false }, app.context);
  if (asked.code === "invalid") throw new Error("Not an offer");
  await cancelBacktest(app.shop, asked.digest, app.context);
  await runBacktest(app.shop, asked.digest, app.context);
  expect(await readBacktest(app.shop, asked.digest, app.context)).toMatchObject({ status: "cancelled", outcome: null });
});

test("store credit is what an offer costs that gives it, for orders with the whole set", async () => {
  const pair = { trigger: gid("Product", TEA), companion: gid("Product", CUP), kind: "pin" } as const;
  await chooseCompanion(app.shop, pair, app.context);
  const reward = { kind: "credit-percent", basisPoints: 1_000, most: {}, waitDays: 14, expiryDays: 365 };
  const given = content("bought-together", {
    reward: { ...reward, budget: { USD: 100 } },
    config: configOf("bought-together", { setSize: 1 }),
  });
  const { outcome } = await tried("bought-together", given);
  if (outcome?.code !== "replayed") throw new Error(`Not replayed: ${outcome?.code}`);
  expect(outcome).toMatchObject({ givesSomething: true, credit: { budgetMinor: 100 } });
  const { lines } = orders().get("1002")!;
  const creditMinor = Math.round(lines.reduce((sum, { unitPriceMinor }) => sum + unitPriceMinor, 0) / 10);
  expect(outcome.given).toMatchObject([{ id: "1002", discountMinor: 0, creditMinor }]);
  expect(outcome.near.map(({ id }) => id).toSorted()).toEqual(["1000", "1001", "1003"]);
  const total = outcome.months.reduce((sum, { totals }) => sum + totals.creditMinor, 0);
  expect(total).toBe(creditMinor);
});

test("another shop sees none of it", async () => {
  const { digest } = await tried("quantity-breaks", BREAKS);
  expect(await readBacktest(shopDomain("another.myshopify.com"), digest, app.context)).toBeNull();
});
