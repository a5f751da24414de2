import fc from "fast-check";
import { expect, test } from "vitest";
import { storefrontEntry } from "../../../app/domain/offers/types/goal/published.ts";
import { goalSteps } from "../../../app/domain/offers/types/goal/goal.ts";
import type { GoalTier } from "../../../app/domain/offers/types/goal/tiers.ts";
import { gid } from "../../../app/domain/ids.ts";
import { setMetafield } from "../../dev-store/storefront/sample-shop.ts";
import { browse, gidOf, openShop, page, publishStorefront, settled, textOf } from "../../fixtures/open-theme-shop.ts";

/** A cup costs 12.50, the scoop that is given free 6.45. */
const CUP = 40_020;
const SCOOP = 40_090;

const gift = (USD: number): GoalTier => ({ from: { USD }, reward: { kind: "gift", product: [gid("Product", 8009)] } });
const percent = (USD: number): GoalTier => ({ from: { USD }, reward: { kind: "percent", basisPoints: 1_250 } });
const amountOff = (USD: number): GoalTier => ({
  from: { USD },
  reward: { kind: "amount-off", amounts: { USD: 500 } },
});

function open(tiers: readonly GoalTier[], amounts: Record<string, number> = { USD: 2_000 }) {
  const opened = openShop();
  const entry = storefrontEntry("goal-7", { amounts, countries: null, tiers });
  publishStorefront(opened.shop, { version: 2, offers: [entry] });
  const installation = `gid://shopify/AppInstallation/${opened.shop.installation.id}`;
  setMetafield(opened.shop, installation, "tsuide", "gifts", "list.product_reference", [gidOf(8009)]);
  return opened;
}
const put = (shopper: ReturnType<typeof openShop>["shopper"], id: number, quantity: number) =>
  shopper.send("/cart/add.js", { items: [{ id, quantity }] });
const barOf = (document: Document) => document.querySelector<HTMLElement>("tsuide-goal")!;
const rowsOf = (document: Document) =>
  [...document.querySelectorAll(".ts-tiers > li:not([hidden])")].map((row) => {
    const [name, from] = [...row.querySelectorAll(":scope > span")].map((part) => textOf(part));
    return `${row.hasAttribute("data-reached") ? "✓ " : ""}${name} ${from}`;
  });
/** What the styles show of a gift: its button while it waits, or what it costs. */
const giftOf = (document: Document) => {
  const { own, reached } = document.querySelector<HTMLElement>("[data-gift]")!.dataset;
  return own === "" ? (reached === undefined ? "not reached" : "waiting") : own;
};
const filled = (document: Document) => document.querySelector("[role=progressbar]")!.getAttribute("aria-valuenow");

test("one bar shows every reward by its amount, ticks those that are reached and names the next", async () => {
  const { shopper } = open([gift(3_000), percent(5_000)]);
  await put(shopper, CUP, 2);
  const document = await page(shopper, "/cart");
  expect(rowsOf(document)).toEqual([
    "✓ free shipping $20.00",
    "a free gift: Tea Scoop $30.00",
    "12.5% off your order $50.00",
  ]);
  expect(textOf(document.querySelector("tsuide-goal [data-text]"))).toBe("$5.00 more for a free gift: Tea Scoop");
  // One of three parts, and half of the second.
  expect(filled(document)).toBe("50");
  expect(giftOf(document)).toBe("not reached");
});

test("an amount off comes before free shipping where its amount is lower", async () => {
  const { shopper } = open([amountOff(1_000)]);
  const document = await page(shopper, "/cart");
  expect(rowsOf(document)).toEqual(["$5.00 off your order $10.00", "free shipping $20.00"]);
  expect(barOf(document).dataset.state).toBe("empty");
  expect(textOf(document.querySelector("tsuide-goal [data-text]"))).toBe("$10.00 more for $5.00 off your order");
});

test("a gift that is reached waits with a button that adds it without a script", async () => {
  const { shopper } = open([gift(2_500)]);
  await put(shopper, CUP, 2);
  const document = await page(shopper, "/cart");
  expect(textOf(document.querySelector("tsuide-goal [data-text]"))).toBe("You have reached every reward");
  expect(giftOf(document)).toBe("waiting");
  const waiting = document.querySelector<HTMLElement>("[data-gift] > div")!;
  expect(textOf(waiting)).toContain("Your free gift is waiting: Tea Scoop");
  expect(textOf(waiting.querySelector("b"))).toBe("$0.00");
  expect(waiting.querySelector<HTMLInputElement>("[name=id]")!.value).toBe(String(SCOOP));
});

test("a gift in the cart that costs something says what it costs, and has a link that removes it", async () => {
  const { shopper } = open([gift(2_500)]);
  await put(shopper, CUP, 1);
  await put(shopper, SCOOP, 1);
  const document = await page(shopper, "/cart");
  expect(giftOf(document)).toBe("paid");
  const paid = document.querySelector<HTMLElement>("[data-gift] > p")!;
  expect(textOf(paid)).toBe("Not free with this cart: it costs $6.45. Remove Tea Scoop");
  // The gift does not count.
  expect(textOf(document.querySelector("tsuide-goal [data-text]"))).toBe("$7.50 more for free shipping");
  await shopper.ask(paid.querySelector("a")!.getAttribute("href")!);
  const { items } = await shopper.json<{ items: { variant_id: number }[] }>("/cart.js");
  expect(items.map(({ variant_id: id }) => id)).toEqual([CUP]);
});

test("a gift that is sold out is not promised, and nothing is where it is the only reward", async () => {
  const { shop, shopper } = open([gift(2_500)], {});
  shop.products.get("8009")!.variants[0]!.inventoryQuantity = 0;
  expect(barOf(await page(shopper, "/cart"))).toBeNull();
});

test("free shipping is no reward for a cart that does not ship, and gift cards reach nothing", async () => {
  const { shopper } = open([percent(5_000)]);
  await put(shopper, 40_060, 4);
  const document = await page(shopper, "/cart");
  expect(rowsOf(document)).toEqual(["12.5% off your order $50.00"]);
  expect(textOf(document.querySelector("tsuide-goal [data-text]"))).toBe("$50.00 more for 12.5% off your order");
});

test("rewards without an amount in the cart's currency are not shown", async () => {
  const { shopper } = open([{ from: { JPY: 3_000 }, reward: { kind: "percent", basisPoints: 1_000 } }]);
  const document = await page(shopper, "/cart");
  expect(rowsOf(document)).toEqual([]);
  expect(textOf(document.querySelector("tsuide-goal [data-text]"))).toBe("$20.00 more for free shipping");
});

test("is in Japanese in a Japanese shop", async () => {
  const { shopper } = open([gift(3_000)]);
  const document = await page(shopper, "/ja/cart");
  expect(textOf(document.querySelector("tsuide-goal [data-text]"))).toBe("あと$20.00で送料無料");
  expect(rowsOf(document)[1]).toContain("プレゼント：Tea Scoop");
});

test("the script adds a gift with one tap, and takes the tick back when the cart falls", async () => {
  const { shopper } = open([gift(2_500)]);
  await put(shopper, CUP, 2);
  const { document, window, requests, note } = await browse(shopper, "/cart");
  const form = document.querySelector<HTMLFormElement>("[data-gift] form")!;
  form.dispatchEvent(new window.Event("submit", { bubbles: true, cancelable: true }));
  await settled();
  expect(requests.find(({ path }) => path === "/cart/add.js")!.body).toMatchObject({
    items: [{ id: SCOOP, quantity: 1, properties: { _tsuide: "goal-7/cart" } }],
  });
  // The sample shop runs no Function: the scoop costs its price, which the bar says.
  expect(giftOf(document)).toBe("paid");
  expect(textOf(document.querySelector("[data-gift] > p"))).toContain("it costs $6.45");
  await shopper.send("/cart/change.js", { id: CUP, quantity: 1 });
  note("http://localhost:4000/cart/change.js");
  await settled();
  expect(rowsOf(document)).toEqual(["free shipping $20.00", "a free gift: Tea Scoop $25.00"]);
  expect(textOf(document.querySelector("tsuide-goal [data-text]"))).toBe("$7.50 more for free shipping");
});

test("Liquid, the script and the domain say the same of any cart and any rewards", async () => {
  const amount = fc.integer({ min: 100, max: 9_000 });
  const tiers = fc.array(fc.oneof(amount.map(percent), amount.map(amountOff), amount.map(gift)), { maxLength: 3 });
  const cart = fc.dictionary(
    fc.constantFrom("40010", String(CUP), "40060", String(SCOOP)),
    fc.integer({ min: 1, max: 4 }),
  );
  await fc.assert(
    fc.asyncProperty(tiers, fc.option(amount), cart, async (given, ships, lines) => {
      const { shopper } = open(given, ships === null ? {} : { USD: ships });
      const items = Object.entries(lines).map(([id, quantity]) => ({ id: Number(id), quantity }));
      if (items.length > 0) await shopper.send("/cart/add.js", { items });
      const document = await page(shopper, "/cart");
      // A gift of several amounts is given once, from the lowest on.
      const least = Math.min(...given.flatMap(({ from, reward }) => (reward.kind === "gift" ? from.USD! : [])));
      const isGiven = ({ reward }: GoalTier, place: number) =>
        reward.kind !== "gift" ||
        given.findIndex((one) => one.reward.kind === "gift" && one.from.USD === least) === place;
      const steps = [
        ...given
          .filter((tier, place) => isGiven(tier, place))
          .map(({ from }) => ({ fromMinor: from.USD!, ships: false })),
        ...(ships === null ? [] : [{ fromMinor: ships, ships: true }]),
      ].toSorted((a, b) => a.fromMinor - b.fromMinor);
      expect(barOf(document) === null).toBe(steps.length === 0);
      if (steps.length === 0) return;
      const { items: inCart } = await shopper.json<{
        items: { product_id: number; final_line_price: number; requires_shipping: boolean; gift_card: boolean }[];
      }>("/cart.js");
      const hasGift = given.some(({ reward }) => reward.kind === "gift");
      const said = goalSteps(
        inCart.map((line) => ({
          ...{ gift: hasGift && line.product_id === 8009, giftCard: line.gift_card },
          ...{ requiresShipping: line.requires_shipping, totalMinor: line.final_line_price },
        })),
        steps,
      );
      expect(barOf(document).dataset.state).toBe(said.code);
      expect(filled(document)).toBe(String(said.percent));
      expect(rowsOf(document).filter((row) => row.startsWith("✓"))).toHaveLength(
        steps.length > 1 || ships === null ? said.reached.filter((one) => one === true).length : 0,
      );
      const browser = await browse(shopper, "/cart");
      const before = [textOf(barOf(document)), rowsOf(document)];
      browser.note("http://localhost:4000/cart/change.js");
      await settled();
      expect(filled(browser.document)).toBe(String(said.percent));
      expect([textOf(barOf(browser.document)), rowsOf(browser.document)]).toEqual(before);
    }),
    { numRuns: 25 },
  );
});
