import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { companionsFor } from "../../../app/domain/offers/types/bought-together/published.ts";
import type { Shopper } from "../../../app/domain/shoppers/shopper.ts";
import { LISTED_COMPANIONS } from "../../../app/domain/shoppers/list-lengths.ts";
import { parseProductOffer } from "../../../app/domain/offers/types/bought-together/published.ts";
import { buildProduct, setMetafield } from "../../dev-store/storefront/sample-shop.ts";
import { smallOrder } from "../../fixtures/small-shop.ts";
import {
  fieldsOf,
  openShop,
  page,
  publishOffer,
  publishSegment,
  publishStorefront,
  TEA,
  textOf,
} from "../../fixtures/open-theme-shop.ts";

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
    expect(textOf(set(document)!)).toContain("10% off each");
    expect(textOf(set(document)!)).toContain("Save $7.85");
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
      const label = control.id && document.querySelector(`tsuide-set label[for="${control.id}"]`);
      expect(label ? textOf(label) : control.getAttribute("aria-label")).toMatch(/Tea|Tray/);
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

  test("leaves out what cannot be added as one plain unit", async () => {
    const { shop, shopper } = openShop();
    const product = (id: number) => shop.products.get(String(id))!;
    product(8004).requiresSellingPlan = true;
    product(8009).variants[0]!.quantityRule = { min: 6, max: null, increment: 6 };
    publishOffer(shop, [8004, 8006, 8009, 8002]);
    expect(names(await page(shopper, "/products/green-tea"))).toEqual(["This item: Green Tea", "Tea Cup"]);
  });

  test("leaves out what is in the cart, and adds this item only where it is not", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002, 8007, 8009]);
    await shopper.send("/cart/add.js", { items: [{ id: 40_020 }, { id: 40_010 }] });
    const document = await page(shopper, "/products/green-tea");
    expect(names(document)).toEqual(["This item: Green Tea", "Bamboo Tray", "Tea Scoop"]);
    expect(textOf(document.querySelector("[data-amount-now]"))).toBe("$41.35");
    expect(Object.keys(fieldsOf(document.querySelector<HTMLFormElement>("tsuide-set form")!))).toEqual([]);
  });

  test("is there for a product whose variant on the page is sold out, in case another is chosen", async () => {
    const { shop, shopper } = openShop();
    shop.products.get("8001")!.variants[1]!.inventoryQuantity = 0;
    publishOffer(shop, [8002]);
    const document = await page(shopper, "/products/green-tea?variant=40011");
    expect(document.querySelector("tsuide-set")!.hasAttribute("hidden")).toBe(true);
  });

  test("loads one script, which delays nothing that the page shows first", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002]);
    const document = await page(shopper, "/products/green-tea");
    const scripts = [...document.querySelectorAll<HTMLScriptElement>("script[src*='/extensions/theme-offers/']")];
    expect(scripts).toHaveLength(1);
    for (const script of scripts) {
      expect(script.hasAttribute("async")).toBe(true);
      expect(script.getAttribute("fetchpriority")).toBe("low");
    }
  });

  test.each([
    ["nothing was published", () => undefined, "nothing is published for “Green Tea” yet"],
    ["no companion can be bought", (shop) => publishOffer(shop, [8003]), "none of the companions of “Green Tea”"],
    [
      "the app is switched off",
      (shop) => (publishOffer(shop, [8002]), publishStorefront(shop, { enabled: false })),
      "switched off in the app's settings",
    ],
  ] as [string, (shop: ReturnType<typeof openShop>["shop"]) => unknown, string][])(
    "tells the theme editor, and nobody else, why it is empty when %s",
    async (_, arrange, why) => {
      const { shop, shopper } = openShop();
      arrange(shop);
      const editor = await page(shopper, "/products/green-tea?oseid=1");
      expect([...editor.querySelectorAll(".tsuide-editor")].map(textOf).join(" ")).toContain(why);
      expect((await page(shopper, "/products/green-tea")).querySelector(".tsuide-editor")).toBeNull();
    },
  );

  test("carries at most 70 bytes for each variant that can be chosen", async () => {
    const bytesOf = async (sizes: number) => {
      const { shop, shopper } = openShop();
      const names = Array.from({ length: sizes }, (_, index) => `Size ${index + 10}`);
      shop.products.set("8030", buildProduct(30, "Apron", 3000, {}, names));
      publishOffer(shop, [8030]);
      const html = await (await shopper.ask("/products/green-tea")).text();
      return Buffer.byteLength(/<tsuide-set[\s\S]*<\/tsuide-set>/.exec(html)![0]);
    };
    expect((await bytesOf(62)) - (await bytesOf(2))).toBeLessThanOrEqual(60 * 70);
  });

  test("offers only variants that are in stock", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8007]);
    const document = await page(shopper, "/products/green-tea");
    const options = [...document.querySelectorAll<HTMLOptionElement>("tsuide-set li:nth-child(2) option")];
    expect(options.map((option) => [textOf(option), option.disabled])).toEqual([
      ["Choose to add", true],
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

  test.each([
    ["discountBasisPoints", 10_001],
    ["discountBasisPoints", -1],
    ["discountBasisPoints", 12.5],
    ["discountBasisPoints", "1000"],
    ["discountBasisPoints", null],
    ["set", 0],
    ["set", 9],
    ["set", 1.5],
    ["set", "1"],
    ["set", null],
    ["id", ""],
    ["id", 7],
    ["version", "1"],
    ["companions", []],
    [
      "companions",
      [{ product: 8002 }, { product: "8002" }, { product: "8002" }, { product: "x" }, { product: "8009" }],
    ],
    [
      "companions",
      [...Array(8).keys()].map((index) => ({ product: String(9000 + index) })).concat({ product: "8002" }),
    ],
  ])("reads an offer's %s of %j as Function and checkout do", async (key, value) => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002, 8007, 8009], { [key]: value });
    const offer = parseProductOffer([...shop.metafields.values()].find((each) => each.key === "offer")!.value);
    const document = await page(shopper, "/products/green-tea");
    const titles = (offer?.companions ?? [])
      .slice(0, LISTED_COMPANIONS)
      .flatMap(({ product }) => shop.products.get(product)?.title ?? [])
      .slice(0, offer?.set);
    expect(names(document).slice(1)).toEqual(titles);
    if (titles.length > 0) {
      expect(set(document)!.getAttribute("data-basis-points")).toBe(String(offer!.discountBasisPoints));
    }
  });

  test("is in Japanese and has no decimals in yen", async () => {
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

describe("the list that a shopper sees", () => {
  const EUROPE = [
    { id: "1", handle: "us", name: "US", countries: ["US"], currency: "USD", rate: 1, locales: ["en"] },
    { id: "2", handle: "eu", name: "EU", countries: ["DE"], currency: "EUR", rate: 0.9, locales: ["en"] },
  ];
  const CUSTOMER = "gid://shopify/Customer/901";
  const open = () => {
    const opened = openShop({ markets: EUROPE });
    opened.shop.orders.set("1", { ...smallOrder("1", ["8001"], Date.UTC(2026, 9, 1)), customerId: "901" });
    return opened;
  };
  type Opened = ReturnType<typeof open>;
  const logIn = ({ shopper }: Opened, id: string) => shopper.submit("/account/login", { customer_id: id });
  const seen = async ({ shopper }: Opened) => names(await page(shopper, "/products/green-tea")).slice(1);

  test("is the one of the currency they pay in, at its price there", async () => {
    const opened = open();
    publishSegment(opened.shop, "market", "EUR", [8009, 8002]);
    expect(await seen(opened)).toEqual(["Tea Cup"]);
    await opened.shopper.submit("/localization", { country_code: "DE" });
    expect(await seen(opened)).toEqual(["Tea Scoop", "Tea Cup"]);
    const document = await page(opened.shopper, "/products/green-tea");
    // $6.45 is €5.81, less 10 %.
    expect(textOf(document.querySelector("tsuide-set li:nth-child(2) [data-set-price]"))).toContain("5.23");
  });

  test("is that of new or of returning customers once they are logged in, and nobody's before", async () => {
    const opened = open();
    publishSegment(opened.shop, "customer", "returning", [8009]);
    expect(await seen(opened)).toEqual(["Tea Cup"]);
    await logIn(opened, "901");
    expect(await seen(opened)).toEqual(["Tea Scoop"]);
    await logIn(opened, "902");
    expect(await seen(opened)).toEqual(["Tea Cup"]);
    publishSegment(opened.shop, "customer", "new", [8009]);
    expect(await seen(opened)).toEqual(["Tea Scoop"]);
    await opened.shopper.ask("/account/logout");
    expect(await seen(opened)).toEqual(["Tea Cup"]);
  });

  test("is that of a customer's rank where one was published for the customer", async () => {
    const opened = open();
    publishSegment(opened.shop, "rank", "A", [8009]);
    await logIn(opened, "901");
    expect(await seen(opened)).toEqual(["Tea Cup"]);
    setMetafield(opened.shop, CUSTOMER, "$app", "history", "json", { version: 1, rank: "A", returning: true });
    expect(await seen(opened)).toEqual(["Tea Scoop"]);
    setMetafield(opened.shop, CUSTOMER, "$app", "history", "json", { version: 2, rank: "A" });
    expect(await seen(opened)).toEqual(["Tea Cup"]);
  });

  test("is the first that they are in", async () => {
    const opened = open();
    const segment = (by: string, is: string, product: string) => ({ by, is, companions: [{ product, weight: 0.4 }] });
    const segments = [
      segment("channel", "pos", "8007"),
      segment("channel", "online", "8009"),
      segment("market", "USD", "8007"),
    ];
    publishSegment(opened.shop, "", "", [8007, 8009], { segments });
    expect(await seen(opened)).toEqual(["Tea Scoop"]);
  });

  test.each([
    ["of a kind that is not known", [{ by: "weather", is: "rain", companions: [{ product: "8009" }] }]],
    [
      "without a list",
      [
        { by: "channel", is: "online" },
        { by: "channel", is: "online", companions: [] },
      ],
    ],
    ["that is no segment", ["online", null, 7]],
    ["that are no list", "online"],
  ])("is the default one where the offer has a segment %s", async (_, segments) => {
    const opened = open();
    publishSegment(opened.shop, "", "", [8009], { segments });
    expect(await seen(opened)).toEqual(["Tea Cup"]);
    expect(textOf((await page(opened.shopper, "/products/green-tea")).body)).not.toContain("Liquid error");
  });

  test("is the very one that checkout and discounts go by", async () => {
    const segment = fc.record({
      by: fc.constantFrom("customer", "market", "channel", "rank"),
      is: fc.constantFrom("new", "returning", "EUR", "USD", "online", "pos", "A", "B"),
      companions: fc.uniqueArray(fc.constantFrom(8002, 8007, 8009, 8004), { minLength: 1 }),
    });
    const shopper = fc.record({
      currency: fc.constantFrom("USD", "EUR"),
      customer: fc.constantFrom(null, "new", "returning"),
      rank: fc.constantFrom(null, "A", "B"),
    });
    const one = async (
      segments: readonly { by: string; is: string; companions: number[] }[],
      who: Omit<Shopper, "channel">,
    ) => {
      const opened = open();
      const lists = segments.map(({ companions, ...rest }) => ({
        ...rest,
        companions: companions.map((product) => ({ product: String(product), weight: 0.4 })),
      }));
      publishSegment(opened.shop, "", "", [8002, 8004, 8007, 8009], { segments: lists });
      if (who.currency === "EUR") await opened.shopper.submit("/localization", { country_code: "DE" });
      const id = who.customer === "new" ? "902" : "901";
      if (who.customer !== null) await logIn(opened, id);
      setMetafield(opened.shop, `gid://shopify/Customer/${id}`, "$app", "history", "json", {
        version: 1,
        rank: who.rank,
      });
      const offer = [...opened.shop.metafields.values()].find(
        ({ ownerId, key }) => ownerId === TEA && key === "offer",
      )!;
      const known: Shopper = { ...who, rank: who.customer === null ? null : who.rank, channel: "online" };
      const titles = companionsFor(parseProductOffer(offer.value)!, known).map(
        ({ product }) => opened.shop.products.get(product)!.title,
      );
      expect(await seen(opened)).toEqual(titles.slice(0, 3));
    };
    await fc.assert(fc.asyncProperty(fc.array(segment, { maxLength: 5 }), shopper, one), { numRuns: 25 });
  });

  test("leaves out what Liquid cannot resolve, and the set with it where nothing is left", async () => {
    const opened = open();
    publishSegment(opened.shop, "channel", "online", [9999, 8003, 8009]);
    expect(await seen(opened)).toEqual(["Tea Scoop"]);
    publishSegment(opened.shop, "channel", "online", [9999]);
    expect(set(await page(opened.shopper, "/products/green-tea"))).toBeNull();
  });
});

describe("numbers of orders", () => {
  const NOW = Date.UTC(2026, 10, 21, 12) / 1000;
  const DAY = 86_400;
  const ordersShown = async (
    orders: unknown,
    ordersUntil: unknown,
    given: object = {},
    path = "/products/green-tea",
  ) => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002, 8007], {
      companions: [
        { product: "8002", weight: 0.5, orders },
        { product: "8007", weight: 0.4 },
      ],
      ordersUntil,
      ...given,
    });
    const document = await page(shopper, path);
    expect(textOf(document.body)).not.toContain("Liquid error");
    return [...document.querySelectorAll(".tsuide-item__told")].map(textOf);
  };
  const TEXT = "112 orders, last 90 days";

  test("are shown beside the companion, in the shopper's language", async () => {
    expect(await ordersShown(112, NOW - DAY)).toEqual([TEXT]);
    expect(await ordersShown(112, NOW - DAY, {}, "/ja/products/green-tea")).toEqual(["直近90日の注文112件"]);
  });

  test("are shown for a week after the days they are from, and not one day more", async () => {
    expect(await ordersShown(112, NOW - 7 * DAY)).toEqual([TEXT]);
    expect(await ordersShown(112, NOW - 7 * DAY - 1)).toEqual([]);
    expect(await ordersShown(112, NOW + 30 * DAY)).toEqual([]);
  });

  test.each([
    ["below ten", 9, NOW, {}],
    ["that nobody dates", 112, undefined, {}],
    ["of what similar products are bought with", 112, NOW, { similar: true }],
    ["that are none", null, NOW, {}],
    ["that are no number", "many", NOW, {}],
  ])("%s are never shown", async (_, orders, until, given) =>
    expect(await ordersShown(orders, until, given)).toEqual([]),
  );
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
    ["the amount is below nothing", { USD: -1 }, {}],
    ["the amount is a text", { USD: "5000" }, {}],
  ])("is absent when %s", async (_, goal, given) => {
    expect(await goalOf(goal, [[40_020, 1]], given)).toBeNull();
  });
});
