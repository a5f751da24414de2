import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rankForCart } from "../../../app/domain/placements/suggest-for-cart.ts";
import { parseProductOffer } from "../../../app/domain/offers/types/bought-together/published.ts";
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

const TEA = 8001;
const VARIANT = 40_010;
type Opened = ReturnType<typeof openShop>;

/** Publishes a set of a product, and what resolves its companions: weights by product. */
function publishSet({ shop }: Opened, product: number, weights: Record<string, number>, given: object = {}) {
  const companions = Object.entries(weights).map(([companion, weight]) => ({ product: companion, weight }));
  const offer = {
    type: "bought-together",
    id: `bt-1-${product}`,
    discountBasisPoints: 0,
    set: 3,
    companions,
    ...given,
  };
  const envelope = { version: 2, offers: [offer] };
  setMetafield(shop, gidOf(product), "$app", "offers", "json", envelope);
  const resolved = Object.keys(weights).map((id) => gidOf(Number(id)));
  setMetafield(shop, gidOf(product), "$app", "companions", "list.product_reference", resolved);
  return envelope;
}

/** The sample shop with nine cheap things beside its own products. */
function open(): Opened {
  const opened = openShop();
  for (const [number, title] of [..."ABCDEFGHI"].entries()) {
    const product = buildProduct(20 + number, `Thing ${title}`, 300 + number);
    opened.shop.products.set(product.id, product);
  }
  return opened;
}
const variantOf = (product: number) => (product - 8000) * 10 + 40_000;
const put = ({ shopper }: Opened, ...ids: number[]) =>
  shopper.send("/cart/add.js", { items: ids.map((id) => ({ id, quantity: 1 })) });
const suggested = (document: Document) => [...document.querySelectorAll("tsuide-cart [data-title]")].map(textOf);
const cartPage = async ({ shopper }: Opened, path = "/cart") => {
  const document = await page(shopper, path);
  expect(textOf(document.body)).not.toContain("Liquid error");
  return document;
};

describe("cart suggestions, as Liquid renders them", () => {
  test("are the three best by the sum of their weights over the whole cart", async () => {
    const opened = open();
    publishSet(opened, TEA, { 8020: 0.5, 8021: 0.4, 8022: 0.3, 8023: 0.2 });
    publishSet(opened, 8002, { 8023: 0.35, 8022: 0.1 });
    await put(opened, VARIANT, 40_020);
    expect(suggested(await cartPage(opened))).toEqual(["Thing D", "Thing A", "Thing B"]);
  });

  test("are never in the cart, sold out, a gift card or above a quarter of the cart", async () => {
    const opened = open();
    opened.shop.products.get("8021")!.variants[0]!.inventoryQuantity = 0;
    publishSet(opened, TEA, { 8002: 0.9, 8020: 0.8, 8021: 0.7, 8022: 0.6, 8007: 0.5 });
    await put(opened, VARIANT, 40_020);
    expect(suggested(await cartPage(opened))).toEqual(["Thing A", "Thing C"]);
  });

  test("are no two makes of one thing, and none of what is in the cart", async () => {
    const opened = open();
    for (const [id, title] of [
      [8020, "Bamboo Strainer"],
      [8021, "Steel Strainer"],
      [8022, "Tall Cup"],
    ] as const) {
      opened.shop.products.get(String(id))!.title = title;
    }
    publishSet(opened, TEA, { 8020: 0.9, 8021: 0.8, 8022: 0.7 });
    await put(opened, VARIANT, 40_020);
    expect(suggested(await cartPage(opened))).toEqual(["Bamboo Strainer"]);
  });

  test("are shown at the price that they have next to the cart, and added by their form without a script", async () => {
    const opened = open();
    publishSet(opened, TEA, { 8020: 0.5 }, { discountBasisPoints: 1000 });
    await put(opened, VARIANT);
    const document = await cartPage(opened);
    expect(textOf(document.querySelector("tsuide-cart b"))).toBe("$2.70");
    const form = document.querySelector<HTMLFormElement>("tsuide-cart form[data-item]")!;
    expect(fieldsOf(form)).toEqual({ id: String(variantOf(8020)), "properties[_tsuide]": "bt-1-8001/cart" });
  });

  test("are in Japanese in a Japanese shop", async () => {
    const opened = open();
    publishSet(opened, TEA, { 8020: 0.5 });
    await put(opened, VARIANT);
    const document = await cartPage(opened, "/ja/cart");
    expect(textOf(document.querySelector("tsuide-cart h2"))).toBe("カートの商品と一緒にいかがですか");
  });

  test.each([
    ["the offer is for other places", (opened: Opened) => publishSet(opened, TEA, { 8020: 1 }, { on: ["product"] })],
    ["the app is switched off", (opened: Opened) => publishStorefront(opened.shop, { version: 2, enabled: false })],
    ["the shopper declined", ({ shopper }: Opened) => shopper.submit("/cart", { "attributes[_tsuide_declined]": "1" })],
    ["the cart is empty", ({ shopper }: Opened) => shopper.send("/cart/clear.js", {})],
  ])("are absent where %s", async (_, change) => {
    const opened = open();
    publishSet(opened, TEA, { 8020: 0.5 });
    await put(opened, VARIANT);
    expect(suggested(await cartPage(opened))).toHaveLength(1);
    await change(opened);
    const document = await cartPage(opened);
    expect(suggested(document)).toEqual([]);
    expect(document.querySelector<HTMLElement>("tsuide-cart")!.hidden).toBe(true);
  });

  test("are ranked as at checkout, whatever is published", () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.record({
            product: fc.constantFrom(TEA, 8002, 8009),
            weights: fc.dictionary(
              fc.integer({ min: 8020, max: 8028 }).map(String),
              fc.integer({ min: 1, max: 1000 }).map((thousandths) => thousandths / 1000),
              { minKeys: 1 },
            ),
            discountBasisPoints: fc.constantFrom(0, 500, 1000),
          }),
          { minLength: 1, maxLength: 3, selector: ({ product }) => product },
        ),
        async (offers) => {
          const opened = open();
          // Every title is another thing, and everything is cheap enough.
          const published = offers.map(({ product, weights, ...given }) => {
            const offer = publishSet(opened, product, weights, given);
            return [String(product), parseProductOffer(offer)] as const;
          });
          await put(opened, VARIANT, 40_020, 40_090);
          const expected = rankForCart(new Map(published)).slice(0, 3);
          const document = await cartPage(opened);
          const rows = [...document.querySelectorAll<HTMLElement>("tsuide-cart form[data-item]")];
          expect(
            rows.map((row) => [
              row.querySelector<HTMLInputElement>("[name=id]")!.value,
              row.querySelector<HTMLInputElement>("[name^=properties]")!.value,
              Number(row.dataset.off),
            ]),
          ).toEqual(
            expected.map(({ product, offerId, discountBasisPoints }) => [
              String(variantOf(Number(product))),
              `${offerId}/cart`,
              discountBasisPoints,
            ]),
          );
        },
      ),
      { numRuns: 25 },
    ));
});

describe("cart suggestions, with the script", () => {
  async function openCart() {
    const opened = open();
    publishSet(opened, TEA, { 8020: 0.5, 8021: 0.4, 8022: 0.3, 8023: 0.2 });
    await put(opened, VARIANT);
    const browser = await browse(opened.shopper, "/cart");
    const { document, window } = browser;
    const submit = async (selector: string) => {
      const form = document.querySelector(`tsuide-cart ${selector}`)!;
      form.dispatchEvent(new window.Event("submit", { bubbles: true, cancelable: true }));
      await settled();
      await settled();
    };
    return { ...opened, ...browser, submit };
  }

  test("are added with one press and one request, and the next best moves up", async () => {
    const { document, submit, requests, shopper } = await openCart();
    await submit("form[data-item]");
    expect(requests.filter(({ path }) => path === "/cart/add.js")).toHaveLength(1);
    expect(suggested(document)).toEqual(["Thing B", "Thing C", "Thing D"]);
    expect(textOf(document.querySelector("tsuide-cart [data-status]"))).toContain("Added 1 to your cart.");
    const cart = await shopper.json<{ items: { variant_id: number; properties: object }[] }>("/cart.js");
    const line = cart.items.find(({ variant_id }) => variant_id === variantOf(8020));
    expect(line?.properties).toEqual({ _tsuide: "bt-1-8001/cart" });
  });

  test("are shown on no page once the shopper has declined", async () => {
    const { document, submit, shopper } = await openCart();
    await submit("form[data-decline]");
    expect(document.querySelector<HTMLElement>("tsuide-cart")!.hidden).toBe(true);
    expect(suggested(await page(shopper, "/cart"))).toEqual([]);
  });

  test("ask the shop for nothing while the cart stays as it is", async () => {
    const { requests, note } = await openCart();
    note("http://localhost:4000/cart/update.js");
    await settled();
    expect(requests.map(({ path }) => path)).toEqual(["/cart.js"]);
  });
});
