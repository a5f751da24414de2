import { describe, expect, test, vi } from "vitest";
import { type OpenSet, answerJson, hear, openSet } from "../../fixtures/open-set.ts";

describe("the page that the set is on", () => {
  test("is informed of an addition once, in each of the ways that themes support", async () => {
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
    const set = await openSet((path) =>
      path === "/cart/add.js" ? answerJson(422, { description: "Sold out" }) : null,
    );
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
        [
          "cart-update",
          {
            source: "tsuide",
            cartData: { items: expect.arrayContaining([expect.objectContaining({ variant_id: 40_010 })]) },
          },
        ],
      ]);
      expect(heard).toEqual(["shopify:cart:lines-update"]);
      expect(set.status()).toBe("Added 4 to your cart. View cart");
    });

    test("shows what the shop answered, whatever the theme's code throws", async () => {
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

    test("adds with it, and leaves it to inform the page", async () => {
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

    test("reports success where its handler throws after the items were added", async () => {
      const set = await openWithAction(async (opened, payload) => {
        await addLines(opened, payload);
        throw new Error("drawer is not defined");
      });
      await set.submit();
      expect(set.status()).toBe("Added 4 to your cart. View cart");
      await set.submit();
      expect(set.updateCart).toHaveBeenCalledTimes(1);
    });

    test("reports a failure where its handler throws and nothing was added", async () => {
      const set = await openWithAction(() => Promise.reject(new Error("offline")));
      await set.submit();
      expect(set.status()).toBe("Nothing was added.");
    });

    test("shows the shop's reason when it is refused", async () => {
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
