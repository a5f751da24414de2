import { describe, expect, test } from "vitest";
import {
  openShop,
  page,
  publishEnvelope,
  publishOffer,
  publishStorefront,
  textOf,
} from "../../fixtures/open-theme-shop.ts";

const COMPANIONS = [8002, 8007, 8009];
const entry = (given: object = {}) => ({
  type: "bought-together",
  id: "bt-1-8001",
  discountBasisPoints: 1000,
  set: 3,
  companions: COMPANIONS.map((product) => ({ product: String(product), weight: 0.5 })),
  ...given,
});
type Shop = ReturnType<typeof openShop>["shop"];

async function productPage(arrange: (shop: Shop) => void) {
  const { shop, shopper } = openShop();
  arrange(shop);
  const document = await page(shopper, "/products/green-tea");
  expect(textOf(document.body)).not.toContain("Liquid error");
  return document.querySelector<HTMLElement>("tsuide-set");
}

describe("the offers of a product", () => {
  test("are read from version 2, past entries of other types and entries that cannot be read", async () => {
    const offers = [
      { type: "spin-the-wheel", id: "wheel-1", discountBasisPoints: 9_000, companions: [{ product: "8009" }] },
      entry({ id: "" }),
      entry({ id: "bt-2-8001", discountBasisPoints: 10_001 }),
      ...[null, 7, "bought-together", []],
      entry({ id: "bt-3-8001", discountBasisPoints: 500, set: 1 }),
      entry({ id: "bt-4-8001" }),
    ];
    const set = await productPage((shop) => publishEnvelope(shop, { version: 2, offers }, COMPANIONS));
    expect(set!.dataset).toMatchObject({ claim: "bt-3-8001/product", off: "500" });
    expect(set!.querySelectorAll("li")).toHaveLength(2);
  });

  test("are shown where the merchant wants them to be", async () => {
    const shownOn = (on: unknown) =>
      productPage((shop) => publishEnvelope(shop, { version: 2, offers: [entry({ on })] }, COMPANIONS));
    expect(await shownOn(["checkout"])).toBeNull();
    expect((await shownOn(["product", "checkout"]))!.dataset.claim).toBe("bt-1-8001/product");
  });

  test("are those of version 2 where version 1 is still there", async () => {
    const set = await productPage((shop) => {
      publishOffer(shop, COMPANIONS);
      publishEnvelope(shop, { version: 2, offers: [entry({ discountBasisPoints: 500 })] }, COMPANIONS);
    });
    expect(set!.dataset).toMatchObject({ claim: "bt-1-8001/product", off: "500" });
  });

  test("are those of version 1 only where version 2 is absent", async () => {
    expect((await productPage((shop) => publishOffer(shop, COMPANIONS)))!.dataset.claim).toBe("bt-8001/product");
    const withdrawn = await productPage((shop) => {
      publishOffer(shop, COMPANIONS);
      publishEnvelope(shop, { version: 2, offers: [] }, COMPANIONS);
    });
    expect(withdrawn).toBeNull();
  });

  test.each([
    ["a later version", { version: 3, offers: [entry()] }],
    ["a version that is text", { version: "2", offers: [entry()] }],
    ["no version", { offers: [entry()] }],
    ["no list", { version: 2, offers: entry() }],
    ["text for a list", { version: 2, offers: "bought-together" }],
    ["nothing for a list", { version: 2, offers: null }],
    ["nested lists", { version: 2, offers: [[entry()]] }],
    ["only unknown types", { version: 2, offers: [entry({ type: "bundle" }), entry({ type: null })] }],
    ["a list", [entry()]],
    ["text", JSON.stringify("version 2")],
    ["a number", 2],
    ["companions that are none", { version: 2, offers: [entry({ companions: "8002" })] }],
    ["companions of another kind", { version: 2, offers: [entry({ companions: [8002, null, ["8007"]] })] }],
  ])("show nothing where their envelope holds %s", async (_, envelope) => {
    expect(await productPage((shop) => publishEnvelope(shop, envelope, COMPANIONS))).toBeNull();
  });
});

describe("the offers of the shop", () => {
  const goal = (amount: unknown, given: object = {}) => ({
    ...{ type: "goal", id: "goal-1", goal: { USD: amount } },
    ...given,
  });
  const amountOf = async (value: object, country = "US") => {
    const { shop, shopper } = openShop({
      markets: [
        { id: "1", handle: "us", name: "US", countries: ["US", "CA"], currency: "USD", rate: 1, locales: ["en"] },
      ],
    });
    publishStorefront(shop, value);
    await shopper.submit("/localization", { country_code: country });
    const document = await page(shopper, "/cart");
    expect(textOf(document.body)).not.toContain("Liquid error");
    const [, amount = null] = /\$([0-9.]+) more/.exec(textOf(document.querySelector("tsuide-goal"))) ?? [];
    return amount && String(Math.round(Number(amount) * 100));
  };

  test("are read from version 2, past entries of other types and entries that cannot be read", async () => {
    const offers = [{ type: "tiers", goal: { USD: 100 } }, null, "goal", goal("1000"), goal(-1), goal(5000)];
    expect(await amountOf({ version: 2, offers })).toBe("5000");
  });

  test("have the lowest goal that is good where the shopper is", async () => {
    const offers = [
      goal(5000, { countries: null }),
      goal(3000, { countries: ["CA"] }),
      goal(4000, { countries: ["US", "GB"] }),
      goal(9000),
    ];
    expect(await amountOf({ version: 2, offers })).toBe("4000");
    expect(await amountOf({ version: 2, offers }, "CA")).toBe("3000");
    expect(await amountOf({ version: 2, offers: [goal(3000, { countries: ["CA"] })] })).toBeNull();
  });

  test.each([
    ["goals that are no list", { version: 2, offers: goal(5000) }],
    ["a later version", { version: 3, offers: [goal(5000)] }],
    ["amounts that are none", { version: 2, offers: [goal(5000, { goal: 5000 }), goal(5000, { goal: null })] }],
    ["countries that are none", { version: 2, offers: [goal(5000, { countries: "US,CA" })] }],
    ["the switch off", { version: 2, enabled: false, offers: [goal(5000)] }],
    ["a goal of version 1 as well", { version: 2, offers: [], goal: { USD: 5000 } }],
  ])("show no goal where they hold %s", async (_, value) => expect(await amountOf(value)).toBeNull());

  test("switch every block off in version 2 as in version 1", async () => {
    const set = await productPage((shop) => {
      publishEnvelope(shop, { version: 2, offers: [entry()] }, COMPANIONS);
      publishStorefront(shop, { version: 2, enabled: false, offers: [] });
    });
    expect(set).toBeNull();
  });
});
