import fc from "fast-check";
import { expect, test } from "vitest";
import { parseProductOffer, type PublishedOffer } from "../../../app/domain/offers/types/bought-together/published.ts";
import { storefrontEntry } from "../../../app/domain/offers/types/goal/published.ts";
import type { GoalTier } from "../../../app/domain/offers/types/goal/tiers.ts";
import { addedToCart, closeGap } from "../../../app/domain/placements/close-gap.ts";
import { rankForCart } from "../../../app/domain/placements/suggest-for-cart.ts";
import { discountedPriceMinor } from "../../../app/domain/pricing/price.ts";
import { buildProduct, setMetafield } from "../../dev-store/storefront/sample-shop.ts";
import { findTheme } from "../../dev-store/theme/engine/theme-files.ts";
import { browse, gidOf, openShop, page, publishStorefront, settled, textOf } from "../../fixtures/open-theme-shop.ts";

/** A cup costs 12.50. Of what goes with it a tray costs 9.50, a scoop 4.00, tongs 4.50, and a lesson, which never ships, 8.00. */
const CUP = 8002;
const [TRAY, SCOOP, TONGS, LESSON] = [8020, 8021, 8022, 8023];
const variantOf = (product: number) => 40_000 + (product - 8_000) * 10;

const offerOf = (product: number, companions: readonly number[], discountBasisPoints = 0) => ({
  ...{ type: "bought-together", id: `bt-1-${product}`, discountBasisPoints, set: 3 },
  companions: companions.map((companion, place) => ({ product: String(companion), weight: 0.9 - place / 10 })),
});

interface Goal {
  amounts?: Record<string, number>;
  tiers?: readonly GoalTier[];
  gap?: number | null;
}

function open({ amounts = { USD: 2_000 }, tiers = [], gap = 50 }: Goal = {}, locale: "en" | "ja" = "en") {
  const opened = openShop({ locale });
  const { shop } = opened;
  const lesson = buildProduct(LESSON - 8_000, "Lesson", 800);
  lesson.variants[0]!.requiresShipping = false;
  const more = [
    buildProduct(TRAY - 8_000, "Tray <oak>", 950),
    buildProduct(SCOOP - 8_000, "Scoop", 400),
    buildProduct(TONGS - 8_000, "Tongs", 450),
    lesson,
  ];
  for (const product of more) shop.products.set(product.id, product);
  const companions = [LESSON, SCOOP, TONGS, TRAY];
  publish(shop, CUP, offerOf(CUP, companions));
  publishStorefront(shop, {
    version: 2,
    offers: [storefrontEntry("goal-7", { amounts, countries: null, tiers, gap })],
  });
  return opened;
}

type Shop = ReturnType<typeof openShop>["shop"];
function publish(shop: Shop, product: number, offer: ReturnType<typeof offerOf>) {
  setMetafield(shop, gidOf(product), "$app", "offers", "json", { version: 2, offers: [offer] });
  const references = offer.companions.map((one) => gidOf(Number(one.product)));
  setMetafield(shop, gidOf(product), "$app", "companions", "list.product_reference", references);
}

const put = (shopper: ReturnType<typeof openShop>["shopper"], product: number, quantity = 1) =>
  shopper.send("/cart/add.js", { items: [{ id: variantOf(product), quantity }] });
const gapOf = (document: Document) => document.querySelector<HTMLFormElement>("tsuide-goal [data-gap] form");
const proposed = (document: Document) =>
  [...document.querySelectorAll<HTMLInputElement>("tsuide-goal [data-gap] [data-variant]")].map(({ value }) => value);
const cartOf = (shopper: ReturnType<typeof openShop>["shopper"]) =>
  shopper.json<{ items: { product_id: number; final_line_price: number; properties: object | null }[] }>("/cart.js");

test("one product is proposed that closes the gap at the lowest sensible price, by a form that needs no script", async () => {
  const { shopper } = open({ amounts: { USD: 1_600 } });
  await put(shopper, CUP);
  const form = gapOf(await page(shopper, "/cart"))!;
  expect(textOf(form.querySelector("div"))).toBe("Add Scoop ($4.00) and get free shipping.");
  expect(form.querySelector("button")!.getAttribute("aria-label")).toBe("Add Scoop to cart");
  const fields = Object.fromEntries([...form.querySelectorAll("input")].map(({ name, value }) => [name, value]));
  await shopper.submit("/cart/add", fields);
  const { items } = await cartOf(shopper);
  expect(items.find(({ product_id: id }) => id === SCOOP)?.properties).toEqual({ _tsuide: "goal-7/cart" });
});

test("two products close a gap that no single one does, and the script adds both with one press", async () => {
  const { shopper } = open();
  await put(shopper, CUP);
  const { document, window, requests } = await browse(shopper, "/cart");
  const form = gapOf(document)!;
  expect(textOf(form.querySelector("div"))).toBe("Add Scoop and Tongs ($8.50) and get free shipping.");
  expect(textOf(form.querySelector("button"))).toBe("Add both");
  form.dispatchEvent(new window.Event("submit", { bubbles: true, cancelable: true }));
  await settled();
  const line = (product: number) => ({
    ...{ id: variantOf(product), quantity: 1 },
    properties: { _tsuide: "goal-7/cart" },
  });
  expect(requests.find(({ path }) => path === "/cart/add.js")!.body).toMatchObject({
    items: [line(SCOOP), line(TONGS)],
  });
  // The bar is taken from the page again: the goal is reached, and nothing is proposed any more.
  expect(document.querySelector<HTMLElement>("tsuide-goal")!.dataset.state).toBe("reached");
  expect(proposed(document)).toEqual([]);
});

test("what does not ship closes the gap to other rewards, and titles are text", async () => {
  const percent: GoalTier = { from: { USD: 2_000 }, reward: { kind: "percent", basisPoints: 1_000 } };
  const { shop, shopper } = open({ amounts: {}, tiers: [percent] });
  await put(shopper, CUP);
  expect(textOf(gapOf(await page(shopper, "/cart")))).toContain("Add Lesson ($8.00) and get 10% off your order.");
  shop.products.get(String(LESSON))!.variants[0]!.inventoryQuantity = 0;
  publish(shop, CUP, offerOf(CUP, [LESSON, TRAY]));
  const form = gapOf(await page(shopper, "/cart"))!;
  expect(textOf(form)).toContain("Add Tray <oak> ($9.50) and get");
  expect(form.querySelector("button")!.getAttribute("aria-label")).toBe("Add Tray <oak> to cart");
});

test("nothing is proposed to an empty cart, after a no, above the limit, or where staff switched it off", async () => {
  const { shopper } = open();
  expect(proposed(await page(shopper, "/cart"))).toEqual([]);
  await put(shopper, CUP);
  await shopper.send("/cart/update.js", { attributes: { _tsuide_declined: "1" } });
  expect(proposed(await page(shopper, "/cart"))).toEqual([]);
  for (const goal of [{ gap: null }, { amounts: { USD: 1_260 }, gap: 1 }]) {
    const other = open(goal);
    await put(other.shopper, CUP);
    const document = await page(other.shopper, "/cart");
    expect(document.querySelector("tsuide-goal")).not.toBeNull();
    expect(proposed(document)).toEqual([]);
  }
});

test("pages other than the cart, and a drawer that is closed, do not carry it", async () => {
  const { shopper, context } = open();
  context.themeDir = findTheme("like-dawn");
  await put(shopper, CUP);
  const bar = (await page(shopper, "/products/tea-cup")).querySelector<HTMLElement>(
    "tsuide-drawer-content tsuide-goal",
  )!;
  expect(bar.dataset.later).toBe("");
  expect(textOf(bar.querySelector("[data-gap]"))).toBe("");
  const inCart = (await page(shopper, "/cart")).querySelector("tsuide-drawer-content tsuide-goal")!;
  expect(textOf(inCart.querySelector("[data-gap]"))).toContain("Add Scoop and Tongs");
});

test("an opened drawer asks for the cart page once, for the goal and the suggestions", async () => {
  const { shopper, context } = open();
  context.themeDir = findTheme("like-dawn");
  await put(shopper, CUP);
  const { document, requests, look } = await browse(shopper, "/products/tea-cup");
  const bar = document.querySelector<HTMLElement>("tsuide-goal")!;
  look(bar.parentElement!);
  await settled();
  expect(textOf(bar.querySelector("[data-gap]"))).toContain("Add Scoop and Tongs");
  expect(document.querySelector<HTMLElement>("tsuide-cart")!.dataset.cart).toBe("1:1250");
  expect(requests.filter(({ path }) => path === "/cart")).toHaveLength(1);
});

test("is in Japanese in a Japanese shop", async () => {
  const { shopper } = open();
  await put(shopper, CUP);
  expect(textOf(gapOf(await page(shopper, "/ja/cart")))).toContain("ScoopとTongs（$8.50）の追加で送料無料");
});

/** Eight products of any price with offers that list each other, and carts of some of them. */
const NUMBERS = [8030, 8031, 8032, 8033, 8034, 8035, 8036, 8037];
const offers = fc.record({
  companions: fc.uniqueArray(fc.constantFrom(...NUMBERS), { minLength: 1, maxLength: 7 }),
  discount: fc.constantFrom(0, 0, 500, 1_000),
  hasSetPrice: fc.boolean(),
});

test("Liquid chooses as the domain does, whatever goes with the cart", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 50, max: 3_000 }), { minLength: 8, maxLength: 8 }),
      fc.array(fc.option(offers), { minLength: 8, maxLength: 8 }),
      fc.uniqueArray(fc.constantFrom(...NUMBERS), { minLength: 1, maxLength: 3 }),
      fc.record({ goal: fc.integer({ min: 500, max: 9_000 }), gap: fc.integer({ min: 0, max: 100 }) }),
      async (prices, given, cart, { goal, gap }) => {
        const { shop, shopper } = open({ amounts: { USD: goal }, gap });
        const published = new Map<string, PublishedOffer | null>();
        for (const [at, number] of NUMBERS.entries()) {
          shop.products.set(String(number), buildProduct(number - 8_000, `Thing ${at}`, prices[at]!));
          const own = given[at];
          const companions = own?.companions.filter((companion) => companion !== number) ?? [];
          if (own == null || companions.length === 0) continue;
          const setReward = { setReward: { kind: "amount-off", amounts: { USD: 100 } } };
          const priced = own.hasSetPrice && own.discount === 0 && companions.length >= 3 ? setReward : {};
          const offer = { ...offerOf(number, companions, own.discount), ...priced };
          publish(shop, number, offer);
          published.set(String(number), parseProductOffer({ version: 2, offers: [offer] }));
        }
        for (const number of cart) await put(shopper, number);
        const { items } = await cartOf(shopper);
        const lines = items.map(({ product_id: id, final_line_price: total }) => ({
          ...{ product: String(id), totalMinor: total },
        }));
        const worth = lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
        const inCart = new Map(cart.map((number) => [String(number), published.get(String(number)) ?? null]));
        const candidates = rankForCart(inCart).map(({ product, discountBasisPoints }) => {
          const price = prices[NUMBERS.indexOf(Number(product))]!;
          const chargedMinor = discountedPriceMinor(price, discountBasisPoints);
          const own = published.get(product) ?? null;
          const lowers = own === null || !(own.discountBasisPoints > 0 || own.setReward) ? [] : listedIn(own);
          const addedMinor = addedToCart({ product, priceMinor: price, chargedMinor }, { lines, offers: published });
          return { product, chargedMinor, addedMinor, lowers };
        });
        const chosen =
          worth >= goal
            ? []
            : closeGap(candidates, {
                ...{ gapMinor: goal - worth, cartMinor: worth, shareBasisPoints: gap * 100, most: 2 },
              });
        const document = await page(shopper, "/cart");
        expect(proposed(document)).toEqual(chosen.map(({ product }) => String(variantOf(Number(product)))));
      },
    ),
    { numRuns: 60 },
  );
});

const listedIn = ({ companions, setReward, set }: PublishedOffer) =>
  (setReward ? companions.slice(0, set) : companions).map(({ product }) => product);
