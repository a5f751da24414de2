import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { openShop, page, publishOffer, textOf } from "../../test/fixtures/open-theme-shop.ts";
import type { DevProduct } from "../../test/dev-store/shop/state.ts";
import type { PreviewProduct, PreviewProducts } from "../views/preview-view.ts";
import { BLOCK_FILES } from "./block-files.server.ts";
import { previewFacts, previewPage } from "./preview-page.ts";
import { previewOfOffer } from "./previewed-offer.ts";

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

function preview(change: { basisPoints?: number; setSize?: number; tell?: boolean } = {}, of = shown): Document {
  const { basisPoints = 1000, setSize = 3, tell = true } = change;
  const facts = previewFacts(of, { tellOrdersTogether: tell, similar: false, now: new Date() })!;
  const content = { config: { setSize }, reward: { kind: "percent", basisPoints } as const };
  return documentOf(previewPage(BLOCK_FILES, of, previewOfOffer("bought-together", content, facts), "en"));
}

function goalPreview(amountMinor: number, language: string, of: PreviewProducts): Document {
  const facts = previewFacts(of, { tellOrdersTogether: true, similar: false, now: new Date() })!;
  const content = { config: { amounts: { [of.currency]: amountMinor }, tiers: [], countries: null }, reward: null };
  return documentOf(previewPage(BLOCK_FILES, of, previewOfOffer("goal", content, facts), language));
}

const documentOf = (html: string) => new JSDOM(html).window.document;
const set = (document: Document) => document.querySelector("tsuide-set")!;

test("the set is what the storefront renders for the same offer, word by word", async () => {
  publishOffer(shop, [8007, 8009]);
  const storefront = await page(shopper, "/products/green-tea");
  const words = (element: Element) => {
    for (const script of element.querySelectorAll("script")) script.remove();
    return textOf(element);
  };
  expect(words(set(storefront))).toContain("Bamboo Tray");
  expect(words(set(preview({ tell: false })))).toBe(words(set(storefront)));
});

test("nothing is ticked, nothing is loaded, and the block's own styles are in", () => {
  const document = preview();
  expect(document.querySelectorAll("input[checked]")).toHaveLength(0);
  expect(document.querySelectorAll("script[src], link")).toHaveLength(0);
  expect(document.head.textContent).toContain(".ts-widget");
  expect(document.body.hasAttribute("inert")).toBe(true);
});

test("size, discount and counts of orders follow the form", () => {
  expect(preview().querySelectorAll("tsuide-set li")).toHaveLength(3);
  expect(preview({ setSize: 1 }).querySelectorAll("tsuide-set li")).toHaveLength(2);
  expect(textOf(set(preview()))).toContain("10%");
  expect(textOf(set(preview({ basisPoints: 0 })))).not.toMatch(/\d%/);
  expect(textOf(set(preview()))).toContain("112");
  expect(textOf(set(preview({ tell: false })))).not.toContain("112");
});

test("the goal bar is there with a goal, in the language and the currency of the shop", () => {
  expect(preview().querySelector("tsuide-goal")).toBeNull();
  expect(textOf(goalPreview(7500, "en", shown).querySelector("tsuide-goal"))).toContain("$30.00");
  const yen = goalPreview(8000, "ja", { ...shown, currency: "JPY" });
  expect(textOf(yen.querySelector("tsuide-goal"))).toMatch(/[¥￥]3,200/);
  expect(yen.documentElement.lang).toBe("ja");
});

test("add-ons are shown with every price of theirs, however little the example's product costs", () => {
  const [cheap, dear] = [...products].sort((a, b) => a.variants[0]!.priceMinor - b.variants[0]!.priceMinor);
  const [variant] = dear!.variants;
  const options = [1, 2].map((times) => ({ ...variant!, id: times, priceMinor: variant!.priceMinor * 10 * times }));
  const of = { ...shown, products: [cheap!, { ...dear!, variants: options }] };
  const facts = previewFacts(of, { tellOrdersTogether: true, similar: false, now: new Date() })!;
  const content = { config: { addOns: [{ product: [], text: { en: "Wrapped by hand." } }], cap: 25 }, reward: null };
  const document = documentOf(previewPage(BLOCK_FILES, of, previewOfOffer("add-on", content, facts), "en"));
  expect(textOf(document.querySelector("tsuide-add-on"))).toContain("Wrapped by hand.");
  expect(document.querySelectorAll("tsuide-add-on option")).toHaveLength(2);
});

test("a product's own text is text, whatever it holds", () => {
  const title = `<img src=x onerror="alert(1)"></script>{{ shop }}`;
  const [first, ...others] = products;
  const document = preview({}, { ...shown, products: [{ ...first!, title }, ...others] });
  expect(document.querySelector("img[onerror]")).toBeNull();
  expect(textOf(set(document))).toContain("{{ shop }}");
});
