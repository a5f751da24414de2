import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseProductOffer } from "../../../app/domain/offers/types/bought-together/published.ts";
import { boughtTogetherRules } from "../../../app/domain/offers/types/bought-together/rules.ts";
import { priceCart } from "../../../app/domain/pricing/price-cart.ts";
import { encodeProductRules } from "../../../app/domain/pricing/rules.ts";
import type { Shopper } from "../../dev-store/storefront/sample-shop.ts";
import { browse, openShop, page, publishEnvelope, readOut, settled, textOf } from "../../fixtures/open-theme-shop.ts";

/** Tea at $19.95, cup at $12.50 and scoop at $6.45: $38.90 apart. */
const COMPANIONS = [8002, 8009, 8007];
const AMOUNTS = { USD: 700, JPY: 900, KWD: 1234 };
const off = { kind: "amount-off", amounts: AMOUNTS } as const;
const price = { kind: "fixed-price", amounts: { USD: 3000, JPY: 4000, KWD: 9001 } } as const;
const envelope = (setReward: unknown, given: object = {}) => ({
  version: 2,
  offers: [
    {
      ...{ type: "bought-together", id: "bt-3-8001", discountBasisPoints: 0, set: 2, setReward },
      companions: COMPANIONS.map((product) => ({ product: String(product), weight: 0.5 })),
      ...given,
    },
  ],
});
const total = (document: Document) => readOut(document.querySelector("tsuide-set [data-total]"));
const note = (document: Document) => document.querySelector<HTMLElement>("tsuide-set [data-set-note]");

async function render(offers: unknown, given: { country?: string; inCart?: object[]; path?: string } = {}) {
  const { shop, shopper } = openShop();
  publishEnvelope(shop, offers, COMPANIONS);
  if (given.country) shopper.cookies.set("localization", given.country);
  if (given.inCart) await shopper.send("/cart/add.js", { items: given.inCart });
  const document = await page(shopper, given.path ?? "/products/green-tea");
  expect(textOf(document.body)).not.toContain("Liquid error");
  return { document, shop, shopper };
}

describe("a set with a reward as a whole", () => {
  test("says what all of it costs together", async () => {
    const { document } = await render(envelope(price));
    expect(textOf(note(document))).toBe("$30.00 for the whole set.");
    expect(total(document)).toBe("All 3: $30.00 Regular price $38.90 Save $8.90");
    expect(document.querySelectorAll("tsuide-set li s:not(:empty)")).toHaveLength(0);
  });

  test("says what is taken off, in Japanese", async () => {
    const { document } = await render(envelope(off), { path: "/ja/products/green-tea" });
    expect(textOf(note(document))).toMatch(/^セットで買うと合計から.*7\.00.*引き。$/);
  });

  test.each([
    ["no amount in the currency", envelope({ kind: "amount-off", amounts: { EUR: 500 } })],
    ["a kind that is unknown", envelope({ kind: "points", amounts: AMOUNTS })],
    ["an amount that is none", envelope({ kind: "amount-off", amounts: { USD: "700" } })],
    ["a percentage beside it", envelope(off, { discountBasisPoints: 1 })],
    ["a companion missing for it", envelope(off, { set: 3, companions: [{ product: "8002" }, { product: "8009" }] })],
    ["a sold-out product in it", envelope(off, { companions: [{ product: "8003" }, { product: "8002" }] })],
  ])("promises no amount with %s", async (_, offers) => {
    const { document } = await render(offers);
    expect(document.querySelector("tsuide-set")!.hasAttribute("data-reward")).toBe(false);
    expect(total(document)).not.toContain("$7.00");
  });

  test("promises nothing while a product of it is in the cart", async () => {
    for (const id of [40_010, 40_020]) {
      const { document } = await render(envelope(off), { inCart: [{ id }] });
      expect(document.querySelector("tsuide-set[data-reward]")).toBeNull();
    }
  });

  test("no saving is shown where its price is no lower", async () => {
    const { document } = await render(envelope({ kind: "fixed-price", amounts: { USD: 3890 } }));
    expect(note(document)!.hidden).toBe(true);
    expect(textOf(document.querySelector("[data-total] i"))).toBe("");
  });
});

describe("a set that earns store credit", () => {
  const earns = (terms: object, given: object = {}) =>
    envelope({ kind: "store-credit", waitDays: 14, ...terms }, given);
  const says = (document: Document) => textOf(document.querySelector("tsuide-set"));

  test.each([
    [{ amounts: { USD: 500 } }, "Earn $5.00 in store credit with this set."],
    // The cup is $12.50 or more, the scoop $6.45: no more is given than the set costs.
    [{ amounts: { USD: 99_900 } }, "Earn $38.90 in store credit with this set."],
    [{ basisPoints: 750 }, "Earn 7.5% of this set’s price in store credit."],
    [{ basisPoints: 500, most: { USD: 2_000 } }, "Earn 5% of this set’s price in store credit, up to $20.00."],
  ])("says what %o earns, and no price changes", async (terms, text) => {
    const { document } = await render(earns(terms));
    expect(says(document)).toContain(text);
    const signIn = [...document.querySelectorAll("tsuide-set a")].find(
      (link) => link.textContent === "Sign in to get it.",
    )!;
    // Shopify's page for logging in leads back to this one.
    expect(signIn.getAttribute("href")).toBe("/account/login?return_to=%2Fproducts%2Fgreen-tea");
    expect(total(document)).toBe("All 3: $38.90");
  });

  test("asks nobody who is signed in to sign in", async () => {
    const { shop, shopper } = openShop();
    publishEnvelope(shop, earns({ basisPoints: 500 }), COMPANIONS);
    await shopper.submit("/account/login", { customer_id: "901" });
    const text = says(await page(shopper, "/products/green-tea"));
    expect(text).toContain("in store credit.");
    expect(text).not.toContain("Sign in");
  });

  test("says so in Japanese", async () => {
    const { document } = await render(earns({ basisPoints: 500 }), { path: "/ja/products/green-tea" });
    expect(says(document)).toContain("価格の5%分のストアクレジットがもらえます。お受け取りにはログインが必要です。");
  });

  test.each([
    ["no amount in the currency", earns({ amounts: { EUR: 500 } })],
    ["no limit in the currency", earns({ basisPoints: 500, most: { EUR: 500 } })],
    ["a share that is none", earns({ basisPoints: "500" })],
    ["a percentage off beside it", earns({ basisPoints: 500 }, { discountBasisPoints: 1 })],
    [
      "a sold-out product in it",
      earns({ basisPoints: 500 }, { companions: [{ product: "8003" }, { product: "8002" }] }),
    ],
  ])("promises nothing with %s", async (_, offers) => {
    expect(says((await render(offers)).document)).not.toContain("store credit");
  });
});

describe("a set that ships for free", () => {
  const free = (countries: unknown = null, given: object = {}) => envelope({ kind: "free-shipping", countries }, given);
  const says = (document: Document) => textOf(document.querySelector("tsuide-set"));
  const PROMISE = "Free shipping with this set.";

  test("says so, and no price changes", async () => {
    const { document } = await render(free());
    expect(says(document)).toContain(PROMISE);
    expect(total(document)).toBe("All 3: $38.90");
  });

  test("says so in Japanese", async () => {
    const { document } = await render(free(), { path: "/ja/products/green-tea" });
    expect(says(document)).toContain("このセットで送料無料");
  });

  test("promises it to the shoppers of its countries", async () => {
    expect(says((await render(free(["JP", "US"]))).document)).toContain(PROMISE);
    expect(says((await render(free(["JP"]))).document)).not.toContain(PROMISE);
    expect(says((await render(free(["JP"]), { country: "JP" })).document)).toContain(PROMISE);
  });

  test.each([
    ["a percentage beside it", free(null, { discountBasisPoints: 1 })],
    ["a sold-out product in it", free(null, { companions: [{ product: "8003" }, { product: "8002" }] })],
    ["a companion missing for it", free(null, { set: 3, companions: [{ product: "8002" }, { product: "8009" }] })],
    ["countries that cannot be read", free(7)],
  ])("promises nothing with %s", async (_, offers) => {
    expect(says((await render(offers)).document)).not.toContain(PROMISE);
  });
});

/** What the discount Function charges for the whole cart, in minor units. */
async function chargedMinor(shopper: Shopper, currency: string, unit: number, published: object) {
  const { items } = await shopper.json<{
    items: { key: string; product_id: number; variant_id: number; quantity: number; original_price: number }[];
  }>("/cart.js");
  const rules = encodeProductRules([boughtTogetherRules(parseProductOffer(published)!)]);
  const lines = items.map((item) => ({
    ...{ id: item.key, product: String(item.product_id), variant: String(item.variant_id), quantity: item.quantity },
    ...{ unitPriceMinor: Math.round(item.original_price / unit), subscription: false },
    rules: item.product_id === 8001 ? rules : null,
  }));
  const { discounts } = priceCart({ currency, lines, shopRules: null });
  return (
    lines.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0) -
    discounts.reduce((sum, { quantity, amountOffMinor }) => sum + quantity * amountOffMinor, 0)
  );
}
const digitsIn = (text: string) => Number(/[\d,.]*\d/.exec(text)![0].replaceAll(/[,.]/g, ""));

const MARKETS = [
  { country: "US", currency: "USD", unit: 1 },
  { country: "JP", currency: "JPY", unit: 100 },
  { country: "KW", currency: "KWD", unit: 0.1 },
  { country: "DE", currency: "EUR", unit: 1 },
];
/** Europe has a price list of its own, which no conversion of dollars gives. */
const EUROPEAN = new Map([
  ["40010", 2_195],
  ["40020", 1_375],
  ["40090", 710],
]);

test("the total is what the discount Function charges, in Liquid and in the script", async () => {
  const forTheSet = fc.record({
    kind: fc.constantFrom("amount-off" as const, "fixed-price" as const),
    amounts: fc.record({
      USD: fc.integer({ min: 1, max: 5_000 }),
      JPY: fc.integer({ min: 1, max: 7_500 }),
      KWD: fc.integer({ min: 1, max: 15_000 }),
      EUR: fc.integer({ min: 1, max: 5_000 }),
    }),
  });
  const offers = fc.oneof(
    forTheSet.map((setReward) => envelope(setReward)),
    fc.integer({ min: 1, max: 10_000 }).map((points) => envelope(undefined, { discountBasisPoints: points })),
  );
  const quantities = fc.integer({ min: 1, max: 4 });
  const ticked = fc.subarray([0, 1]);
  const markets = fc.constantFrom(...MARKETS);
  await fc.assert(
    fc.asyncProperty(offers, markets, quantities, quantities, ticked, async (offer, market, least, most, chosen) => {
      const { shop, shopper } = openShop();
      publishEnvelope(shop, offer, COMPANIONS);
      shop.products.get("8001")!.variants[0]!.quantityRule = { min: least, max: null, increment: 1 };
      shop.markets.find(({ currency }) => currency === "EUR")!.prices = EUROPEAN;
      shopper.cookies.set("localization", market.country);
      const rendered = await page(shopper, "/products/green-tea");
      const { document, window } = await browse(shopper, "/products/green-tea");
      const changed = async (field: HTMLInputElement) => {
        field.dispatchEvent(new window.Event("change", { bubbles: true }));
        // Widgets read the page once the event is over.
        await Promise.resolve();
      };
      const quantity = document.querySelector<HTMLInputElement>("form[data-product-form] [name=quantity]")!;
      quantity.value = String(Math.max(least, most));
      await changed(quantity);
      for (const place of chosen) {
        const tick = document.querySelectorAll<HTMLInputElement>("tsuide-set [data-tick]")[place]!;
        tick.checked = true;
        await changed(tick);
      }
      const shown = digitsIn(textOf(document.querySelector("[data-total] b")));
      document.querySelector<HTMLElement>("tsuide-set [data-add]")!.click();
      await settled();
      expect(shown).toBe(await chargedMinor(shopper, market.currency, market.unit, offer));
      if (most <= least && chosen.length !== 1)
        expect(shown).toBe(digitsIn(textOf(rendered.querySelector("[data-total] b"))));
    }),
    { numRuns: 25 },
  );
});

test("only the whole set has its saving: not with some of it chosen", async () => {
  const { shop, shopper } = openShop();
  publishEnvelope(shop, envelope(off), COMPANIONS);
  const { document, window } = await browse(shopper, "/products/green-tea");
  const ticks = [...document.querySelectorAll<HTMLInputElement>("tsuide-set [data-tick]")];
  const tick = (box: HTMLInputElement) => {
    box.checked = true;
    box.dispatchEvent(new window.Event("change", { bubbles: true }));
  };
  tick(ticks[0]!);
  expect(textOf(document.querySelector("[data-total] b"))).toBe("$32.45");
  expect(note(document)!.hidden).toBe(true);
  tick(ticks[1]!);
  expect(textOf(document.querySelector("[data-total] b"))).toBe("$31.90");
  expect(note(document)!.hidden).toBe(false);
});
