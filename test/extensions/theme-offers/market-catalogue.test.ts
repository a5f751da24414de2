import { expect, test } from "vitest";
import { storefrontEntry } from "../../../app/domain/offers/types/goal/published.ts";
import { gid } from "../../../app/domain/ids.ts";
import { setMetafield } from "../../dev-store/storefront/sample-shop.ts";
import { browse, gidOf, openShop, page, publishStorefront, settled, textOf } from "../../fixtures/open-theme-shop.ts";

/** What a market's catalogue leaves out is not sold there: no widget may name it to shoppers of that market. */

const SCOOP = 8009;
const CUP = 8002;
const TEA = 8001;
const KUWAIT = { id: "2", handle: "kw", name: "Kuwait", countries: ["KW"], currency: "USD", rate: 1, locales: ["en"] };

/** The sample shop with a market that does not sell the scoop. */
function open() {
  const home = { ...KUWAIT, id: "1", handle: "us", name: "United States", countries: ["US"] };
  return openShop({ markets: [home, { ...KUWAIT, excluded: new Set([String(SCOOP)]) }] });
}

const percent = { kind: "percent", basisPoints: 1_000 };
const listed = [SCOOP, CUP].map((product) => ({ product: String(product), weight: 0.5 }));

/** Offers of the tea that name the scoop; `others` says whether something is left of the offer without it. */
const OFFERS: { name: string; element: string; others: boolean; offer: object; path?: string }[] = [
  {
    ...{ name: "a set", element: "tsuide-set", others: true },
    offer: { type: "bought-together", id: "bt-1-8001", discountBasisPoints: 1_000, set: 3, companions: listed },
  },
  {
    ...{ name: "cart suggestions", element: "tsuide-cart", others: true, path: "/cart" },
    offer: { type: "bought-together", id: "bt-1-8001", discountBasisPoints: 1_000, set: 3, companions: listed },
  },
  {
    ...{ name: "an upgrade", element: "tsuide-upgrade", others: false },
    offer: { type: "upgrade", id: "up-2-8001", show: 1, cap: 20_000, upgrades: [{ product: String(SCOOP) }] },
  },
  {
    ...{ name: "an upgrade in the cart", element: "tsuide-upgrade", others: false, path: "/cart" },
    offer: { type: "upgrade", id: "up-2-8001", show: 1, cap: 20_000, upgrades: [{ product: String(SCOOP) }] },
  },
  {
    ...{ name: "add-ons", element: "tsuide-add-on", others: true },
    offer: { type: "add-on", id: "ao-4-8001", cap: 70, addOns: listed },
  },
  {
    ...{ name: "buy X, get Y", element: "tsuide-xy", others: false },
    offer: {
      ...{ type: "buy-x-get-y", id: "xy-7-8001", buy: 2, get: 1, most: null, products: [String(SCOOP)] },
      reward: percent,
    },
  },
  {
    ...{ name: "mix and match", element: "tsuide-mix", others: true },
    offer: {
      ...{ type: "mix-and-match", id: "mm-7-8001", choose: 3, collections: [], reward: percent },
      products: [TEA, CUP, SCOOP].map(String),
    },
  },
  {
    ...{ name: "a bundle", element: "tsuide-bundle", others: false },
    offer: {
      ...{ type: "fixed-bundle", id: "fb-3-8001", product: String(SCOOP), variant: "40090" },
      parts: [
        { product: "8001", variant: "40010", quantity: 1 },
        { product: "8002", variant: "40020", quantity: 2 },
      ],
    },
  },
];

/** An upgrade costs more than what it replaces: there the scoop does. */
function openWith(offer: object) {
  const opened = open();
  if ("upgrades" in offer) opened.shop.products.get(String(SCOOP))!.variants[0]!.priceMinor = 2_100;
  for (const product of [TEA, CUP, SCOOP]) {
    const others = [TEA, CUP, SCOOP].filter((one) => one !== product).map(gidOf);
    setMetafield(opened.shop, gidOf(product), "$app", "companions", "list.product_reference", others);
    const carries = product === TEA || "choose" in offer;
    const offers = carries ? [{ ...offer, id: (offer as { id: string }).id.replace("8001", String(product)) }] : [];
    setMetafield(opened.shop, gidOf(product), "$app", "offers", "json", { version: 2, offers });
  }
  return opened;
}

test.each(OFFERS)("$name: a product that a market leaves out is named in other markets alone", async (given) => {
  const { element, others, offer, path = "/products/green-tea" } = given;
  const { shopper } = openWith(offer);
  // Suggestions in the cart cost at most a quarter of it.
  if (path === "/cart") await shopper.send("/cart/add.js", { items: [{ id: 40_010, quantity: 5 }] });
  const shown = async () => {
    const document = await page(shopper, path);
    expect(textOf(document.body)).not.toContain("Liquid error");
    return [...document.querySelectorAll(element)].map(textOf).join(" ");
  };
  const names = /Tea Scoop|Tea Cup/g;
  expect(await shown()).toContain("Tea Scoop");
  await shopper.submit("/localization", { country_code: "KW" });
  expect(new Set((await shown()).match(names))).toEqual(new Set(others ? ["Tea Cup"] : []));
});

test("best sellers leave it out as well", async () => {
  const { shop, shopper } = open();
  const best = [SCOOP, CUP, TEA].map(gidOf);
  setMetafield(shop, `gid://shopify/Shop/${shop.id}`, "$app", "best_sellers", "list.product_reference", best);
  const titles = async () =>
    [...(await page(shopper, "/")).querySelectorAll("tsuide-cart [data-title]")].map((title) => textOf(title));
  expect(await titles()).toEqual(["Tea Scoop", "Tea Cup", "Green Tea"]);
  await shopper.submit("/localization", { country_code: "KW" });
  expect(await titles()).toEqual(["Tea Cup", "Green Tea"]);
});

test("a set with a price of its own promises none where one of its products is not sold", async () => {
  const setReward = { kind: "fixed-price", amounts: { USD: 3_000 } };
  const offer = { type: "bought-together", id: "bt-1-8001", discountBasisPoints: 0, set: 2, companions: listed };
  const { shopper } = openWith({ ...offer, setReward });
  const isPromised = async () =>
    (await page(shopper, "/products/green-tea")).querySelector("tsuide-set")?.hasAttribute("data-reward");
  expect(await isPromised()).toBe(true);
  await shopper.submit("/localization", { country_code: "KW" });
  expect(await isPromised()).toBe(false);
});

test("a goal promises no gift that the market does not sell", async () => {
  const { shop, shopper } = open();
  const tiers = [{ from: { USD: 3_000 }, reward: { kind: "gift", product: [gid("Product", SCOOP)] } }] as const;
  const entry = storefrontEntry("goal-7", { amounts: { USD: 2_000 }, countries: null, tiers });
  publishStorefront(shop, { version: 2, offers: [entry] });
  const installation = `gid://shopify/AppInstallation/${shop.installation.id}`;
  setMetafield(shop, installation, "tsuide", "gifts", "list.product_reference", [gidOf(SCOOP)]);
  await shopper.send("/cart/add.js", { items: [{ id: 40_020, quantity: 2 }] });
  const bar = async () => {
    const { document } = await browse(shopper, "/cart");
    await settled();
    return textOf(document.querySelector("tsuide-goal"));
  };
  expect(await bar()).toContain("Tea Scoop");
  await shopper.submit("/localization", { country_code: "KW" });
  expect(await bar()).not.toContain("Tea Scoop");
  expect(await bar()).not.toContain("a free gift");
});
