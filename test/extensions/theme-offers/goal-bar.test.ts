import { describe, expect, test } from "vitest";
import { buildNativeDiscount, setNativeDiscounts } from "../../dev-store/shop/native-discounts.ts";
import { type Answer, answerJson } from "../../fixtures/open-set.ts";
import { browse, openShop, page, publishStorefront, settled, textOf } from "../../fixtures/open-theme-shop.ts";

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

  test("says in an empty cart how much is missing", async () => {
    const goal = await goalOf({ USD: 5000 }, []);
    expect(goal.dataset.state).toBe("empty");
    expect(textOf(goal)).toContain("$50.00 more for free shipping");
  });

  test("says how much is missing, in text and as a progress bar", async () => {
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
  });

  test("says beside a discount code, off a line or off the order, that they may not go together", async () => {
    const { shop, shopper } = openShop();
    publishStorefront(shop, { goal: { USD: 2500 } });
    setNativeDiscounts(shop, [
      buildNativeDiscount("1", { code: "LINE", products: ["8002"] }),
      buildNativeDiscount("2", { code: "ORDER" }),
      buildNativeDiscount("3", { title: "Sale", off: { percent: 1 } }),
    ]);
    await shopper.send("/cart/add.js", { items: [{ id: 40_020, quantity: 3 }] });
    const note = "Rewards may not combine with your discount code";
    for (const [discount, isSaid] of [
      ["", false],
      ["LINE", true],
      ["ORDER", true],
      ["GONE", false],
    ] as const) {
      await shopper.send("/cart/update.js", { discount });
      const goal = (await page(shopper, "/cart")).querySelector("tsuide-goal")!;
      expect([discount, textOf(goal).includes(note)]).toEqual([discount, isSaid]);
    }
    await shopper.send("/cart/update.js", { discount: "ORDER" });
    expect(textOf((await page(shopper, "/ja/cart")).body)).toContain("併用できない場合があります");
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

describe("the free-shipping goal, with the script", () => {
  async function openGoal(answer?: Answer) {
    const { shop, shopper } = openShop();
    publishStorefront(shop, { goal: { USD: 2500 } });
    await shopper.send("/cart/add.js", { items: [{ id: 40_020, quantity: 2 }] });
    const browser = await browse(shopper, "/cart", answer);
    const goal = browser.document.querySelector<HTMLElement>("tsuide-goal")!;
    expect(goal.dataset.state).toBe("reached");
    const { items } = await shopper.json<{ items: { key: string }[] }>("/cart.js");
    return {
      ...browser,
      shopper,
      goal,
      takeOneOff: () => shopper.send("/cart/change.js", { id: items[0]!.key, quantity: 1 }),
    };
  }

  test("is no longer reached once a standard event announces a smaller cart", async () => {
    const { document, window, goal, takeOneOff } = await openGoal();
    const event = new window.Event("shopify:cart:lines-update", { bubbles: true });
    const promise = takeOneOff();
    document.dispatchEvent(Object.assign(event, { promise }));
    await promise;
    await settled();
    expect(goal.dataset.state).toBe("progress");
    expect(textOf(goal.querySelector("[role=status]"))).toBe("$12.50 more for free shipping");
    expect(goal.querySelector("[role=progressbar]")!.getAttribute("aria-valuenow")).toBe("50");
  });

  test("follows a cart request of a theme that sends no event", async () => {
    const { goal, takeOneOff, note } = await openGoal();
    await takeOneOff();
    note("http://localhost:4000/cart/change.js");
    await settled();
    expect(goal.dataset.state).toBe("progress");
  });

  test("is not stale when its tab is looked at again", async () => {
    const { document, window, goal, takeOneOff } = await openGoal();
    await takeOneOff();
    Object.defineProperty(document, "hidden", { value: false });
    document.dispatchEvent(new window.Event("visibilitychange"));
    await settled();
    expect(goal.dataset.state).toBe("progress");
  });

  test("is hidden where the cart cannot be read", async () => {
    const { goal, note } = await openGoal((path) => (path === "/cart.js" ? answerJson(503, {}) : null));
    note("http://localhost:4000/cart/change.js");
    await settled();
    expect(goal.hidden).toBe(true);
  });

  test("asks for the cart and its own page, once for several signals of one change", async () => {
    const { document, window, requests, note } = await openGoal();
    document.dispatchEvent(new window.CustomEvent("shopify:cart:lines-update"));
    document.dispatchEvent(new window.Event("visibilitychange"));
    note("http://localhost:4000/cart/change.js");
    await settled();
    expect(requests.map(({ path }) => path)).toEqual(["/cart.js", "/cart"]);
  });
});
