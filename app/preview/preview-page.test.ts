import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { openShop, page, publishOffer, textOf } from "../../test/fixtures/open-theme-shop.ts";
import type { DevProduct } from "../../test/dev-store/shop/state.ts";
import type { PreviewProduct, PreviewProducts } from "../views/preview-view.ts";
import { BLOCK_FILES } from "./block-files.server.ts";
import { previewPage, type PreviewSettings } from "./preview-page.ts";

const NOW = new Date();
const settings: PreviewSettings = {
  blocks: ["bought-together", "goal-bar"],
  discountBasisPoints: 1000,
  setSize: 3,
  tellOrdersTogether: true,
  goalMinor: null,
  breaks: null,
};

function previewProduct(product: DevProduct): PreviewProduct {
  return {
    ...{ id: Number(product.id), title: product.title, handle: product.handle, imageUrl: product.image },
    variants: product.variants.map((variant) => ({
      ...{ id: Number(variant.id), title: variant.title, priceMinor: variant.priceMinor },
      available: (variant.inventoryQuantity ?? 0) > 0,
      options: Object.fromEntries(product.options.map((name, at) => [name, variant.options[at] ?? ""])),
    })),
  };
}

const { shop, shopper } = openShop();
const products = ["8001", "8007", "8009"].map((id) => previewProduct(shop.products.get(id)!));
const shown: PreviewProducts = { currency: "USD", products, orders: { 8007: 112, 8009: 9 }, isExample: false };

function preview(change: Partial<PreviewSettings> = {}, language = "en", of = shown): Document {
  const html = previewPage(BLOCK_FILES, of, { ...settings, ...change }, { language, now: NOW });
  return new JSDOM(html).window.document;
}
const set = (document: Document) => document.querySelector("tsuide-set")!;

test("the set is what the storefront renders for the same offer, word by word", async () => {
  publishOffer(shop, [8007, 8009]);
  const storefront = await page(shopper, "/products/green-tea");
  const words = (element: Element) => {
    for (const script of element.querySelectorAll("script")) script.remove();
    return textOf(element);
  };
  expect(words(set(storefront))).toContain("Bamboo Tray");
  expect(words(set(preview({ tellOrdersTogether: false })))).toBe(words(set(storefront)));
});

test("nothing is ticked, nothing is loaded, and the block's own styles are in", () => {
  const document = preview();
  expect(document.querySelectorAll("input[checked]")).toHaveLength(0);
  expect(document.querySelectorAll("script[src], link")).toHaveLength(0);
  expect(document.head.textContent).toContain(".tsuide-set");
  expect(document.body.hasAttribute("inert")).toBe(true);
});

test("size, discount and counts of orders follow the form", () => {
  expect(preview().querySelectorAll("tsuide-set li")).toHaveLength(3);
  expect(preview({ setSize: 1 }).querySelectorAll("tsuide-set li")).toHaveLength(2);
  expect(textOf(set(preview()))).toContain("10%");
  expect(textOf(set(preview({ discountBasisPoints: 0 })))).not.toMatch(/\d%/);
  expect(textOf(set(preview()))).toContain("112");
  expect(textOf(set(preview({ tellOrdersTogether: false })))).not.toContain("112");
});

test("the goal bar is there with a goal, in the language and the currency of the shop", () => {
  expect(preview().querySelector("tsuide-goal")).toBeNull();
  expect(textOf(preview({ goalMinor: 7500 }).querySelector("tsuide-goal"))).toContain("$30.00");
  const yen = preview({ goalMinor: 8000 }, "ja", { ...shown, currency: "JPY" });
  expect(textOf(yen.querySelector("tsuide-goal"))).toMatch(/[¥￥]3,200/);
  expect(yen.documentElement.lang).toBe("ja");
});

test("a product's own text is text, whatever it holds", () => {
  const title = `<img src=x onerror="alert(1)"></script>{{ shop }}`;
  const [first, ...others] = products;
  const document = preview({}, "en", { ...shown, products: [{ ...first!, title }, ...others] });
  expect(document.querySelector("img[onerror]")).toBeNull();
  expect(textOf(set(document))).toContain("{{ shop }}");
});
