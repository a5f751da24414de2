import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chosenPriceMinor } from "../../../app/domain/offers/types/mix-and-match/published.ts";
import { tierPriceMinor } from "../../../app/domain/offers/types/quantity-breaks/published.ts";
import { priceCart } from "../../../app/domain/pricing/price-cart.ts";
import { encodeProductRules } from "../../../app/domain/pricing/rules.ts";
import type { DevShop } from "../../dev-store/shop/state.ts";
import { buildProduct, setMetafield } from "../../dev-store/storefront/sample-shop.ts";
import {
  browse,
  fieldsOf,
  gidOf,
  openShop,
  page,
  publishStorefront,
  settled,
  textOf,
} from "../../fixtures/open-theme-shop.ts";

/** The tea (8001) costs $19.95, its larger size $24.95; the cup (8002) $12.50; the scoop (8009) $6.45; the tray's sizes $39.50 and $44.50. */
const entry = (product: number, given: object = {}) => ({
  ...{ type: "mix-and-match", id: `mm-7-${product}`, choose: 3, products: ["8001", "8002", "8007", "8009"] },
  ...{ collections: [], reward: { kind: "fixed-price", amounts: { USD: 4_000 } }, ...given },
});
const widget = (document: Document) => document.querySelector<HTMLElement>("tsuide-mix");

/** Products that carry the offer, each with the same fields of its own. */
function publish(shop: DevShop, products: readonly number[], given: object = {}) {
  for (const product of products) {
    const offers = { version: 2, offers: [entry(product, given)] };
    setMetafield(shop, gidOf(product), "$app", "offers", "json", offers);
    const others = [8001, 8002, 8007, 8009].filter((one) => one !== product).map(gidOf);
    setMetafield(shop, gidOf(product), "$app", "companions", "list.product_reference", others);
  }
}

async function render(products: readonly number[], given: object = {}, path = "/products/green-tea") {
  const { shop, shopper } = openShop();
  publish(shop, products, given);
  const document = await page(shopper, path);
  expect(textOf(document.body)).not.toContain("Liquid error");
  return { document, shop, shopper };
}

const rowsOf = (document: Document) => [...document.querySelectorAll("tsuide-mix li")];
const titles = (document: Document) => rowsOf(document).map((row) => textOf(row.querySelector("a")));

describe("mix and match, as Liquid renders it", () => {
  test("shows what can be chosen, the page's own product first, with the price of each", async () => {
    const { document } = await render([8001, 8002, 8009]);
    expect(textOf(document.querySelector("tsuide-mix legend"))).toBe("Choose 3 for $40.00");
    expect(titles(document)).toEqual(["Green Tea", "Tea Cup", "Tea Scoop"]);
    expect(rowsOf(document).map((row) => textOf(row.querySelector("div > span")))).toEqual([
      ...["$19.95", "$12.50", "$6.45"],
    ]);
    const counts = [...document.querySelectorAll("tsuide-mix [data-count]")];
    expect(counts.map(textOf)).toEqual(["0123", "0123", "0123"]);
    expect(counts.map((count) => count.getAttribute("aria-label"))[2]).toBe("How many of Tea Scoop");
  });

  test("leaves out products that are not part of the offer, whatever the entry names", async () => {
    expect(titles((await render([8001, 8009])).document)).toEqual(["Green Tea", "Tea Scoop"]);
  });

  test("is absent on the page of a product that is no part of it, though its companions are", async () => {
    const { shop, shopper } = openShop();
    publish(shop, [8002, 8009]);
    setMetafield(shop, gidOf(8001), "$app", "companions", "list.product_reference", [8002, 8009].map(gidOf));
    expect(widget(await page(shopper, "/products/green-tea"))).toBeNull();
  });

  test("takes few bytes beside the products themselves", async () => {
    const bytes = async (products: readonly number[]) => {
      const { document } = await render(products);
      return Buffer.byteLength(widget(document)!.outerHTML);
    };
    const two = await bytes([8001, 8009]);
    const three = await bytes([8001, 8002, 8009]);
    expect(three - two).toBeLessThan(550);
    expect(two - 2 * (three - two)).toBeLessThan(1_536);
  });

  test("names a percentage, and is in Japanese in a Japanese shop", async () => {
    const percent = { reward: { kind: "percent", basisPoints: 1_250 } };
    expect(textOf((await render([8001], percent)).document.querySelector("tsuide-mix legend"))).toBe(
      "Choose 3, save 12.5%",
    );
    const { document } = await render([8001], percent, "/ja/products/green-tea");
    expect(textOf(document.querySelector("tsuide-mix legend"))).toBe("よりどり3点で12.5%OFF");
  });

  test("shows a sold-out product with the reason, and nothing to choose of it", async () => {
    const { shop, shopper } = openShop();
    publish(shop, [8001, 8009]);
    shop.products.get("8009")!.variants[0]!.inventoryQuantity = 0;
    const row = rowsOf(await page(shopper, "/products/green-tea"))[1]!;
    expect(textOf(row)).toContain("Sold out");
    expect(row.querySelector("select, input")).toBeNull();
  });

  test("offers of each product no more units than are in stock of any variant", async () => {
    const { shop, shopper } = openShop();
    publish(shop, [8001, 8007, 8009]);
    shop.products.get("8009")!.variants[0]!.inventoryQuantity = 1;
    shop.products.get("8007")!.variants.forEach((variant, size) => (variant.inventoryQuantity = size));
    const document = await page(shopper, "/products/green-tea");
    const counts = [...document.querySelectorAll("tsuide-mix [data-count]")].map(textOf);
    expect(counts).toEqual(["0123", "012", "01"]);
  });

  test("offers of each product the variants that can be bought", async () => {
    const { document } = await render([8001, 8007]);
    const [own, tray] = rowsOf(document).map((row) => [...row.querySelectorAll("[data-variant] option")].map(textOf));
    expect(own).toEqual(["Choose to add", "50 g", "100 g – $24.95"]);
    expect(tray).toEqual(["Choose to add", "Medium", "Large – $44.50"]);
  });

  test("lists the products of a collection, at most six, and links to all of them", async () => {
    const { shop, shopper } = openShop();
    const more = [21, 22, 23, 24, 25, 26].map((number) => buildProduct(number, `Tea ${number}`, 900));
    for (const product of more) shop.products.set(product.id, product);
    publish(shop, [8001, ...more.map(({ id }) => Number(id))], { products: [], collections: ["1"] });
    const document = await page(shopper, "/products/green-tea");
    expect(titles(document)).toEqual(["Green Tea", "Tea 21", "Tea 22", "Tea 23", "Tea 24", "Tea 25"]);
    const link = [...document.querySelectorAll("tsuide-mix a")].find((one) => textOf(one) === "See all choices");
    expect(link?.getAttribute("href")).toBe("/collections/tea");
    publish(shop, [8001, 8021], { products: [], collections: ["1"] });
    for (const { id } of more.slice(1)) setMetafield(shop, gidOf(Number(id)), "$app", "offers", "json", null);
    const fewer = await page(shopper, "/products/green-tea");
    expect(titles(fewer)).toEqual(["Green Tea", "Tea 21"]);
    expect(textOf(widget(fewer))).not.toContain("See all choices");
  });

  test("lists all of a collection on its page", async () => {
    const { shop, shopper } = openShop();
    publish(shop, [8001, 8002, 8009], { products: [], collections: ["1"] });
    const document = await page(shopper, "/collections/tea");
    expect(titles(document).toSorted()).toEqual(["Green Tea", "Tea Cup", "Tea Scoop"]);
    setMetafield(shop, gidOf(8001), "$app", "offers", "json", null);
    expect(titles(await page(shopper, "/collections/tea")).toSorted()).toEqual(["Tea Cup", "Tea Scoop"]);
    expect(widget(document)!.dataset).toMatchObject({ size: "3", left: "0" });
    expect(widget(await page(shopper, "/collections/all"))).not.toBeNull();
  });

  test("adds what is ticked without a script, and nothing that is not", async () => {
    const { document, shopper } = await render([8001, 8002, 8009]);
    const form = document.querySelector<HTMLFormElement>("tsuide-mix form")!;
    form.querySelectorAll<HTMLInputElement>("[type=checkbox]")[1]!.checked = true;
    form.querySelector<HTMLSelectElement>("[data-variant]")!.value = "40011";
    await shopper.submit(form.getAttribute("action")!, fieldsOf(form));
    const { items } = await shopper.json<{ items: { product_id: number; quantity: number }[] }>("/cart.js");
    expect(items.map(({ product_id, quantity }) => [product_id, quantity]).sort()).toEqual([
      [8001, 1],
      [8009, 1],
    ]);
  });

  test.each([
    ["no number of units", { choose: 1 }],
    ["a number that is none", { choose: "3" }],
    ["no price in the currency", { reward: { kind: "fixed-price", amounts: { EUR: 100 } } }],
    ["an amount off", { reward: { kind: "amount-off", amounts: { USD: 100 } } }],
    ["a percentage out of range", { reward: { kind: "percent", basisPoints: 10_001 } }],
    ["an id of another type", { id: "qb-7-8001" }],
  ])("is absent where there is %s", async (_, given) => {
    expect(widget((await render([8001], given)).document)).toBeNull();
  });

  test("is absent while the app is switched off", async () => {
    const { shop, shopper } = openShop();
    publish(shop, [8001, 8009]);
    publishStorefront(shop, { enabled: false });
    expect(widget(await page(shopper, "/products/green-tea"))).toBeNull();
  });
});

describe("mix and match, with the script", () => {
  async function open(products = [8001, 8002, 8009], given: object = {}) {
    const { shop, shopper } = openShop();
    publish(shop, products, given);
    return { shop, shopper, ...(await browse(shopper, "/products/green-tea")) };
  }
  const at = (document: Document, name: string) => document.querySelector<HTMLElement>(`tsuide-mix [data-${name}]`)!;
  async function pick(document: Document, place: number, count: number) {
    const field = document.querySelectorAll<HTMLSelectElement>("tsuide-mix [data-count]")[place]!;
    field.value = String(count);
    field.dispatchEvent(new document.defaultView!.Event("change", { bubbles: true }));
    await settled();
  }
  async function submit(document: Document) {
    const form = document.querySelector("tsuide-mix form")!;
    form.dispatchEvent(new document.defaultView!.Event("submit", { bubbles: true, cancelable: true }));
    await settled();
  }

  test("says how many are missing, and what the choice costs apart and together", async () => {
    const { document } = await open();
    expect(textOf(at(document, "more"))).toBe("Choose 3 more");
    expect(at(document, "total").hidden).toBe(true);
    await pick(document, 1, 2);
    expect(textOf(at(document, "more"))).toBe("Choose 1 more");
    expect(at(document, "add").getAttribute("aria-disabled")).toBe("true");
    await pick(document, 0, 1);
    expect(textOf(at(document, "more"))).toBe("");
    expect(textOf(at(document, "total").querySelector("b"))).toBe("$40.00");
    expect(textOf(at(document, "total").querySelector("s"))).toBe("$44.95");
    expect(at(document, "add").getAttribute("aria-disabled")).toBe("false");
  });

  test("adds nothing until the group is complete, then all with one request and the claims of the others", async () => {
    const { shop, document, requests } = await open();
    await pick(document, 2, 2);
    await submit(document);
    expect(requests.filter(({ path }) => path.startsWith("/cart/add"))).toEqual([]);
    await pick(document, 0, 1);
    await submit(document);
    const [added] = requests.filter(({ path }) => path.startsWith("/cart/add"));
    expect((added!.body as { items: unknown[] }).items).toEqual([
      { id: 40_010, quantity: 1 },
      {
        ...{ id: Number(shop.products.get("8009")!.variants[0]!.id), quantity: 2 },
        properties: { _tsuide: "mm-7-8009/product" },
      },
    ]);
    expect(textOf(at(document, "status"))).toContain("Added 3 to your cart.");
    expect(textOf(at(document, "more"))).toBe("Choose 3 more");
  });

  test("counts what is in the cart towards the first group", async () => {
    const { shop, shopper } = openShop();
    publish(shop, [8001, 8009]);
    await shopper.send("/cart/add.js", { items: [{ id: shop.products.get("8009")!.variants[0]!.id, quantity: 1 }] });
    const { document } = await browse(shopper, "/products/green-tea");
    expect(textOf(at(document, "cart"))).toBe("1 in your cart counts as well.");
    expect(textOf(at(document, "more"))).toBe("Choose 2 more");
    await pick(document, 0, 2);
    expect(textOf(at(document, "more"))).toBe("");
    expect(textOf(at(document, "total").querySelector("b"))).toBe("$39.90");
    expect(textOf(at(document, "total").querySelector("s"))).toBe("");
    await submit(document);
    expect(textOf(at(document, "status"))).toContain("Added 2 to your cart.");
    expect(at(document, "cart")).toBeNull();
    expect(textOf(at(document, "more"))).toBe("Choose 3 more");
  });

  test("adds the chosen variant at its price", async () => {
    const { document, requests } = await open();
    const variant = rowsOf(document)[0]!.querySelector<HTMLSelectElement>("[data-variant]")!;
    variant.value = "40011";
    await pick(document, 0, 3);
    expect(textOf(at(document, "total").querySelector("s"))).toBe("$74.85");
    await submit(document);
    const [added] = requests.filter(({ path }) => path.startsWith("/cart/add"));
    expect((added!.body as { items: unknown[] }).items).toEqual([{ id: 40_011, quantity: 3 }]);
  });
});

test("what the widget says chosen units cost is what the discount Function charges", () => {
  const reward = fc.oneof(
    fc.integer({ min: 1, max: 10_000 }).map((basisPoints) => ({ kind: "percent" as const, basisPoints })),
    fc.integer({ min: 1, max: 9_000 }).map((USD) => ({ kind: "fixed-price" as const, amounts: { USD } })),
  );
  const prices = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 9 });
  fc.assert(
    fc.property(prices, fc.integer({ min: 2, max: 4 }), reward, (chosen, choose, given) => {
      const rules = encodeProductRules([{ type: "mix-and-match", number: 7, priority: 0, choose, reward: given }]);
      const lines = chosen.map((unitPriceMinor, place) => ({
        ...{ id: `line-${place}`, product: String(place + 1), variant: null, quantity: 1, unitPriceMinor, rules },
        subscription: false,
      }));
      const off = priceCart({ currency: "USD", lines, shopRules: null }).discounts;
      const charged = off.reduce(
        (sum, one) => sum - one.quantity * one.amountOffMinor,
        chosen.reduce((sum, price) => sum + price, 0),
      );
      const value = given.kind === "percent" ? given.basisPoints : given.amounts.USD;
      const tiers = [{ from: 1, kind: given.kind, value }];
      const each = (price: number) => tierPriceMinor(tiers, 1, price);
      expect(chosenPriceMinor(choose, chosen, given.kind === "percent", each)).toBe(charged);
    }),
  );
});
