import { describe, expect, test } from "vitest";
import { browse, openShop, publishOffer, publishStorefront, settled, textOf } from "../../fixtures/open-theme-shop.ts";

async function openSet(answer?: Parameters<typeof browse>[2]) {
  const { shop, shopper } = openShop();
  publishOffer(shop, [8002, 8007, 8009]);
  const browser = await browse(shopper, "/products/green-tea", answer);
  const { document, window } = browser;
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
    submit: () => at("form").dispatchEvent(new window.Event("submit", { bubbles: true, cancelable: true })),
    label: () => textOf(at("[data-add-label]")),
    total: () => textOf(at("[data-amount-now]")),
    status: () => textOf(at("[data-status]")),
  };
}
const json = (status: number, body: object) =>
  Promise.resolve(new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } }));

describe("choosing", () => {
  test("starts with this item alone, at its full price", async () => {
    const { label, total, at } = await openSet();
    expect(label()).toBe("Add 1 to cart");
    expect(total()).toBe("$19.95");
    expect(at("[data-saving]").hidden).toBe(true);
  });

  test("moves total, saving and count with every tick", async () => {
    const { tick, label, total, at } = await openSet();
    tick(2);
    expect(label()).toBe("Add 2 to cart");
    expect(total()).toBe("$29.20");
    expect(textOf(at("[data-amount-before] s"))).toBe("$32.45");
    expect(textOf(at("[data-saving]"))).toBe("You save $3.25");
    tick(2);
    expect(total()).toBe("$19.95");
  });

  test("takes the price of the variant chosen", async () => {
    const { tick, total, at, change } = await openSet();
    tick(3);
    expect(total()).toBe("$53.50");
    const variants = at("li:nth-child(3) select") as HTMLSelectElement;
    expect([...variants.options].map((option) => option.value)).toEqual(["40070", "40071", "40072"]);
    variants.value = "40072";
    change(variants);
    expect(total()).toBe("$58.00");
  });

  test("follows the variant chosen in the page's own form", async () => {
    const { document, change, total } = await openSet();
    const own = document.querySelector<HTMLSelectElement>("form[action*='/cart/add'] [name='id']")!;
    own.value = "40011";
    change(own);
    expect(total()).toBe("$24.95");
  });
});

describe("adding", () => {
  test("is one request, with our property on companions alone", async () => {
    const { tick, submit, requests, status } = await openSet();
    tick(2);
    tick(4);
    submit();
    await settled();
    expect(requests.filter(({ path }) => path.startsWith("/cart"))).toEqual([
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
    expect(status()).toBe("3 items added to your cart. View cart");
  });

  test("happens once for two taps", async () => {
    const { submit, requests } = await openSet();
    submit();
    submit();
    await settled();
    expect(requests.filter(({ path }) => path === "/cart/add.js")).toHaveLength(1);
  });

  test("tells the page at once, with a promise for the outcome", async () => {
    const { document, submit } = await openSet();
    let seen: (Event & { action?: string; lines?: unknown; promise?: Promise<{ cart: unknown }> }) | null = null;
    document.addEventListener("shopify:cart:lines-update", (event: Event) => (seen = event));
    submit();
    expect(seen).toMatchObject({
      action: "add",
      lines: [{ merchandiseId: "gid://shopify/ProductVariant/40010", quantity: 1 }],
    });
    expect(await seen!.promise).toHaveProperty("cart");
  });

  test("tells in the shop's words when it is refused, and can be tried again", async () => {
    let refusals = 0;
    const { submit, status, label } = await openSet((path) =>
      path === "/cart/add.js" && refusals++ === 0
        ? json(422, { description: "All 3 Tea Cup are in your cart." })
        : null,
    );
    submit();
    await settled();
    expect(status()).toBe("Nothing was added. All 3 Tea Cup are in your cart.");
    expect(label()).toBe("Add 1 to cart");
    submit();
    await settled();
    expect(status()).toBe("1 item added to your cart. View cart");
  });

  test("names what is missing when only a part was added", async () => {
    const { tick, submit, status } = await openSet((path) =>
      path === "/cart/add.js" ? json(200, { items: [{ variant_id: 40_010 }] }) : null,
    );
    tick(2);
    submit();
    await settled();
    expect(status()).toBe("Could not be added: Tea Cup. The rest is in your cart. View cart");
  });

  test.each([
    ["the connection breaks", () => Promise.reject(new TypeError("offline"))],
    ["the shop fails", () => json(503, {})],
  ])("promises nothing when %s", async (_, answer) => {
    const { submit, status } = await openSet((path) => (path === "/cart/add.js" ? answer() : null));
    submit();
    await settled();
    expect(status()).toContain("Please look at your cart");
  });

  test("shows that it is busy, and is not when the page comes back from the browser's cache", async () => {
    const { at, submit, label, window } = await openSet((path) =>
      path === "/cart/add.js" ? new Promise<Response>(() => undefined) : null,
    );
    submit();
    expect(label()).toBe("Adding…");
    expect(at("[data-add]").getAttribute("aria-disabled")).toBe("true");
    window.dispatchEvent(Object.assign(new window.Event("pageshow"), { persisted: true }));
    expect(label()).toBe("Add 1 to cart");
    expect(at("[data-add]").getAttribute("aria-disabled")).toBe("false");
  });
});

describe("the free-shipping goal", () => {
  async function openGoal(answer?: Parameters<typeof browse>[2]) {
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

  test("takes success back when the cart shrinks, told by a standard event", async () => {
    const { document, window, goal, takeOneOff } = await openGoal();
    const event = new window.Event("shopify:cart:lines-update", { bubbles: true });
    document.dispatchEvent(Object.assign(event, { promise: takeOneOff() }));
    await settled();
    expect(goal.dataset.state).toBe("progress");
    expect(textOf(goal)).toContain("$12.50 more for free shipping");
    expect(goal.querySelector("[role=progressbar]")!.getAttribute("aria-valuenow")).toBe("50");
  });

  test("notices a cart request of a theme that tells nobody", async () => {
    const { goal, takeOneOff, note } = await openGoal();
    await takeOneOff();
    note("http://localhost:4000/cart/change.js");
    await settled();
    expect(goal.dataset.state).toBe("progress");
  });

  test("rather shows nothing than a promise that may no longer hold", async () => {
    const { goal, note } = await openGoal((path) => (path === "/cart" ? json(503, {}) : null));
    note("http://localhost:4000/cart/change.js");
    await settled();
    expect(goal.hidden).toBe(true);
  });

  test("asks the shop's own page alone", async () => {
    const { document, window, requests } = await openGoal();
    document.dispatchEvent(new window.CustomEvent("cart:refresh"));
    await settled();
    expect(requests.map(({ path }) => path.replace(/=.*/, ""))).toEqual(["/cart?section_id"]);
  });
});
