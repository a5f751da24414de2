import { describe, expect, test } from "vitest";
import { type Answer, type OpenSet, answerJson, hear, openSet } from "../../fixtures/open-set.ts";
import { page } from "../../fixtures/open-theme-shop.ts";

describe("adding", () => {
  test("is one request, with our property on companions alone", async () => {
    const { tick, submit, additions, status } = await openSet();
    tick(2);
    tick(4);
    await submit();
    expect(additions()).toEqual([
      {
        path: "/cart/add.js",
        body: {
          items: [
            { id: 40_010, quantity: 1 },
            { id: 40_020, quantity: 1, properties: { _tsuide: "bt-8001/product" } },
            { id: 40_090, quantity: 1, properties: { _tsuide: "bt-8001/product" } },
          ],
        },
      },
    ]);
    expect(status()).toBe("Added 3 to your cart. View cart");
  });

  test("clears the ticks and never adds again what is in the cart", async () => {
    const { tick, submit, at, label, inCart } = await openSet();
    tick(2);
    await submit();
    expect(at("li:nth-child(2)").hasAttribute("data-in-cart")).toBe(true);
    expect(at("[data-tick]:checked")).toBeNull();
    expect(label()).toBe("Add 2 to cart");
    await submit();
    expect(await inCart()).toEqual({ 40_010: 1, 40_020: 1, 40_071: 1, 40_090: 1 });
    expect(label()).toBe("All in your cart");
    await submit();
    expect(await inCart()).toEqual({ 40_010: 1, 40_020: 1, 40_071: 1, 40_090: 1 });
  });

  test("happens once for two taps", async () => {
    const { submit, additions } = await openSet();
    await Promise.all([submit(), submit()]);
    expect(additions()).toHaveLength(1);
  });

  test("shows the shop's reason when it is refused, and can be tried again", async () => {
    let refusals = 0;
    const set = await openSet((path) =>
      path === "/cart/add.js" && refusals++ === 0
        ? answerJson(422, { description: "All 3 Tea Cup are in your cart." })
        : null,
    );
    const heard = hear(set);
    await set.submit();
    expect(set.status()).toBe("Nothing was added. All 3 Tea Cup are in your cart.");
    expect(set.label()).toBe("Add all 4 to cart");
    expect(heard).toEqual(["shopify:cart:lines-update", "shopify:cart:error"]);
    await set.submit();
    expect(set.status()).toBe("Added 4 to your cart. View cart");
  });

  test("names what is missing when only a part was added", async () => {
    const { tick, submit, status } = await openSet((path) =>
      path === "/cart/add.js" ? answerJson(200, { items: [{ variant_id: 40_010 }] }) : null,
    );
    tick(2);
    await submit();
    expect(status()).toBe("Could not be added: Tea Cup. The rest is in your cart. View cart");
  });

  test("says when a price has changed since the page was loaded", async () => {
    const { shop, tick, submit, status } = await openSet();
    shop.products.get("8002")!.variants[0]!.priceMinor = 1500;
    tick(2);
    await submit();
    expect(status()).toBe("Added 2 to your cart. The price of Tea Cup has changed to $15.00. View cart");
  });

  test("says nothing of prices where another tab has switched the currency since", async () => {
    const { shopper, tick, submit, status } = await openSet();
    await shopper.submit("/localization", { country_code: "JP" });
    tick(2);
    await submit();
    expect((await shopper.json<{ currency: string }>("/cart.js")).currency).toBe("JPY");
    expect(status()).toBe("Added 2 to your cart. View cart");
  });

  test("shows that it is busy, and is not when the page comes back from the browser's cache", async () => {
    const { at, submit, label, window } = await openSet((path) =>
      path === "/cart/add.js" ? new Promise<Response>(() => undefined) : null,
    );
    await submit();
    expect(label()).toBe("Adding…");
    expect(at("[data-add]").getAttribute("aria-disabled")).toBe("true");
    window.dispatchEvent(Object.assign(new window.Event("pageshow"), { persisted: true }));
    expect(label()).toBe("Add all 4 to cart");
    expect(at("[data-add]").getAttribute("aria-disabled")).toBe("false");
  });
});

test("is one request still after a builder has moved the set, and after the theme has drawn it again", async () => {
  const { document, shopper, at, tick, label, submit, additions } = await openSet();
  const set = at("form").parentElement!;
  const parent = set.parentElement!;
  set.remove();
  parent.append(set);
  tick(2);
  expect(label()).toBe("Add 2 to cart");
  await submit();
  expect(additions()).toHaveLength(1);
  const drawn = (await page(shopper, "/products/green-tea")).querySelector("tsuide-set")!;
  set.replaceWith(document.importNode(drawn, true));
  tick(2);
  expect(label()).toBe("Add 1 to cart");
  await submit();
  expect(additions()).toHaveLength(2);
});

describe("an addition whose answer is lost", () => {
  test("reports success where the cart shows that it succeeded, and is not made twice", async () => {
    const lost: Answer = (path, init) =>
      path === "/cart/add.js"
        ? set.shopper.ask(path, init).then(() => Promise.reject(new TypeError("connection reset")))
        : null;
    const set: OpenSet = await openSet((path, init) => lost!(path, init));
    set.tick(2);
    await set.submit();
    expect(set.status()).toBe("Added 2 to your cart. View cart");
    await set.submit();
    expect((await set.inCart())["40020"]).toBe(1);
  });

  test("reports a failure where the cart shows that nothing came", async () => {
    const set = await openSet((path) => (path === "/cart/add.js" ? answerJson(503, {}) : null));
    const heard = hear(set);
    await set.submit();
    expect(set.status()).toBe("Nothing was added.");
    expect(heard).toEqual(["shopify:cart:lines-update", "shopify:cart:error"]);
  });

  test("is never repeated before the cart has been read", async () => {
    let isDown = true;
    const set: OpenSet = await openSet((path, init) => {
      if (!isDown) return null;
      const gone = () => Promise.reject<Response>(new TypeError("offline"));
      return path === "/cart/add.js" ? set.shopper.ask(path, init).then(gone) : path === "/cart.js" ? gone() : null;
    });
    set.tick(2);
    await set.submit();
    expect(set.status()).toContain("Please check your cart before you try again.");
    expect(set.at("[data-status] a").getAttribute("href")).toBe("/cart");
    await set.submit();
    expect(set.additions()).toHaveLength(1);
    isDown = false;
    await set.submit();
    expect(set.additions()).toHaveLength(1);
    expect(await set.inCart()).toEqual({ 40_010: 1, 40_020: 1 });
  });
});
