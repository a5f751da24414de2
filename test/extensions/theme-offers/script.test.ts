import { describe, expect, test, vi } from "vitest";
import { buildProduct } from "../../dev-store/storefront/sample-shop.ts";
import { browse, openShop, publishOffer, publishStorefront, settled, textOf } from "../../fixtures/open-theme-shop.ts";

type Answer = Parameters<typeof browse>[2];

/** A product page with a set of a cup, a tray in two sizes and a scoop, and what a shopper can do with it. */
async function openSet(answer?: Answer, { companions = [8002, 8007, 8009], path = "/products/green-tea" } = {}) {
  const { shop, shopper } = openShop();
  publishOffer(shop, companions);
  const browser = await browse(shopper, path, answer);
  const { document, window, requests } = browser;
  const at = (selector: string) => document.querySelector<HTMLElement>(`tsuide-set ${selector}`)!;
  const change = (field: Element) => field.dispatchEvent(new window.Event("change", { bubbles: true }));
  return {
    ...browser,
    shop,
    shopper,
    at,
    change,
    tick(position: number) {
      const box = at(`li:nth-child(${position}) [data-tick]`) as HTMLInputElement;
      box.checked = !box.checked;
      change(box);
    },
    async submit() {
      at("form").dispatchEvent(new window.Event("submit", { bubbles: true, cancelable: true }));
      await settled();
    },
    label: () => textOf(at("[data-add-label]")),
    total: () => textOf(at("[data-amount-now]")),
    status: () => textOf(at("[data-status]")),
    additions: () => requests.filter((request) => request.path === "/cart/add.js"),
    async inCart() {
      const { items } = await shopper.json<{ items: { variant_id: number; quantity: number }[] }>("/cart.js");
      return Object.fromEntries(items.map((line) => [line.variant_id, line.quantity]));
    },
  };
}
type OpenSet = Awaited<ReturnType<typeof openSet>>;

const json = (status: number, body: object) =>
  Promise.resolve(new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } }));

/** Counts every event that a theme or another app may take for an addition. */
function hear({ document }: OpenSet) {
  const heard: string[] = [];
  const names = ["shopify:cart:lines-update", "shopify:cart:error", "cart:change", "cart:refresh", "ajaxProduct:added"];
  for (const name of names) document.addEventListener(name, () => heard.push(name));
  return heard;
}

describe("choosing", () => {
  test("offers everything together, with its saving, before anything is ticked", async () => {
    const { label, total, at } = await openSet();
    expect(label()).toBe("Add all 4 to cart");
    expect(total()).toBe("$70.55");
    expect(textOf(at("[data-amount-before] s"))).toBe("$78.40");
    expect(textOf(at("[data-saving]"))).toBe("Save $7.85");
    expect(at("[data-saving]").hidden).toBe(false);
  });

  test("moves total, saving and count with every tick", async () => {
    const { tick, label, total, at } = await openSet();
    tick(2);
    expect(label()).toBe("Add 2 to cart");
    expect(total()).toBe("$29.20");
    expect(textOf(at("[data-saving]"))).toBe("Save $3.25");
    tick(2);
    expect(total()).toBe("$70.55");
  });

  test("takes the price of the variant chosen", async () => {
    const { tick, total, at, change } = await openSet();
    tick(3);
    expect(total()).toBe("$53.50");
    const variants = at("li:nth-child(3) select") as HTMLSelectElement;
    expect([...variants.options].map((option) => option.value)).toEqual(["40071", "40072"]);
    variants.value = "40072";
    change(variants);
    expect(total()).toBe("$58.00");
  });

  test("has one picker for each option, which together choose a variant that exists", async () => {
    const { shop, shopper } = openShop();
    const scarf = buildProduct(20, "Scarf", 2000, { options: ["Colour", "Length"] }, ["1", "2", "3"]);
    const values = [
      ["Red", "Short"],
      ["Red", "Long"],
      ["Blue", "Long"],
    ];
    scarf.variants.forEach((variant, index) =>
      Object.assign(variant, { options: values[index], title: values[index]!.join(" / ") }),
    );
    shop.products.set(scarf.id, scarf);
    publishOffer(shop, [8020]);
    const { document, window } = await browse(shopper, "/products/green-tea");
    const [colour, length] = [...document.querySelectorAll<HTMLSelectElement>("tsuide-set [data-option]")];
    expect([colour, length].map((picker) => picker!.getAttribute("aria-label"))).toEqual([
      "Colour of Scarf",
      "Length of Scarf",
    ]);
    expect([colour!.value, length!.value]).toEqual(["Red", "Short"]);
    colour!.value = "Blue";
    colour!.dispatchEvent(new window.Event("change", { bubbles: true }));
    expect([colour!.value, length!.value]).toEqual(["Blue", "Long"]);
    expect(textOf(document.querySelector("tsuide-set [data-amount-before] s"))).toBe("$49.95");
  });
});

describe("this item", () => {
  test("follows the variant chosen in the page's own form", async () => {
    const { document, change, at, tick, total } = await openSet();
    tick(2);
    const own = document.querySelector<HTMLSelectElement>("form[action*='/cart/add'] [name='id']")!;
    own.value = "40011";
    change(own);
    await settled();
    expect(total()).toBe("$33.70");
    expect(textOf(at("[data-variant-title]"))).toBe("100 g");
  });

  test("follows a form whose field a script writes without a word", async () => {
    const { document, tick, total } = await openSet();
    tick(2);
    const own = document.querySelector<HTMLSelectElement>("form[action*='/cart/add'] [name='id']")!;
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: "id", value: "40010" });
    own.replaceWith(hidden);
    await settled();
    hidden.value = "40011";
    await settled();
    expect(total()).toBe("$33.70");
  });

  test("follows the address where the page has no form for it", async () => {
    const { document, window, tick, total } = await openSet();
    tick(2);
    document.querySelector("form[action*='/cart/add']")!.remove();
    window.history.replaceState(null, "", "?variant=40011");
    window.dispatchEvent(new window.Event("popstate"));
    await settled();
    expect(total()).toBe("$33.70");
  });

  test("is in the cart by its variant: another one can still be added", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002]);
    await shopper.send("/cart/add.js", { items: [{ id: 40_010 }] });
    const { document, window } = await browse(shopper, "/products/green-tea");
    const label = () => textOf(document.querySelector("tsuide-set [data-add-label]"));
    expect(label()).toBe("Add 1 to cart");
    const own = document.querySelector<HTMLSelectElement>("form[action*='/cart/add'] [name='id']")!;
    own.value = "40011";
    own.dispatchEvent(new window.Event("change", { bubbles: true }));
    await settled();
    expect(label()).toBe("Add 2 to cart");
  });

  test("is taken as often as the page's own quantity says", async () => {
    const { document, change, tick, label, total, at, submit, additions } = await openSet();
    tick(2);
    const quantity = document.querySelector<HTMLInputElement>("form[action*='/cart/add'] [name='quantity']")!;
    quantity.value = "3";
    change(quantity);
    await settled();
    expect(label()).toBe("Add 4 to cart");
    expect(textOf(at("[data-quantity]"))).toBe("× 3");
    expect(total()).toBe("$65.10");
    await submit();
    expect(additions()[0]!.body).toMatchObject({
      items: [
        { id: 40_010, quantity: 3 },
        { id: 40_020, quantity: 1 },
      ],
    });
  });

  test("is not offered while the page shows a variant that is sold out", async () => {
    const { shop, shopper } = openShop();
    shop.products.get("8001")!.variants[1]!.inventoryQuantity = 0;
    publishOffer(shop, [8002]);
    const { document, window } = await browse(shopper, "/products/green-tea");
    const set = document.querySelector<HTMLElement>("tsuide-set")!;
    expect(set.hidden).toBe(false);
    const own = document.querySelector<HTMLSelectElement>("form[action*='/cart/add'] [name='id']")!;
    own.value = "40011";
    own.dispatchEvent(new window.Event("change", { bubbles: true }));
    await settled();
    expect(set.hidden).toBe(true);
  });
});

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

  test("tells in the shop's words when it is refused, and can be tried again", async () => {
    let refusals = 0;
    const set = await openSet((path) =>
      path === "/cart/add.js" && refusals++ === 0
        ? json(422, { description: "All 3 Tea Cup are in your cart." })
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
      path === "/cart/add.js" ? json(200, { items: [{ variant_id: 40_010 }] }) : null,
    );
    tick(2);
    await submit();
    expect(status()).toBe("Could not be added: Tea Cup. The rest is in your cart. View cart");
  });

  test("tells of a price that has changed since the page was loaded", async () => {
    const { shop, tick, submit, status } = await openSet();
    shop.products.get("8002")!.variants[0]!.priceMinor = 1500;
    tick(2);
    await submit();
    expect(status()).toBe("Added 2 to your cart. The price of Tea Cup has changed to $15.00. View cart");
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
    const set = await openSet((path) => (path === "/cart/add.js" ? json(503, {}) : null));
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

describe("the page that the set is on", () => {
  test("hears of an addition once by each of the ways that themes know", async () => {
    const set = await openSet();
    const heard = hear(set);
    await set.submit();
    expect(heard).toEqual(["shopify:cart:lines-update", "cart:change", "cart:refresh", "ajaxProduct:added"]);
  });

  test("is given the cart in the Storefront API's shape, with what themes draw it from", async () => {
    const set = await openSet();
    let event: (Event & { promise?: Promise<unknown> }) | null = null;
    set.document.addEventListener("shopify:cart:lines-update", (heard: Event) => (event = heard));
    set.tick(2);
    await set.submit();
    expect(event).toMatchObject({
      action: "add",
      context: "product",
      lines: [
        { merchandiseId: "gid://shopify/ProductVariant/40010", quantity: 1 },
        { merchandiseId: "gid://shopify/ProductVariant/40020", quantity: 1 },
      ],
    });
    expect(await event!.promise).toMatchObject({
      cart: {
        totalQuantity: 2,
        cost: { totalAmount: { amount: "32.45", currencyCode: "USD" } },
        lines: [{ quantity: 1, cost: { totalAmount: { currencyCode: "USD" } } }, { quantity: 1 }],
      },
      detail: { itemCount: 2, items: [{ product_id: expect.any(Number) }, {}], didError: false },
    });
  });

  test("shows why a refused addition left the cart as it was", async () => {
    const set = await openSet((path) => (path === "/cart/add.js" ? json(422, { description: "Sold out" }) : null));
    const promises: Promise<unknown>[] = [];
    const errors: unknown[] = [];
    set.document.addEventListener("shopify:cart:lines-update", (event: Event & { promise?: Promise<unknown> }) =>
      promises.push(event.promise!),
    );
    set.document.addEventListener("shopify:cart:error", (event: Event) => errors.push(event));
    await set.submit();
    expect(await promises[0]).toMatchObject({ cart: { totalQuantity: 0 }, userErrors: [{ message: "Sold out" }] });
    expect(errors).toMatchObject([{ error: "Sold out", code: "INVALID" }]);
  });

  describe("with a drawer or a notification that takes rendered sections", () => {
    async function openWithDrawer(renderContents: (state: Record<string, unknown>) => void) {
      const set = await openSet();
      const drawer = set.document.createElement("cart-notification");
      const calls: string[] = [];
      const published: unknown[][] = [];
      Object.assign(drawer, {
        getSectionsToRender: () => [{ id: "header" }],
        setActiveElement: (element: Element) => calls.push(`focus returns to ${element.tagName}`),
        renderContents: (state: Record<string, unknown>) => {
          calls.push("rendered");
          renderContents(state);
        },
      });
      Object.assign(set.window, {
        PUB_SUB_EVENTS: { cartUpdate: "cart-update", cartError: "cart-error" },
        publish: (...args: unknown[]) => published.push(args),
      });
      set.document.body.append(drawer);
      return { ...set, calls, published };
    }

    test("passes it the answer as that of one item, and the button that focus returns to", async () => {
      const seen: Record<string, unknown>[] = [];
      const set = await openWithDrawer((state) => seen.push(state));
      const heard = hear(set);
      await set.submit();
      expect(set.calls).toEqual(["focus returns to BUTTON", "rendered"]);
      expect(seen[0]).toMatchObject({
        key: expect.any(String),
        id: expect.any(Number),
        sections: { header: expect.any(String) },
      });
      expect(set.published).toMatchObject([
        ["cart-update", { source: "tsuide", cartData: { items: expect.any(Array) } }],
      ]);
      expect(heard).toEqual(["shopify:cart:lines-update"]);
      expect(set.status()).toBe("Added 4 to your cart. View cart");
    });

    test("tells what the shop answered, whatever the theme's code throws", async () => {
      const set = await openWithDrawer(() => {
        throw new TypeError("Cannot read properties of null (reading 'innerHTML')");
      });
      await set.submit();
      expect(set.status()).toBe("Added 4 to your cart. View cart");
      await set.submit();
      expect(set.additions()).toHaveLength(1);
    });
  });

  describe("with an action of the theme's own", () => {
    async function openWithAction(handler: (set: OpenSet, payload: { lines: ActionLine[] }) => Promise<unknown>) {
      const set = await openSet();
      const updateCart = vi.fn((payload: { lines: ActionLine[] }) => handler(set, payload));
      const actions = { updateCart: Object.assign(updateCart, { isDefault: () => false }) };
      Object.assign(set.window, { Shopify: { ...(set.window as never as { Shopify?: object }).Shopify, actions } });
      return { ...set, updateCart };
    }
    interface ActionLine {
      merchandiseId: string;
      quantity: number;
    }
    const addLines = async ({ shopper }: OpenSet, { lines }: { lines: ActionLine[] }) => {
      const items = lines.map((line) => ({
        id: Number(line.merchandiseId.split("/").at(-1)),
        quantity: line.quantity,
      }));
      await shopper.send("/cart/add.js", { items });
      return { cart: { totalQuantity: items.length }, userErrors: [] };
    };

    test("adds with it, and leaves telling the page to it", async () => {
      const set = await openWithAction(addLines);
      const heard = hear(set);
      set.tick(2);
      await set.submit();
      expect(set.updateCart.mock.calls[0]![0]).toEqual({
        lines: [
          { merchandiseId: "gid://shopify/ProductVariant/40010", quantity: 1, attributes: [] },
          {
            merchandiseId: "gid://shopify/ProductVariant/40020",
            quantity: 1,
            attributes: [{ key: "_tsuide", value: "bt-8001/product" }],
          },
        ],
      });
      expect(set.additions()).toEqual([]);
      expect(heard).toEqual([]);
      expect(set.status()).toBe("Added 2 to your cart. View cart");
    });

    test("tells of success where its handler throws after the items came", async () => {
      const set = await openWithAction(async (opened, payload) => {
        await addLines(opened, payload);
        throw new Error("drawer is not defined");
      });
      await set.submit();
      expect(set.status()).toBe("Added 4 to your cart. View cart");
      await set.submit();
      expect(set.updateCart).toHaveBeenCalledTimes(1);
    });

    test("tells of failure where its handler throws and nothing came", async () => {
      const set = await openWithAction(() => Promise.reject(new Error("offline")));
      await set.submit();
      expect(set.status()).toBe("Nothing was added.");
    });

    test("tells in the shop's words when it is refused", async () => {
      const set = await openWithAction(async () => ({ cart: null, userErrors: [{ message: "Only 2 left." }] }));
      await set.submit();
      expect(set.status()).toBe("Nothing was added. Only 2 left.");
    });
  });

  test("is not driven by the default action, which reloads pages of themes that it does not know", async () => {
    const set = await openSet();
    const updateCart = Object.assign(vi.fn(), { isDefault: () => true });
    Object.assign(set.window, { Shopify: { routes: { root: "/" }, actions: { updateCart } } });
    await set.submit();
    expect(updateCart).not.toHaveBeenCalled();
    expect(set.additions()).toHaveLength(1);
  });
});

describe("the free-shipping goal", () => {
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

  test("takes success back when the cart shrinks, announced by a standard event", async () => {
    const { document, window, goal, takeOneOff } = await openGoal();
    const event = new window.Event("shopify:cart:lines-update", { bubbles: true });
    document.dispatchEvent(Object.assign(event, { promise: takeOneOff() }));
    await settled();
    expect(goal.dataset.state).toBe("progress");
    expect(textOf(goal.querySelector("[role=status]"))).toBe("$12.50 more for free shipping");
    expect(goal.querySelector("[role=progressbar]")!.getAttribute("aria-valuenow")).toBe("50");
  });

  test("notices a cart request of a theme that tells nobody", async () => {
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

  test("rather shows nothing than a promise that may no longer hold", async () => {
    const { goal, note } = await openGoal((path) => (path === "/cart.js" ? json(503, {}) : null));
    note("http://localhost:4000/cart/change.js");
    await settled();
    expect(goal.hidden).toBe(true);
  });

  test("asks for the cart alone, once for several signals of one change", async () => {
    const { document, window, requests, note } = await openGoal();
    document.dispatchEvent(new window.CustomEvent("cart:refresh"));
    document.dispatchEvent(new window.CustomEvent("cart:change"));
    note("http://localhost:4000/cart/change.js");
    await settled();
    expect(requests.map(({ path }) => path)).toEqual(["/cart.js"]);
  });
});
