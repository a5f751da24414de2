import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEntry } from "../../../app/domain/offers/types/buy-x-get-y/published.ts";
import { buyXGetYRules } from "../../../app/domain/offers/types/buy-x-get-y/rules.ts";
import { priceCart } from "../../../app/domain/pricing/price-cart.ts";
import { encodeProductRules } from "../../../app/domain/pricing/rules.ts";
import type { UnreadEntry } from "../../../app/domain/publishing/entry.ts";
import type { Shopper } from "../../dev-store/storefront/sample-shop.ts";
import { answerJson } from "../../fixtures/open-set.ts";
import { browse, openShop, page, publishEnvelope, settled, textOf } from "../../fixtures/open-theme-shop.ts";

/** The tea (8001) costs $19.95, its larger size $24.95; a scoop (8009) $6.45; the tray (8007) has a size that is sold out. */
const entry = (given: object = {}) => ({
  ...{ type: "buy-x-get-y", id: "xy-7-8001", buy: 2, get: 1, most: null, products: ["8009"] },
  reward: { kind: "percent", basisPoints: 10_000 },
  ...given,
});
const same = (given: object = {}) => entry({ products: null, ...given });
const envelope = (...offers: unknown[]) => ({ version: 2, offers });
const widget = (document: Document) => document.querySelector<HTMLElement>("tsuide-xy");

async function render(offers: unknown, path = "/products/green-tea") {
  const { shop, shopper } = openShop();
  publishEnvelope(shop, offers, [8007, 8009]);
  const document = await page(shopper, path);
  expect(textOf(document.body)).not.toContain("Liquid error");
  return { document, shop, shopper };
}

const total = (document: Document) => {
  const shown = document.querySelector("tsuide-xy [data-total]")!.cloneNode(true) as Element;
  for (const hidden of shown.querySelectorAll("[hidden], u")) hidden.remove();
  return textOf(shown);
};

describe("buy X get Y, as Liquid renders it", () => {
  test("says what is got, and what both cost together", async () => {
    const { document } = await render(envelope(entry()));
    expect(textOf(document.querySelector("tsuide-xy legend"))).toBe("Buy 2, get 1 free");
    expect(textOf(document.querySelector("tsuide-xy [role=list]"))).toBe("Tea Scoop");
    const variants = [...document.querySelectorAll("tsuide-xy [data-variant] option")].map(textOf);
    expect(variants).toEqual(["Green Tea – 50 g", "Green Tea – 100 g"]);
    expect(total(document)).toBe("Total for 3: $39.90 $46.35 Save $6.45");
  });

  test("offers only what is in stock for the whole group", async () => {
    const options = async (offer: object, stock: readonly [number, number], scoops = 20) => {
      const { shop, shopper } = openShop();
      shop.products.get("8001")!.variants.forEach((variant, at) => (variant.inventoryQuantity = stock[at]!));
      shop.products.get("8009")!.variants[0]!.inventoryQuantity = scoops;
      publishEnvelope(shop, envelope(offer), [8007, 8009]);
      const document = await page(shopper, "/products/green-tea");
      const all = [...document.querySelectorAll<HTMLOptionElement>("tsuide-xy [data-variant] option:not([disabled])")];
      return widget(document)?.hidden === false ? all.map(textOf) : [];
    };
    const both = ["Green Tea – 50 g", "Green Tea – 100 g"];
    expect(await options(same(), [3, 3])).toEqual(both);
    expect(await options(same(), [3, 2])).toEqual([both[0]]);
    expect(await options(same(), [2, 3])).toEqual([]);
    expect(await options(entry(), [2, 1])).toEqual([both[0]]);
    expect(await options(entry({ get: 3 }), [20, 20], 2)).toEqual([]);
  });

  test.each([
    [same(), "Buy 2, get 1 free", "Total for 3: $39.90 $59.85 Save $19.95"],
    [
      same({ reward: { kind: "percent", basisPoints: 1_250 } }),
      "Buy 2, get 1 at 12.5% off",
      "Total for 3: $57.36 $59.85 Save $2.49",
    ],
    [
      entry({ reward: { kind: "amount-off", amounts: { USD: 200 } }, most: 1 }),
      "Buy 2, get 1 at $2.00 off each",
      "Total for 3: $44.35 $46.35 Save $2.00",
    ],
    [
      entry({ reward: { kind: "fixed-price", amounts: { USD: 100 } } }),
      "Buy 2, get 1 for $1.00 each",
      "Total for 3: $40.90 $46.35 Save $5.45",
    ],
  ])("names the reward %#", async (offer, headline, sum) => {
    const { document } = await render(envelope(offer));
    expect(textOf(document.querySelector("tsuide-xy legend"))).toBe(headline);
    expect(total(document)).toBe(sum);
  });

  test.each([
    [1, "At most once per order."],
    [3, "At most 3 times per order."],
  ])("says how often it applies: %i", async (most, text) => {
    const { document } = await render(envelope(entry({ most })));
    expect(textOf(widget(document))).toContain(text);
  });

  test("is in Japanese in a Japanese shop", async () => {
    const { document } = await render(envelope(entry({ most: 2 })), "/ja/products/green-tea");
    expect(textOf(document.querySelector("tsuide-xy legend"))).toBe("2点購入で1点無料");
    expect(textOf(widget(document))).toContain("1回のご注文につき2回まで。");
  });

  test("adds both without a script, for the shop's own price", async () => {
    const { document, shopper } = await render(envelope(entry()));
    const form = document.querySelector<HTMLFormElement>("tsuide-xy form")!;
    const fields = Object.fromEntries(new form.ownerDocument.defaultView!.FormData(form).entries());
    await shopper.submit(form.getAttribute("action")!, fields as Record<string, string>);
    const { items } = await shopper.json<{ items: { product_id: number; quantity: number }[] }>("/cart.js");
    expect(items.map(({ product_id, quantity }) => [product_id, quantity]).sort()).toEqual([
      [8001, 2],
      [8009, 1],
    ]);
  });

  test("offers to choose among what can be bought, without what is sold out", async () => {
    const { document } = await render(envelope(entry({ products: ["8007", "8009", "8008"] })));
    const options = [...document.querySelectorAll("tsuide-xy [data-got] option")].map(textOf);
    expect(options).toEqual(["Bamboo Tray – Medium", "Bamboo Tray – Large", "Tea Scoop"]);
  });

  test.each([
    ["nothing to get", envelope(entry({ products: ["8999"] }))],
    ["no number to buy", envelope(entry({ buy: 0 }))],
    ["a number that is none", envelope(entry({ get: "1" }))],
    ["a limit that is none", envelope(entry({ most: "1" }))],
    ["a reward out of range", envelope(entry({ reward: { kind: "percent", basisPoints: 10_001 } }))],
    ["no amount in the currency", envelope(same({ reward: { kind: "amount-off", amounts: { EUR: 100 } } }))],
    ["a price that is higher", envelope(entry({ reward: { kind: "fixed-price", amounts: { USD: 9_900 } } }))],
    ["an id that is none", envelope(entry({ id: 7 }))],
    ["a later version", { version: 3, offers: [entry()] }],
  ])("is absent where there is %s", async (_, offers) => {
    expect(widget((await render(offers)).document)).toBeNull();
  });
});

describe("buy X get Y, with the script", () => {
  test("names what is missing when only a part was added", async () => {
    const { shop, shopper } = openShop();
    publishEnvelope(shop, envelope(entry()), [8009]);
    const { document, window } = await browse(shopper, "/products/green-tea", (path) =>
      path.startsWith("/cart/add") ? answerJson(200, { items: [{ variant_id: 40_010 }] }) : null,
    );
    const form = document.querySelector<HTMLFormElement>("tsuide-xy form")!;
    form.dispatchEvent(new window.Event("submit", { bubbles: true, cancelable: true }));
    await settled();
    expect(textOf(document.querySelector("tsuide-xy [data-status]"))).toContain("Could not be added: Tea Scoop.");
  });

  test("follows the chosen variant, and adds both with one request, what is got with its claim", async () => {
    const { shop, shopper } = openShop();
    publishEnvelope(shop, envelope(entry()), [8009]);
    const { document, window, requests } = await browse(shopper, "/products/green-tea");
    const form = document.querySelector<HTMLFormElement>("tsuide-xy form")!;
    const select = form.querySelector<HTMLSelectElement>("[data-variant]")!;
    // The page's own form decides: its picker has chosen the larger size.
    const own = [...document.querySelectorAll<HTMLFormElement>("form[action*='/cart/add']")].find(
      (one) => one.closest(".ts-widget") === null,
    )!;
    const picker = own.elements.namedItem("id") as HTMLSelectElement;
    picker.value = "40011";
    picker.dispatchEvent(new window.Event("change", { bubbles: true }));
    await settled();
    expect(select.value).toBe("40011");
    expect(total(document)).toBe("Total for 3: $49.90 $56.35 Save $6.45");
    form.dispatchEvent(new window.Event("submit", { bubbles: true, cancelable: true }));
    await settled();
    const [added] = requests.filter(({ path }) => path.startsWith("/cart/add"));
    expect((added!.body as { items: unknown[] }).items).toEqual([
      { id: 40_011, quantity: 2 },
      {
        id: Number(shop.products.get("8009")!.variants[0]!.id),
        quantity: 1,
        properties: { _tsuide: "xy-7-8001/product" },
      },
    ]);
    expect(textOf(document.querySelector("tsuide-xy [data-status]"))).toContain("Added 3 to your cart.");
  });
});

const MARKETS = [
  { country: "US", currency: "USD", unit: 1 },
  { country: "JP", currency: "JPY", unit: 100 },
  { country: "KW", currency: "KWD", unit: 0.1 },
];
const digitsIn = (text: string) => Number(/[\d,.]*\d/.exec(text)![0].replaceAll(/[,.]/g, ""));

/** What the discount Function charges for the whole cart, in minor units. */
async function chargedMinor(shopper: Shopper, { currency, unit }: (typeof MARKETS)[number], offer: object) {
  const { items } = await shopper.json<{
    items: { key: string; product_id: number; quantity: number; original_price: number }[];
  }>("/cart.js");
  const rules = encodeProductRules([buyXGetYRules(readEntry(offer as UnreadEntry)!, { number: 7, priority: 0 })]);
  const lines = items.map(({ key, product_id, quantity, original_price }) => ({
    ...{ id: key, product: String(product_id), variant: null, quantity, subscription: false },
    ...{ unitPriceMinor: Math.round(original_price / unit), rules: product_id === 8001 ? rules : null },
  }));
  const { discounts } = priceCart({ currency, lines, shopRules: null });
  return (
    lines.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0) -
    discounts.reduce((sum, { quantity, amountOffMinor }) => sum + quantity * amountOffMinor, 0)
  );
}

test("costs in the cart what the widget says, and never more where groups of a limited offer are in the cart", async () => {
  const few = fc.integer({ min: 1, max: 3 });
  const amounts = fc.record({
    ...{ USD: fc.integer({ min: 1, max: 3_000 }), JPY: fc.integer({ min: 1, max: 3_500 }) },
    KWD: fc.integer({ min: 1, max: 8_000 }),
  });
  const reward = fc.oneof(
    fc.integer({ min: 1, max: 10_000 }).map((basisPoints) => ({ kind: "percent", basisPoints })),
    fc.tuple(fc.constantFrom("amount-off", "fixed-price"), amounts).map(([kind, all]) => ({ kind, amounts: all })),
  );
  const most = fc.option(few, { nil: null });
  const offers = fc
    .record({ buy: few, get: few, most, reward, products: fc.constantFrom(null, ["8009"], ["8007", "8009"]) })
    .map(entry);
  const markets = fc.constantFrom(...MARKETS);
  const inCarts = fc.constantFrom(0, 0, 1, 2, 4);
  await fc.assert(
    fc.asyncProperty(offers, markets, few, few, inCarts, async (offer, market, least, step, units) => {
      const { shop, shopper } = openShop();
      publishEnvelope(shop, envelope(offer), [8007, 8009]);
      const quantityRule = { min: least * step, max: null, increment: step };
      Object.assign(shop.products.get("8001")!.variants[0]!, { quantityRule });
      shopper.cookies.set("localization", market.country);
      const items = [
        { id: 40_010, quantity: Math.max(units, least * step) },
        { id: 40_090, quantity: units },
      ];
      if (units > 0) await shopper.send("/cart/add.js", { items });
      const before = await chargedMinor(shopper, market, offer);
      const document = await page(shopper, "/products/green-tea");
      if (widget(document)?.hidden !== false) return;
      const shown = digitsIn(textOf(widget(document)!.querySelector("[data-total] b")));
      const form = widget(document)!.querySelector("form")!;
      const fields = Object.fromEntries(new form.ownerDocument.defaultView!.FormData(form).entries());
      await shopper.submit(form.getAttribute("action")!, fields as Record<string, string>);
      const added = (await chargedMinor(shopper, market, offer)) - before;
      if (units === 0) expect(added).toBe(shown);
      else expect(added).toBeLessThanOrEqual(shown);
    }),
    { numRuns: 40 },
  );
});

test("is absent once the cart has it as often as an order may", async () => {
  const { shop, shopper } = openShop();
  publishEnvelope(shop, envelope(entry({ most: 1 })), [8009]);
  const add = (id: number, quantity: number) => shopper.send("/cart/add.js", { items: [{ id, quantity }] });
  await add(40_011, 2);
  expect(widget(await page(shopper, "/products/green-tea"))).not.toBeNull();
  await add(40_090, 1);
  expect(widget(await page(shopper, "/products/green-tea"))).toBeNull();
});
