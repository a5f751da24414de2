/** @jsxImportSource preact */
/// <reference types="@shopify/ui-extensions/purchase.checkout.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import { createCartLine, createResult, createStorage } from "@shopify/ui-extensions-tester/checkout";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const extension = getExtension("purchase.checkout.block.render");
const text = () => document.body.textContent ?? "";
const all = (tag: string) => [...document.body.querySelectorAll<HTMLElement>(tag)];
const suggestions = () => all("s-grid").map((grid) => grid.querySelector("s-text")!.textContent);

const line = (product: number, amount: number, requiresShipping = true, currencyCode: "USD" | "JPY" | "EUR" = "USD") =>
  createCartLine({
    id: `gid://shopify/CartLine/${product}`,
    quantity: 1,
    cost: { totalAmount: { amount, currencyCode } },
    merchandise: {
      type: "variant",
      id: `gid://shopify/ProductVariant/${product}1`,
      title: `Bought ${product}`,
      selectedOptions: [],
      product: { id: `gid://shopify/Product/${product}`, vendor: "", productType: `Bought ${product}` },
      requiresShipping,
    },
  });

const OWNERS = { product: "Product", shop: "Shop", customer: "Customer" };
const metafield = (type: keyof typeof OWNERS, id: number, key: string, value: unknown) => ({
  target: { type, id: `gid://shopify/${OWNERS[type]}/${id}` },
  metafield: {
    namespace: "$app",
    key,
    type: "json",
    valueType: "json_string" as const,
    value: typeof value === "string" ? value : JSON.stringify(value),
  },
});

const offer = (product: number, discountBasisPoints: number, companions: Record<number, number>) =>
  metafield("product", product, "offers", {
    version: 2,
    offers: [
      {
        type: "bought-together",
        id: `bt-1-${product}`,
        discountBasisPoints,
        set: 3,
        companions: Object.entries(companions).map(([companion, weight]) => ({ product: companion, weight })),
      },
    ],
  });
const history = (customer: object) =>
  metafield("customer", 55, "history", { version: 1, rank: "A", returning: true, owned: [], adds: [], ...customer });
const historiesCount = metafield("shop", 1, "checkout", { version: 2, offers: [], history: true });
/** What the buyer allows; `saleOfData` undefined where they have not decided. */
const consent = (preferences: boolean, saleOfData?: boolean) => {
  const { value } = extension.shopify.customerPrivacy;
  extension.shopify.customerPrivacy.value = {
    ...value,
    allowedProcessing: { ...value.allowedProcessing, preferences },
    visitorConsent: { preferences, saleOfData: saleOfData as boolean },
  };
};
const goal = (amounts: Record<string, number>) =>
  metafield("shop", 1, "checkout", { version: 2, offers: [{ type: "goal", id: "goal-1", goal: amounts }] });

const variant = (product: number, amount: string, currencyCode = "USD") => ({
  id: `gid://shopify/ProductVariant/${product}1`,
  title: "Default Title",
  availableForSale: true,
  requiresShipping: true,
  quantityRule: { minimum: 1 },
  price: { amount, currencyCode },
});
const node = (product: number, amount: string, rest: object = {}, currencyCode = "USD") => ({
  id: `gid://shopify/Product/${product}`,
  handle: `product-${product}`,
  title: `Product ${product}`,
  availableForSale: true,
  onlineStoreUrl: null,
  isGiftCard: false,
  productType: `Type ${product}`,
  requiresSellingPlan: false,
  featuredImage: null,
  selectedOrFirstAvailableVariant: variant(product, amount, currencyCode),
  ...rest,
});

const shopSells = (...nodes: (object | null)[]) => {
  const query = vi.fn().mockResolvedValue({ data: { nodes } });
  extension.shopify.query = query;
  return query;
};

async function render() {
  await extension.render();
  await settle();
}
/** Waits until nothing has changed for a while: effects run after a frame, and a busy machine's frames are late. */
async function settle() {
  for (let calm = 0; calm < CALM_TURNS;) {
    const before = document.body.innerHTML;
    await new Promise((resolve) => setTimeout(resolve, TURN_MS));
    calm = document.body.innerHTML === before ? calm + 1 : 0;
  }
}
const CALM_TURNS = 4;
const TURN_MS = 40;

beforeEach(() => {
  extension.setUp();
  extension.shopify.settings.value = { add_on_share: undefined as never, hide_goal: false };
  extension.shopify.extension = { ...extension.shopify.extension, editor: undefined };
  extension.shopify.cost.totalAmount.value = { amount: 100, currencyCode: "USD" };
  extension.shopify.i18n.translate = ((key: string, options: object = {}) =>
    [key, ...Object.values(options)].join(" ")) as typeof extension.shopify.i18n.translate;
  extension.shopify.i18n.formatCurrency = (amount, options) =>
    new Intl.NumberFormat("en", { style: "currency", ...options }).format(amount);
  extension.shopify.lines.value = [line(1, 60), line(2, 40)];
  extension.shopify.instructions.value = {
    ...extension.shopify.instructions.value,
    lines: { ...extension.shopify.instructions.value.lines, canAddCartLine: true },
  };
});
afterEach(() => extension.tearDown());

describe("what goes with the cart", () => {
  beforeEach(() => {
    extension.shopify.appMetafields.value = [offer(1, 1000, { 10: 0.5, 11: 0.4, 2: 0.9 }), offer(2, 0, { 11: 0.3 })];
  });

  test("is ranked over the whole cart, without what is in it, at the price it will have", async () => {
    const query = shopSells(node(10, "9.99"), node(11, "5.05"));
    await render();
    expect(query.mock.calls[0]![1].variables.ids).toEqual(["gid://shopify/Product/11", "gid://shopify/Product/10"]);
    expect(suggestions()).toEqual(["Product 11", "Product 10"]);
    expect(text()).toContain("$4.54");
    expect(text()).toContain("$8.99");
  });

  test("is added with one tap, with the offer it came through", async () => {
    shopSells(node(10, "9.99"));
    const apply = vi.fn().mockResolvedValue(createResult("applyCartLinesChange"));
    extension.shopify.applyCartLinesChange = apply;
    await render();
    all("s-button")[0]!.click();
    all("s-button")[0]!.click();
    await settle();
    expect(apply.mock.calls).toEqual([
      [
        {
          type: "addCartLine",
          merchandiseId: "gid://shopify/ProductVariant/101",
          quantity: 1,
          attributes: [{ key: "_tsuide", value: "bt-1-1/checkout" }],
        },
      ],
    ]);
    expect(all("s-banner")).toEqual([]);
  });

  test("keeps its row and its button once it was added, says so, and makes room for nothing new", async () => {
    extension.shopify.appMetafields.value = [offer(1, 0, { 10: 0.9, 11: 0.8, 12: 0.7, 13: 0.6 })];
    shopSells(...[10, 11, 12, 13].map((product) => node(product, "5.00")));
    extension.shopify.applyCartLinesChange = vi.fn().mockImplementation(async () => {
      extension.shopify.lines.value = [...extension.shopify.lines.value, line(10, 5)];
      return createResult("applyCartLinesChange");
    });
    await render();
    const button = all("s-button")[0]!;
    button.focus();
    button.click();
    await settle();
    expect(suggestions()).toEqual(["Product 10", "Product 11", "Product 12"]);
    expect(all("s-button").map((each) => each.textContent)).toEqual(["added", "add", "add"]);
    expect(all("s-button")[0]).toBe(button);
    expect(button.hasAttribute("disabled")).toBe(false);
    const status = document.body.querySelector("[accessibilityrole=status]")!;
    expect(status.textContent).toBe("addedTitle Product 10");
    button.click();
    await settle();
    expect(extension.shopify.applyCartLinesChange).toHaveBeenCalledTimes(1);
  });

  test("says so when it could not be added, and goes where it is sold out by now", async () => {
    const query = shopSells(node(10, "9.99"), node(11, "5.00"));
    extension.shopify.applyCartLinesChange = vi.fn().mockImplementation(async () => {
      query.mockResolvedValue({ data: { nodes: [node(10, "9.99", { availableForSale: false }), node(11, "5.00")] } });
      return createResult("applyCartLinesChange", { type: "error", message: "sold out" });
    });
    await render();
    const at = suggestions().indexOf("Product 10");
    all("s-button")[at]!.click();
    await settle();
    expect(all("s-banner")[0]!.textContent).toBe("error");
    expect(suggestions()).toEqual(["Product 11"]);
  });

  test("is never the same thing in three makes", async () => {
    extension.shopify.appMetafields.value = [offer(1, 0, { 10: 0.9, 11: 0.8, 12: 0.7, 13: 0.6 })];
    const cup = (product: number, colour: string) =>
      node(product, "5.00", { title: `Ceramic Cup, ${colour}`, productType: "Cups" });
    shopSells(cup(10, "Moss"), cup(11, "Indigo"), cup(12, "Sand"), node(13, "5.00"));
    await render();
    expect(suggestions()).toEqual(["Ceramic Cup, Moss", "Product 13"]);
  });

  test.each([
    ["is no other make of what the cart holds", [offer(1, 0, { 10: 0.9 })], []],
    [
      "is another make of what the cart holds where that product's own offer lists it",
      [offer(1, 0, { 10: 0.9 }), offer(2, 0, { 10: 0.5 })],
      ["Steel Strainer"],
    ],
  ])("%s", async (_, offers, expected) => {
    const held = line(2, 40);
    held.merchandise.title = "Bamboo Strainer";
    held.merchandise.product.productType = "Strainers";
    extension.shopify.lines.value = [line(1, 60), held];
    extension.shopify.appMetafields.value = offers;
    shopSells(node(10, "5.00", { title: "Steel Strainer", productType: "Strainers" }));
    await render();
    expect(suggestions()).toEqual(expected);
  });

  test("leaves out what cannot be added as one plain unit, is too dear, or priced in another currency", async () => {
    const weights = { 10: 0.9, 11: 0.8, 12: 0.7, 13: 0.6, 14: 0.5, 15: 0.4, 16: 0.9, 17: 0.9 };
    extension.shopify.appMetafields.value = [offer(1, 0, weights)];
    const bySixes = { ...variant(17, "5.00"), quantityRule: { minimum: 6 } };
    shopSells(
      node(16, "5.00", { requiresSellingPlan: true }),
      node(17, "5.00", { selectedOrFirstAvailableVariant: bySixes }),
      node(10, "5.00", { availableForSale: false }),
      null,
      node(12, "5.00", { isGiftCard: true }),
      node(13, "25.01"),
      node(14, "5.00", {}, "EUR"),
      node(15, "25.00"),
    );
    await render();
    expect(suggestions()).toEqual(["Product 15"]);
  });

  test("is at most three", async () => {
    extension.shopify.appMetafields.value = [offer(1, 0, { 10: 0.9, 11: 0.8, 12: 0.7, 13: 0.6 })];
    shopSells(...[10, 11, 12, 13].map((product) => node(product, "5.00")));
    await render();
    expect(suggestions()).toHaveLength(3);
  });

  test("is not asked for where the checkout takes no more lines", async () => {
    extension.shopify.instructions.value = {
      ...extension.shopify.instructions.value,
      lines: { ...extension.shopify.instructions.value.lines, canAddCartLine: false },
    };
    const query = shopSells(node(10, "5.00"));
    await render();
    expect(query).not.toHaveBeenCalled();
    expect(text()).toBe("");
  });

  test("stays away after a no, which is remembered", async () => {
    shopSells(node(10, "5.00"));
    const storage = createStorage();
    extension.shopify.storage = storage;
    await render();
    all("s-link")[0]!.click();
    await settle();
    expect(text()).toBe("");
    expect(await storage.read("declined")).toBe(true);
  });

  test("stays away when the no was given before", async () => {
    extension.shopify.storage = createStorage({ declined: true });
    const query = shopSells(node(10, "5.00"));
    await render();
    expect(query).not.toHaveBeenCalled();
    expect(text()).toBe("");
  });

  test.each([
    ["no offer is published", []],
    ["the offer is of another version", [metafield("product", 1, "offers", { version: 9 })]],
    ["the offer cannot be read", [metafield("product", 1, "offers", "{")]],
  ])("is nothing when %s", async (_, metafields) => {
    extension.shopify.appMetafields.value = metafields;
    await render();
    expect(text()).toBe("");
  });

  test("is nothing when the shop does not answer", async () => {
    extension.shopify.query = vi.fn().mockRejectedValue(new Error("offline"));
    await render();
    expect(text()).toBe("");
  });
});

describe("free shipping", () => {
  test("says how much is missing, counting only what ships", async () => {
    extension.shopify.lines.value = [line(1, 60.1), line(2, 100, false)];
    extension.shopify.appMetafields.value = [goal({ USD: 7500 })];
    await render();
    expect(text()).toBe("goal.progress $14.90");
    expect(all("s-progress")[0]!.getAttribute("value")).toBe("8013");
  });

  test("comes with what brings it, though that costs more than an add-on may", async () => {
    extension.shopify.lines.value = [line(1, 46.8)];
    extension.shopify.appMetafields.value = [goal({ USD: 7500 }), offer(1, 0, { 10: 0.9, 11: 0.8, 12: 0.7, 13: 0.6 })];
    const sent = { ...variant(12, "28.50"), requiresShipping: false };
    shopSells(
      node(10, "5.00"),
      node(11, "33.00"),
      node(12, "28.50", { selectedOrFirstAvailableVariant: sent }),
      node(13, "29.00"),
    );
    await render();
    expect(suggestions()).toEqual(["Product 13", "Product 10"]);
    expect(all("s-grid")[0]!.textContent).toContain("goal.fills");
    expect(all("s-grid")[1]!.textContent).not.toContain("goal.fills");
  });

  test("says when it is reached", async () => {
    extension.shopify.appMetafields.value = [goal({ USD: 10_000 })];
    await render();
    expect(text()).toBe("goal.reached");
  });

  test("is hidden when the merchant wants it hidden", async () => {
    extension.shopify.settings.value = { ...extension.shopify.settings.value, hide_goal: true };
    extension.shopify.appMetafields.value = [goal({ USD: 10_000 })];
    await render();
    expect(text()).toBe("");
  });

  test("shows yen without decimals", async () => {
    extension.shopify.lines.value = [line(1, 1050, true, "JPY")];
    extension.shopify.cost.totalAmount.value = { amount: 1050, currencyCode: "JPY" };
    extension.shopify.appMetafields.value = [goal({ JPY: 8000 })];
    await render();
    expect(text()).toBe("goal.progress ¥6,950");
  });

  test("is not shown in a currency without a goal, nor for a cart that does not ship", async () => {
    extension.shopify.appMetafields.value = [goal({ JPY: 8000 })];
    await render();
    expect(text()).toBe("");
    extension.shopify.appMetafields.value = [goal({ USD: 7500 })];
    extension.shopify.lines.value = [line(1, 100, false)];
    document.body.replaceChildren();
    await render();
    expect(text()).toBe("");
  });
});

describe("what a customer bought before", () => {
  const adds = [
    { product: "12", weight: 0.9, again: true },
    { product: "13", weight: 0.8 },
    { product: "10", weight: 0.3 },
  ];
  const asked = (query: ReturnType<typeof shopSells>) =>
    query.mock.calls.at(-1)![1].variables.ids.map((id: string) => id.split("/").at(-1));

  beforeEach(() => {
    const offers = [offer(1, 1000, { 10: 0.3, 11: 0.4 })];
    extension.shopify.appMetafields.value = [...offers, historiesCount, history({ adds, owned: ["14"] })];
    consent(true);
  });

  test("counts with what goes with the cart, and comes up by itself where it is bought again and again", async () => {
    const query = shopSells(node(12, "9.99"), node(10, "9.99"), node(11, "5.05"));
    await render();
    expect(asked(query)).toEqual(["12", "10", "11"]);
    expect(suggestions()).toEqual(["Product 12", "Product 10", "Product 11"]);
    const [first, second] = all("s-grid").map((grid) => grid.textContent!);
    expect(first).toContain("again");
    expect(first).toContain("$9.99");
    expect(second).not.toContain("again");
    expect(text()).toContain("heading");
  });

  test("is added under an offer of its own", async () => {
    shopSells(node(12, "9.99"));
    const apply = vi.fn().mockResolvedValue(createResult("applyCartLinesChange"));
    extension.shopify.applyCartLinesChange = apply;
    await render();
    expect(text()).toContain("fromHistory");
    all("s-button")[0]!.click();
    await settle();
    expect(apply.mock.calls[0]![0]).toMatchObject({ attributes: [{ key: "_tsuide", value: "again-12/checkout" }] });
  });

  test.each([
    ["the buyer does not allow preferences", () => consent(false)],
    ["the buyer opted out of the sale of their data", () => consent(true, false)],
    [
      "the merchant does not want it to count",
      () => {
        const [offers, , customer] = extension.shopify.appMetafields.value;
        extension.shopify.appMetafields.value = [offers!, goal({ EUR: 5000 }), customer!];
      },
    ],
    [
      "nobody is logged in",
      () => {
        extension.shopify.appMetafields.value = extension.shopify.appMetafields.value.slice(0, 2);
      },
    ],
  ])("counts for nothing where %s", async (_why, change) => {
    change();
    const query = shopSells(node(11, "5.05"), node(10, "9.99"));
    await render();
    expect(asked(query)).toEqual(["11", "10"]);
    expect(text()).not.toContain("again");
  });

  test("is never suggested where it is owned for good", async () => {
    extension.shopify.appMetafields.value = [
      offer(1, 0, { 14: 0.9, 11: 0.4 }),
      historiesCount,
      history({ owned: ["14"] }),
    ];
    const query = shopSells(node(11, "5.05"));
    await render();
    expect(asked(query)).toEqual(["11"]);
  });

  test("chooses the list of the customer's own rank", async () => {
    const companions = [{ product: "15", weight: 0.2 }];
    const [entry] = JSON.parse(offer(1, 0, { 11: 0.4 }).metafield.value).offers;
    const ranked = { version: 2, offers: [{ ...entry, segments: [{ by: "rank", is: "A", companions }] }] };
    extension.shopify.appMetafields.value = [metafield("product", 1, "offers", ranked), historiesCount, history({})];
    const query = shopSells(node(15, "5.05"));
    await render();
    expect(asked(query)).toEqual(["15"]);
  });
});
