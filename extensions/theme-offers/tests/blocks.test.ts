import { describe, expect, test } from "vitest";
import {
  fieldsOf,
  openShop,
  page,
  publishOffer,
  publishStorefront,
  textOf,
} from "../../../test/fixtures/open-theme-shop.ts";

const set = (document: Document) => document.querySelector("tsuide-set");
const names = (document: Document) => [...document.querySelectorAll("tsuide-set .tsuide-item__name")].map(textOf);

describe("the bought-together set, as Liquid renders it", () => {
  test("shows this item first, then companions that can be bought, at the price they have together", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002, 8007, 8009]);
    const document = await page(shopper, "/products/green-tea");
    expect(names(document)).toEqual(["This item: Green Tea", "Tea Cup", "Bamboo Tray", "Tea Scoop"]);
    expect([...document.querySelectorAll("[data-set-price]")].map(textOf)).toEqual([
      "$17.95",
      "$11.25",
      "$35.55",
      "$5.80",
    ]);
    expect(document.querySelectorAll("tsuide-set input[type=checkbox]:checked")).toHaveLength(0);
    expect(textOf(set(document)!)).toContain("10% off each item");
    expect(textOf(set(document)!)).toContain("You save $7.85");
  });

  test("never says of a new product that it was bought with what similar ones are bought with", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002, 8007], { similar: true });
    const similar = await page(shopper, "/products/green-tea");
    expect(textOf(similar.querySelector("tsuide-set legend")!)).toBe("Goes well with this");
    publishOffer(shop, [8002, 8007]);
    const bought = await page(shopper, "/products/green-tea");
    expect(textOf(bought.querySelector("tsuide-set legend")!)).toBe("Bought together");
  });

  test("labels every control and links every companion", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002, 8007]);
    const document = await page(shopper, "/products/green-tea");
    for (const control of document.querySelectorAll("tsuide-set input[type=checkbox], tsuide-set select")) {
      expect(document.querySelector(`tsuide-set label[for="${control.id}"]`)).not.toBeNull();
    }
    expect(document.querySelector("tsuide-set fieldset > legend")).not.toBeNull();
    expect([...document.querySelectorAll("tsuide-set a")].map((link) => link.getAttribute("href"))).toEqual([
      "/products/tea-cup",
      "/products/bamboo-tray",
    ]);
  });

  test("skips what is sold out, deleted or a draft, and takes the next companion instead", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8003, 9999, 8005, 8009, 8002], { set: 1 });
    expect(names(await page(shopper, "/products/green-tea"))).toEqual(["This item: Green Tea", "Tea Scoop"]);
  });

  test("offers only variants that are in stock", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8007]);
    const document = await page(shopper, "/products/green-tea");
    const options = [...document.querySelectorAll<HTMLOptionElement>("tsuide-set li:nth-child(2) option")];
    expect(options.map((option) => [textOf(option), option.disabled])).toEqual([
      ["Choose to add", true],
      ["Small – sold out", true],
      ["Medium", false],
      ["Large", false],
    ]);
  });

  test("adds what was chosen without script, and nothing else", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002, 8007, 8009]);
    const document = await page(shopper, "/products/green-tea");
    const form = document.querySelector<HTMLFormElement>("tsuide-set form")!;
    form.querySelector<HTMLInputElement>("li:nth-child(2) input[type=checkbox]")!.checked = true;
    const fields = fieldsOf(form);
    expect(Object.keys(fields)).toEqual(["items[0][id]", "items[1][id]"]);
    const added = await shopper.submit(form.getAttribute("action")!, fields);
    expect(added.status).toBe(302);
    const cart = await shopper.json<{ items: { variant_id: number }[] }>("/cart.js");
    expect(cart.items.map((item) => item.variant_id).sort()).toEqual([40_010, 40_020]);
  });

  test("has no strikethrough where there is no discount", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002], { discountBasisPoints: 0 });
    const document = await page(shopper, "/products/green-tea");
    expect(document.querySelectorAll("tsuide-set li s")).toHaveLength(0);
    expect(textOf(document.querySelector("tsuide-set li:nth-child(2) [data-price]"))).toBe("$12.50");
  });

  test.each([
    ["nothing was published", () => undefined],
    ["no companion can be bought", (shop) => publishOffer(shop, [8003, 9999])],
    ["the offer is of another version", (shop) => publishOffer(shop, [8002], { version: 2 })],
    ["the app is switched off", (shop) => (publishOffer(shop, [8002]), publishStorefront(shop, { enabled: false }))],
    [
      "this item is sold out",
      (shop) => (
        publishOffer(shop, [8002]),
        shop.products.get("8001")!.variants.forEach((v) => (v.inventoryQuantity = 0))
      ),
    ],
  ] as [string, (shop: ReturnType<typeof openShop>["shop"]) => unknown][])("is absent when %s", async (_, arrange) => {
    const { shop, shopper } = openShop();
    arrange(shop);
    const document = await page(shopper, "/products/green-tea");
    expect(set(document)).toBeNull();
    expect(textOf(document.body)).not.toContain("Liquid error");
  });

  test("speaks Japanese and has no decimals in yen", async () => {
    const markets = [
      { id: "2", handle: "jp", name: "日本", countries: ["JP"], currency: "JPY", rate: 1, locales: ["ja"] },
    ];
    const { shop, shopper } = openShop({ currency: "JPY", locale: "ja", markets });
    publishOffer(shop, [8002], { discountBasisPoints: 500 });
    const document = await page(shopper, "/products/green-tea");
    expect(textOf(set(document))).toContain("それぞれ5%OFF");
    // 5 % of ¥1,250 is ¥62.5, which is ¥63 off.
    expect(textOf(document.querySelector("tsuide-set li:nth-child(2) [data-set-price]"))).toMatch(/^[¥￥]1,187$/);
  });
});

describe("the free-shipping goal, as Liquid renders it", () => {
  const goalOf = async (goal: object | null, lines: [number, number][], given: object = {}) => {
    const { shop, shopper } = openShop();
    publishStorefront(shop, { goal, ...given });
    const items = lines.map(([id, quantity]) => ({ id, quantity }));
    if (items.length > 0) await shopper.send("/cart/add.js", { items });
    const document = await page(shopper, "/cart");
    expect(textOf(document.body)).not.toContain("Liquid error");
    return document.querySelector<HTMLElement>("tsuide-goal")!;
  };
  const bar = (goal: Element) => goal.querySelector("[role=progressbar]")!;

  test("tells an empty cart where free shipping begins", async () => {
    const goal = await goalOf({ USD: 5000 }, []);
    expect(goal.dataset.state).toBe("empty");
    expect(textOf(goal)).toContain("Free shipping from $50.00");
  });

  test("tells how much is missing, in words and as a progress bar", async () => {
    const goal = await goalOf({ USD: 5000 }, [[40_020, 2]]);
    expect(goal.dataset.state).toBe("progress");
    expect(textOf(goal)).toContain("$25.00 more for free shipping");
    expect(bar(goal).getAttribute("aria-valuenow")).toBe("50");
    expect(bar(goal).getAttribute("aria-valuetext")).toBe("$25.00 more for free shipping");
  });

  test("is reached at the very amount", async () => {
    const goal = await goalOf({ USD: 2500 }, [[40_020, 2]]);
    expect(goal.dataset.state).toBe("reached");
    expect(textOf(goal)).toContain("Your order ships free");
  });

  test("does not count gift cards, and says so to a cart of nothing else", async () => {
    expect(
      (
        await goalOf({ USD: 5000 }, [
          [40_020, 1],
          [40_060, 4],
        ])
      ).dataset.state,
    ).toBe("progress");
    const only = await goalOf({ USD: 5000 }, [[40_060, 4]]);
    expect(only.dataset.state).toBe("not-eligible");
    expect(bar(only).hasAttribute("hidden")).toBe(true);
  });

  test.each([
    ["the cart's currency has no amount", { JPY: 800_000 }, {}],
    ["there is no goal", null, {}],
    ["the app is switched off", { USD: 5000 }, { enabled: false }],
    ["the settings are of another version", { USD: 5000 }, { version: 2 }],
  ])("is hidden when %s", async (_, goal, given) => {
    const element = await goalOf(goal, [[40_020, 1]], given);
    expect(element.hasAttribute("hidden")).toBe(true);
    expect(textOf(element)).toBe("");
  });
});
