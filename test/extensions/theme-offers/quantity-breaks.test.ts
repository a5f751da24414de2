import fc from "fast-check";
import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { parseQuantityBreaks } from "../../../app/domain/offers/types/quantity-breaks/published.ts";
import { priceCart } from "../../../app/domain/pricing/price-cart.ts";
import { encodeProductRules, type QuantityTier } from "../../../app/domain/pricing/rules.ts";
import type { DevVariant } from "../../dev-store/shop/state.ts";
import { browse, openShop, page, publishEnvelope, readOut, settled, textOf } from "../../fixtures/open-theme-shop.ts";

/** Three of the tea for 10 % off each, six for 20 %; the tea costs $19.95, its larger size $24.95. */
const TIERS = [
  { from: 3, reward: { kind: "percent", basisPoints: 1000 } },
  { from: 6, reward: { kind: "percent", basisPoints: 2000 } },
];
const entry = (given: object = {}) => ({
  ...{ type: "quantity-breaks", id: "qb-2-8001", together: true, tiers: TIERS },
  ...given,
});
const envelope = (...offers: unknown[]) => ({ version: 2, offers });
const breaks = (document: Document) => document.querySelector<HTMLElement>("tsuide-breaks");
const rows = (document: Document) => [...document.querySelectorAll("tsuide-breaks label")].map(readOut);

async function render(offers: unknown, path = "/products/green-tea", inCart: object[] = []) {
  const { shop, shopper } = openShop();
  publishEnvelope(shop, offers);
  if (inCart.length > 0) await shopper.send("/cart/add.js", { items: inCart });
  const document = await page(shopper, path);
  expect(textOf(document.body)).not.toContain("Liquid error");
  return { document, shop, shopper };
}

describe("quantity breaks, as Liquid renders them", () => {
  test("are a radio group with the price and the saving of each tier", async () => {
    const { document } = await render(envelope(entry()));
    expect(rows(document)).toEqual([
      "Buy 1 to 2 $19.95 each",
      "Buy 3 to 5 $17.95 each Regular price $19.95 Save $2.00 each",
      "Buy 6 or more $15.96 each Regular price $19.95 Save $3.99 each",
    ]);
    const radios = [...document.querySelectorAll<HTMLInputElement>("tsuide-breaks input[type=radio]")];
    expect(radios.map(({ name, value, checked }) => [name, value, checked])).toEqual([
      ["quantity", "1", true],
      ["quantity", "3", false],
      ["quantity", "6", false],
    ]);
    expect(textOf(document.querySelector("tsuide-breaks fieldset > legend"))).toBe("Buy more, pay less each");
  });

  test("are in Japanese in a Japanese shop", async () => {
    const { document } = await render(envelope(entry()), "/ja/products/green-tea");
    expect(textOf(breaks(document))).toContain("まとめ買いでお得");
    expect(rows(document)[1]).toMatch(/^3～5点 1点あたり.+ 通常.+ 1点につき.+お得/);
  });

  test("add what was chosen without script", async () => {
    const { document, shopper } = await render(envelope(entry()));
    const form = document.querySelector<HTMLFormElement>("tsuide-breaks form")!;
    form.querySelector<HTMLInputElement>("input[value='3']")!.checked = true;
    form.querySelector<HTMLSelectElement>("[name=id]")!.value = "40011";
    const fields = Object.fromEntries(new form.ownerDocument.defaultView!.FormData(form).entries());
    expect(fields).toEqual({ id: "40011", quantity: "3" });
    await shopper.submit(form.getAttribute("action")!, fields as Record<string, string>);
    const { items } = await shopper.json<{ items: { variant_id: number; quantity: number }[] }>("/cart.js");
    expect(items.map(({ variant_id, quantity }) => [variant_id, quantity])).toEqual([[40_011, 3]]);
  });

  test("name the tier that the cart has reached, by product or by variant", async () => {
    const cart = [
      { id: 40_010, quantity: 2 },
      { id: 40_011, quantity: 2 },
    ];
    const together = await render(envelope(entry()), "/products/green-tea", cart);
    expect(textOf(together.document.querySelector("[data-cart]"))).toBe(
      "In your cart: 4, at $17.95 each. Add 2 more for $15.96 each.",
    );
    const apart = await render(envelope(entry({ together: false })), "/products/green-tea", cart);
    expect(textOf(apart.document.querySelector("[data-cart]"))).toBe(
      "In your cart: 2, at $19.95 each. Add 1 more for $17.95 each.",
    );
  });

  test("keep to quantities that can be bought", async () => {
    const { shop, shopper } = openShop();
    shop.products.get("8001")!.variants[0]!.quantityRule = { min: 2, max: 12, increment: 2 };
    const tiers = [...TIERS, { from: 20, reward: { kind: "percent", basisPoints: 3000 } }];
    publishEnvelope(shop, envelope(entry({ tiers })));
    const document = await page(shopper, "/products/green-tea");
    expect(rows(document).map((row) => row.split(/ \$| Save/)[0])).toEqual(["Buy 2", "Buy 4", "Buy 6 or more"]);
  });

  test.each([
    ["no tier", envelope(entry({ tiers: [] }))],
    ["tiers that are none", envelope(entry({ tiers: "3" }))],
    [
      "tiers that cannot be read",
      envelope(entry({ tiers: [null, 3, { from: "3" }, { from: 3 }, { from: 3, reward: 1 }] })),
    ],
    [
      "rewards out of range",
      envelope(entry({ tiers: [{ from: 3, reward: { kind: "percent", basisPoints: 10_001 } }] })),
    ],
    [
      "no amount in the currency",
      envelope(entry({ tiers: [{ from: 3, reward: { kind: "amount-off", amounts: { EUR: 1 } } }] })),
    ],
    [
      "prices that are higher",
      envelope(entry({ tiers: [{ from: 3, reward: { kind: "fixed-price", amounts: { USD: 2_000 } } }] })),
    ],
    ["an id that is none", envelope(entry({ id: 7 }))],
    ["only other types", envelope(entry({ type: "bundle" }), { type: "bought-together", id: "bt-1-8001" })],
    ["a later version", { version: 3, offers: [entry()] }],
    ["no version", { offers: [entry()] }],
  ])("are absent where there is %s", async (_, offers) => {
    expect(breaks((await render(offers)).document)).toBeNull();
  });
});

/** Tiers as a merchant can make them, and some that no editor would let through. */
const tier = fc.record({
  least: fc.integer({ min: 1, max: 8 }),
  reward: fc.oneof(
    fc.record({ kind: fc.constant("percent" as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
    fc.record({
      kind: fc.constantFrom("amount-off" as const, "fixed-price" as const),
      amounts: fc.dictionary(fc.constantFrom("USD", "EUR"), fc.integer({ min: 1, max: 2_500 }), { minKeys: 1 }),
    }),
  ),
});
const published = (tiers: readonly QuantityTier[], together: boolean) =>
  entry({ together, tiers: tiers.map(({ least, reward }) => ({ from: least, reward })) });

/** What the discount Function charges for so many units of one variant, with others of the product in the cart. */
function chargedMinor(tiers: readonly QuantityTier[], together: boolean, units: number, others: number): number {
  const rules = encodeProductRules([{ type: "quantity-breaks", number: 2, priority: 0, together, tiers }]);
  const line = (id: string, variant: string, quantity: number) => ({
    ...{ id, product: "8001", variant, quantity, unitPriceMinor: 1995, subscription: false, rules },
  });
  const lines = [line("a", "40010", units), line("b", "40011", others)];
  const { discounts } = priceCart({ currency: "USD", lines, shopRules: null });
  const off = discounts.filter(({ lineId }) => lineId === "a");
  return units * 1995 - off.reduce((sum, each) => sum + each.quantity * each.amountOffMinor, 0);
}
const minorIn = (text: string) => Math.round(Number(/\$([\d.]+)/.exec(text)![1]) * 100);

test("every price in every row is the one that the discount Function charges", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(tier, { minLength: 1, maxLength: 6 }), fc.boolean(), async (tiers, together) => {
      const { document } = await render(envelope(published(tiers, together)));
      for (const row of document.querySelectorAll("tsuide-breaks label")) {
        const units = Number(row.querySelector("input")!.value);
        const each = minorIn(textOf(row.querySelector("b")));
        expect(each * units).toBe(chargedMinor(tiers, together, units, 0));
      }
      expect(parseQuantityBreaks(envelope(published(tiers, together)))!.tiers).toHaveLength(tiers.length);
    }),
    { numRuns: 40 },
  );
});

describe("quantity breaks of what is almost sold out", () => {
  const shown = async (stock: number, inCart: number, given: Partial<DevVariant> = {}) => {
    const { shop, shopper } = openShop();
    Object.assign(shop.products.get("8001")!.variants[0]!, { inventoryQuantity: stock, ...given });
    publishEnvelope(shop, envelope(entry()));
    if (inCart > 0) await shopper.send("/cart/add.js", { items: [{ id: 40_010, quantity: inCart }] });
    const document = await page(shopper, "/products/green-tea");
    const values = [...document.querySelectorAll<HTMLElement>("tsuide-breaks label:not([hidden]) input")];
    return breaks(document)!.hidden ? [] : values.map((one) => one.getAttribute("value"));
  };

  test("offer no more units than are left beside those in the cart", async () => {
    expect(await shown(20, 0)).toEqual(["1", "3", "6"]);
    expect(await shown(6, 0)).toEqual(["1", "3", "6"]);
    expect(await shown(5, 0)).toEqual(["1", "3"]);
    expect(await shown(8, 3)).toEqual(["1", "3"]);
  });

  test("are not shown where no tier can be reached", async () => {
    expect(await shown(2, 0)).toEqual([]);
    // The third unit is in reach with two in the cart, and a reached tier stays named.
    expect(await shown(3, 2)).toEqual(["1"]);
    expect(await shown(3, 3)).toEqual(["1"]);
  });

  test("know no limit where Shopify counts no stock or sells beyond it", async () => {
    expect(await shown(2, 0, { inventoryPolicy: "CONTINUE" })).toEqual(["1", "3", "6"]);
    expect(await shown(2, 0, { tracked: false })).toEqual(["1", "3", "6"]);
  });
});

describe("quantity breaks, with the script", () => {
  async function openBreaks(offers: unknown = envelope(entry()), inCart: object[] = [], stock = 20) {
    const { shop, shopper } = openShop();
    shop.products.get("8001")!.variants[0]!.inventoryQuantity = stock;
    publishEnvelope(shop, offers);
    if (inCart.length > 0) await shopper.send("/cart/add.js", { items: inCart });
    const browser = await browse(shopper, "/products/green-tea");
    const { document, window } = browser;
    const at = <Part extends HTMLElement>(selector: string) =>
      document.querySelector<Part>(`tsuide-breaks ${selector}`)!;
    const field = document.querySelector<HTMLInputElement>("form[data-product-form] [name=quantity]")!;
    const change = (target: Element) => target.dispatchEvent(new window.Event("change", { bubbles: true }));
    return {
      ...{ ...browser, shop, shopper, at, field, change },
      async choose(quantity: number) {
        const radio = at<HTMLInputElement>(`input[value='${quantity}']`);
        radio.checked = true;
        change(radio);
        await settled();
      },
      async type(quantity: number) {
        field.value = String(quantity);
        change(field);
        await settled();
      },
      checked: () => at<HTMLInputElement>("input:checked").value,
      total: () => readOut(at("[data-total]")),
    };
  }

  test("set the page's own quantity, and say what it comes to", async () => {
    const { choose, field, total } = await openBreaks();
    expect(total()).toMatch(/^Total for 1: \$19.95/);
    await choose(3);
    expect(field.value).toBe("3");
    expect(total()).toBe("Total for 3: $53.85 Regular price $59.85 Save $6.00");
  });

  test("follow the page's own quantity and variant", async () => {
    const { type, checked, total, document, change, at } = await openBreaks();
    await type(7);
    expect(checked()).toBe("6");
    expect(total()).toContain("$111.72");
    const own = document.querySelector<HTMLSelectElement>("form[data-product-form] [name=id]")!;
    own.value = "40011";
    change(own);
    await settled();
    expect(textOf(at("label:nth-of-type(3) b"))).toBe("$19.96 each");
    expect(total()).toContain("$139.72");
  });

  test("offer of each variant what is left of it", async () => {
    const { document, change, at } = await openBreaks(envelope(entry()), [], 4);
    const values = () =>
      [...document.querySelectorAll<HTMLInputElement>("tsuide-breaks label:not([hidden]) input")].map(
        ({ value }) => value,
      );
    expect(values()).toEqual(["1", "3"]);
    const own = document.querySelector<HTMLSelectElement>("form[data-product-form] [name=id]")!;
    own.value = "40011";
    change(own);
    await settled();
    expect(values()).toEqual(["1", "3", "6"]);
    own.value = "40010";
    change(own);
    await settled();
    expect(values()).toEqual(["1", "3"]);
    expect(at("label").parentElement!.closest("tsuide-breaks")!.hasAttribute("hidden")).toBe(false);
  });

  test("count what is in the cart, whoever put it there", async () => {
    const { at, total, note, shopper } = await openBreaks(envelope(entry()), [{ id: 40_010, quantity: 1 }]);
    expect(textOf(at("[data-cart]"))).toBe("In your cart: 1, at $19.95 each. Add 2 more for $17.95 each.");
    await shopper.send("/cart/add.js", { items: [{ id: 40_011, quantity: 1 }] });
    note("http://localhost:4000/cart/add.js");
    await settled();
    expect(textOf(at("[data-cart]"))).toBe("In your cart: 2, at $19.95 each. Add 1 more for $17.95 each.");
    expect(total()).toBe("Total for 1: $17.95 Regular price $19.95 Save $2.00");
  });

  test("add with their own form only where the page has no field for a quantity", async () => {
    const { at, field, window } = await openBreaks();
    expect(at("form").parentElement!.hasAttribute("data-own-form")).toBe(false);
    field.remove();
    window.dispatchEvent(new window.Event("popstate"));
    await settled();
    expect(at("form").parentElement!.hasAttribute("data-own-form")).toBe(true);
  });

  test("say the total that the discount Function charges, whatever is in the cart", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(tier, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 5 }),
        async (tiers, together, units, others) => {
          const offers = envelope(published(tiers, together));
          const inCart = others > 0 ? [{ id: 40_011, quantity: others }] : [];
          const { document, type, total } = await openBreaks(offers, inCart);
          if (breaks(document) === null) return;
          await type(units);
          expect(minorIn(total())).toBe(chargedMinor(tiers, together, units, others));
        },
      ),
      { numRuns: 12 },
    );
  });
});

test("a product's texts are text in what the script reads", async () => {
  const { document } = await render(envelope(entry({ id: "</script><img src=x onerror=alert(1)>" })));
  expect(document.querySelector("img[onerror]")).toBeNull();
  expect(new JSDOM(document.documentElement.outerHTML).window.document.querySelector("img[onerror]")).toBeNull();
});
