/** Titles are text, and money is HTML: neither is escaped twice, whatever a merchant has put into it. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { storefrontEntry } from "../../../app/domain/offers/types/goal/published.ts";
import type { GoalTier } from "../../../app/domain/offers/types/goal/tiers.ts";
import { gid } from "../../../app/domain/ids.ts";
import { setMetafield } from "../../dev-store/storefront/sample-shop.ts";
import type { DevShop } from "../../dev-store/shop/state.ts";
import { publishEveryWidget } from "../../fixtures/every-widget.ts";
import {
  browse,
  gidOf,
  openShop,
  page,
  publishEnvelope,
  publishStorefront,
  settled,
  textOf,
} from "../../fixtures/open-theme-shop.ts";

const TEA_VARIANT = 40_010;
const CUP = 40_020;
/** What is often in titles, and what must not become an element. */
const MARKS = `6" & 'Fun' <b>new</b> #1 ^2`;

/** A goal with each kind of reward: a discount of 5.00, a gift, 12.5 %, and free shipping. */
function publishGoal(shop: DevShop) {
  const tiers: GoalTier[] = [
    { from: { USD: 1_500 }, reward: { kind: "amount-off", amounts: { USD: 500 } } },
    { from: { USD: 2_000 }, reward: { kind: "gift", product: [gid("Product", 8009)] } },
    { from: { USD: 90_000 }, reward: { kind: "amount-off", amounts: { USD: 700 } } },
  ];
  const entry = storefrontEntry("goal-7", { amounts: { USD: 95_000 }, countries: null, tiers });
  publishStorefront(shop, { version: 2, offers: [entry] });
  const installation = `gid://shopify/AppInstallation/${shop.installation.id}`;
  setMetafield(shop, installation, "tsuide", "gifts", "list.product_reference", [gidOf(8009)]);
}

/** The product page with every widget, with rewards that are amounts, and the cart. */
function openWidgets(given: Partial<DevShop> = {}) {
  const opened = openShop(given);
  publishEveryWidget(opened.shop);
  publishGoal(opened.shop);
  return opened;
}

/** A set, "buy X, get Y" and quantity breaks whose rewards are amounts in words. */
function publishAmounts(shop: DevShop, setReward: object) {
  const companions = [8002, 8009].map((product) => ({ product: String(product), weight: 0.5 }));
  const amount = { kind: "amount-off", amounts: { USD: 300 } };
  const offers = [
    { type: "bought-together", id: "bt-1-8001", discountBasisPoints: 0, set: 2, companions, setReward },
    { type: "buy-x-get-y", id: "xy-5-8001", buy: 2, get: 1, products: ["8009"], reward: amount },
    { type: "quantity-breaks", id: "qb-2-8001", together: true, tiers: [{ from: 2, reward: amount }] },
  ];
  publishEnvelope(shop, { version: 2, offers }, [8002, 8009]);
}

const widgetsOf = (document: Document) => [...document.querySelectorAll(".ts-widget")];

/** What a shopper reads or hears of the widgets: all texts, and the attributes that are read out or written by scripts. */
function saidBy(document: Document): string[] {
  return widgetsOf(document).flatMap((widget) => [
    textOf(widget),
    ...[widget, ...widget.querySelectorAll("*")].flatMap((element) =>
      ["aria-label", "aria-valuetext", "title", "data-format"].flatMap((name) => element.getAttribute(name) ?? []),
    ),
  ]);
}

test("titles with marks stand as they are in what is read and in what is read out", async () => {
  const { shop, shopper } = openWidgets();
  for (const product of shop.products.values()) {
    product.title = `${product.id} ${MARKS}`;
    if (product.variants.length < 2) continue;
    product.options = [MARKS];
    for (const variant of product.variants) variant.title = variant.options[0] = `${variant.id} ${MARKS}`;
  }
  for (const collection of shop.collections) collection.title = MARKS;
  const best = [...shop.products.keys()].map((id) => gidOf(Number(id)));
  setMetafield(shop, `gid://shopify/Shop/${shop.id}`, "$app", "best_sellers", "list.product_reference", best);

  const documents = [await page(shopper, "/products/green-tea"), await page(shopper, "/")];
  for (const { handle } of shop.collections) documents.push(await page(shopper, `/collections/${handle}`));
  await shopper.send("/cart/add.js", { items: [{ id: CUP, quantity: 1 }] });
  documents.push(await page(shopper, "/cart"));
  await shopper.send("/cart/add.js", { items: [{ id: CUP, quantity: 1 }] });
  documents.push(await page(shopper, "/cart"));

  for (const document of documents) {
    for (const widget of widgetsOf(document)) {
      expect([...widget.querySelectorAll("b")].map((b) => textOf(b))).not.toContain("new");
    }
    for (const said of saidBy(document)) expect(said).not.toMatch(/&\w+;|&#/);
  }
  const [product] = documents;
  const label = (of: string) => product!.querySelector(of)!.getAttribute("aria-label");
  expect(label("tsuide-set [data-tick]")).toBe(`Add 8002 ${MARKS}`);
  expect(label("tsuide-breaks select")).toBe(`Options of 8001 ${MARKS}`);
  const [before, after] = documents.slice(-2);
  expect(textOf(before!.querySelector("tsuide-goal [data-text]"))).toBe("$2.50 more for $5.00 off your order");
  expect(textOf(after!.querySelector("[data-gift] > span"))).toBe(`a free gift: 8009 ${MARKS}`);
});

test("titles that fill a text are escaped by the theme extension too, in case that Shopify's filter should not", () => {
  const folder = join(import.meta.dirname, "../../../extensions/theme-offers");
  const filled = globSync("{blocks,snippets}/*.liquid", { cwd: folder }).flatMap((file) =>
    readFileSync(join(folder, file), "utf8").match(/\| t: [^\n}]*\b\w+: \w+\.(title|name)\b[^\n}]*/g),
  );
  const texts = filled.filter((text) => text !== null);
  expect(texts.length).toBeGreaterThan(20);
  expect(texts.filter((text) => !/\| escape(_once)?\b/.test(text))).toEqual([]);
});

test("a gift with marks in its title is named as it is as the next reward", async () => {
  const { shop, shopper } = openWidgets();
  shop.products.get("8009")!.title = MARKS;
  await shopper.send("/cart/add.js", { items: [{ id: CUP, quantity: 1 }] });
  publishStorefront(shop, {
    version: 2,
    offers: [
      storefrontEntry("goal-7", {
        ...{ amounts: {}, countries: null },
        tiers: [{ from: { USD: 2_000 }, reward: { kind: "gift", product: [gid("Product", 8009)] } }],
      }),
    ],
  });
  const document = await page(shopper, "/cart");
  const text = `$7.50 more for a free gift: ${MARKS}`;
  expect(textOf(document.querySelector("tsuide-goal [data-text]"))).toBe(text);
  expect(document.querySelector("[role=progressbar]")!.getAttribute("aria-valuetext")).toBe(text);
});

/** Shopify's admin calls the setting "HTML without currency": tags and entities are usual in it. */
const FORMATS = ['<span class="money">&euro;{{amount}}</span>', "{{amount}}&nbsp;&euro;"];

test.each(FORMATS)(
  "money written as %s is shown without its markup, by Liquid and by the script",
  async (moneyFormat) => {
    const { shop, shopper } = openWidgets({ moneyFormat });
    const plain = (document: Document) => {
      for (const said of saidBy(document)) expect(said).not.toMatch(/[<>]|&\w+;|&#|span class/);
    };
    const visit = async (path: string) => {
      const document = await page(shopper, path);
      plain(document);
      return document;
    };
    const euros = (amount: string) => (moneyFormat.startsWith("<") ? `€${amount}` : `${amount} €`);
    const { document: every } = await browse(shopper, "/products/green-tea");
    await settled();
    plain(every);
    expect(textOf(every.querySelector("tsuide-set [data-total] i"))).toMatch(/^Save (€[\d.]+|[\d.]+ €)$/);
    const set = [
      [{ kind: "amount-off", amounts: { USD: 200 } }, `Save ${euros("2.00")} on the whole set.`],
      [{ kind: "store-credit", amounts: { USD: 200 } }, `Earn ${euros("2.00")} in store credit with this set.`],
    ] as const;
    for (const [setReward, text] of set) {
      publishAmounts(shop, setReward);
      const document = await visit("/products/green-tea");
      expect(textOf(document.querySelector("tsuide-set p"))).toBe(text);
      expect(textOf(document.querySelector("tsuide-xy legend"))).toBe(`Buy 2, get 1 at ${euros("3.00")} off each`);
    }
    await shopper.send("/cart/add.js", { items: [{ id: TEA_VARIANT, quantity: 2 }] });
    publishEveryWidget(shop);
    publishGoal(shop);
    await visit("/products/green-tea");
    const cart = await visit("/cart");
    expect(textOf(cart.querySelector("tsuide-goal [data-text]"))).toContain(`${euros("7.00")} off your order`);
  },
);
