import { expect, test } from "vitest";
import { handleStorefront } from "./handle-storefront.ts";
import { buildContext, buildShop, publishOffer, Shopper } from "./sample-shop.ts";

interface Line {
  id: number;
  key: string;
  title: string;
  quantity: number;
  price: number;
  final_line_price: number;
  original_line_price: number;
  properties: Record<string, string>;
  line_level_discount_allocations: { amount: number; discount_application: { title: string; type: string } }[];
  selling_plan_allocation?: { selling_plan: { id: number } };
  parent_relationship?: { parent_key: string };
}
interface Cart {
  items: Line[];
  item_count: number;
  total_price: number;
  original_total_price: number;
  items_subtotal_price: number;
  total_discount: number;
  currency: string;
  note: string;
  attributes: Record<string, string>;
  sections?: Record<string, string | null>;
}
interface Refusal {
  status: number;
  message: string;
  description: string;
}

const TEA = 40010;
const CUP = 40020;
const SOLD_OUT = 40030;
const STRAINER = 40040;

function openShop() {
  const shop = buildShop();
  publishOffer(shop);
  const context = buildContext(shop);
  return { shop, shopper: new Shopper((request) => handleStorefront(request, context)) };
}

test("adds one item by id and answers with the line", async () => {
  const { shopper } = openShop();
  const line = await shopper.json<Line>("/cart/add.js", { id: CUP, quantity: 2 });
  expect(line).toMatchObject({ id: CUP, quantity: 2, price: 1250, final_line_price: 2500, title: "Tea Cup" });
  expect(line.key).toMatch(/^40020:[0-9a-f]{32}$/);
});

test("adds several items at once, newest first, and keeps the cart in a cookie", async () => {
  const { shopper } = openShop();
  const items = [{ id: STRAINER }, { id: CUP, quantity: 2 }];
  expect((await shopper.json<{ items: Line[] }>("/cart/add.js", { items })).items.map((line) => line.id)).toEqual([
    STRAINER,
    CUP,
  ]);
  expect((await shopper.json<Cart>("/cart.js")).items.map((line) => [line.id, line.quantity])).toEqual([
    [CUP, 2],
    [STRAINER, 1],
  ]);
  expect(shopper.cookies.get("cart")).toMatch(/^[a-z0-9]{32}$/);
});

test("takes form fields as a browser sends them", async () => {
  const { shopper } = openShop();
  const body = new FormData();
  for (const [name, value] of [
    ["items[0][id]", String(CUP)],
    ["items[0][quantity]", "3"],
    ["items[0][properties][Engraving]", "Aki"],
    ["items[1][id]", String(STRAINER)],
  ] as const) {
    body.append(name, value);
  }
  const response = await shopper.ask("/cart/add.js", { method: "POST", body });
  const { items } = (await response.json()) as { items: Line[] };
  expect(items[0]).toMatchObject({ quantity: 3, properties: { Engraving: "Aki" } });
  expect(items).toHaveLength(2);
});

test("splits lines whose properties or plans differ and joins those that are alike", async () => {
  const { shopper } = openShop();
  const marked = { id: STRAINER, properties: { _tsuide: "bt-8001/product" } };
  await shopper.json("/cart/add.js", {
    items: [{ id: STRAINER }, marked, marked, { id: STRAINER, selling_plan: 501 }],
  });
  const { items } = await shopper.json<Cart>("/cart.js");
  expect(items.map((line) => line.quantity)).toEqual([1, 2, 1]);
  expect(items[0]!.selling_plan_allocation?.selling_plan.id).toBe(501);
  expect(new Set(items.map((line) => line.key)).size).toBe(3);
});

test.each([
  ["a variant that is sold out", { id: SOLD_OUT }, 422, "The product 'Iron Pot' is already sold out."],
  ["more than there is", { id: CUP, quantity: 21 }, 422, "You can only add 20 Tea Cup to the cart."],
  ["an unknown variant", { id: 1 }, 422, "Cannot find variant"],
  ["a product that is not published", { id: 40050 }, 422, "Cannot find variant"],
  ["a plan that the product does not have", { id: CUP, selling_plan: 501 }, 422, "Cannot find selling plan"],
  ["no quantity at all", { id: CUP, quantity: 0 }, 400, "Quantity must be a whole number of at least 1"],
  ["a broken quantity", { id: CUP, quantity: "1.5" }, 400, "Quantity must be a whole number of at least 1"],
  ["nothing", {}, 400, "Required parameter missing or invalid: items"],
] as const)("refuses %s and leaves the cart as it was", async (_what, item, status, description) => {
  const { shopper } = openShop();
  await shopper.send("/cart/add.js", { id: CUP });
  const single = await shopper.send("/cart/add.js", item);
  expect(single.status).toBe(status);
  expect((await single.json()) as Refusal).toMatchObject({ status, description });
  await shopper.send("/cart/add.js", { items: [{ id: STRAINER }, item] });
  expect((await shopper.json<Cart>("/cart.js")).item_count).toBe(1);
});

test("answers a body that is not JSON with 400", async () => {
  const { shopper } = openShop();
  const headers = { "content-type": "application/json" };
  for (const body of ["{", "[]", "null", "x".repeat(1_000_001)]) {
    expect((await shopper.ask("/cart/add.js", { method: "POST", headers, body })).status).toBe(400);
  }
});

test("changes a line by key, by variant or by position, and removes it at zero", async () => {
  const { shopper } = openShop();
  await shopper.send("/cart/add.js", { items: [{ id: CUP }, { id: STRAINER }] });
  const key = (await shopper.json<Cart>("/cart.js")).items[0]!.key;
  expect((await shopper.json<Cart>("/cart/change.js", { id: key, quantity: 4 })).item_count).toBe(5);
  expect((await shopper.json<Cart>("/cart/change.js", { line: 2, quantity: 2 })).item_count).toBe(6);
  expect((await shopper.json<Cart>("/cart/change.js", { id: CUP, quantity: 0 })).items).toHaveLength(1);
  expect((await shopper.send("/cart/change.js", { id: "40020:none", quantity: 1 })).status).toBe(400);
  expect((await shopper.send("/cart/change.js", { id: key, quantity: -1 })).status).toBe(400);
  expect((await shopper.send("/cart/change.js", { id: key, quantity: 500 })).status).toBe(422);
});

test("updates quantities by position or by id, the note and the attributes", async () => {
  const { shopper } = openShop();
  await shopper.send("/cart/add.js", { items: [{ id: CUP }, { id: STRAINER }] });
  const body = { updates: [3, 0], note: "Ring twice", attributes: { gift: "yes", from: "Aki" } };
  const cart = await shopper.json<Cart>("/cart/update.js", body);
  expect(cart).toMatchObject({ item_count: 3, note: "Ring twice", attributes: { gift: "yes", from: "Aki" } });
  const again = await shopper.json<Cart>("/cart/update.js", { updates: { [CUP]: 2 }, attributes: { from: "" } });
  expect(again).toMatchObject({ item_count: 5, attributes: { gift: "yes" } });
  expect((await shopper.json<Cart>("/cart/clear.js", {})).item_count).toBe(0);
});

test("a cart of one visitor is not another's", async () => {
  const { shopper, shop } = openShop();
  await shopper.send("/cart/add.js", { id: CUP });
  const other = new Shopper((request) => handleStorefront(request, buildContext(shop)));
  expect((await other.json<Cart>("/cart.js")).item_count).toBe(0);
});

test("takes the discount off when its condition is gone", async () => {
  const { shopper } = openShop();
  await shopper.send("/cart/add.js", { items: [{ id: TEA }, { id: CUP }] });
  const both = await shopper.json<Cart>("/cart.js");
  expect(both.items.map((line) => [line.final_line_price, line.original_line_price])).toEqual([
    [1125, 1250],
    [1795, 1995],
  ]);
  expect(both.items[0]!.line_level_discount_allocations).toMatchObject([
    { amount: 125, discount_application: { title: "Bought together", type: "automatic" } },
  ]);
  expect(both).toMatchObject({
    total_price: 2920,
    items_subtotal_price: 2920,
    original_total_price: 3245,
    total_discount: 325,
  });
  const alone = await shopper.json<Cart>("/cart/change.js", { id: CUP, quantity: 0 });
  expect(alone).toMatchObject({ total_price: 1995, total_discount: 0 });
});

test("a line property that a buyer writes discounts nothing", async () => {
  const { shopper } = openShop();
  await shopper.send("/cart/add.js", { id: CUP, properties: { _tsuide: "bt-8001/product" } });
  expect((await shopper.json<Cart>("/cart.js")).total_discount).toBe(0);
});

test.each([
  ["JP", "JPY", 486800, 438100],
  ["DE", "EUR", 2985, 2686],
  ["KW", "KWD", 996.3, 896.6],
] as const)("prices and discounts in the currency of %s, in hundredths", async (country, currency, original, total) => {
  const { shopper } = openShop();
  shopper.cookies.set("localization", country);
  await shopper.send("/cart/add.js", { items: [{ id: TEA }, { id: CUP }] });
  const cart = await shopper.json<Cart>("/cart.js");
  expect(cart.currency).toBe(currency);
  expect(cart.original_total_price).toBeCloseTo(original, 6);
  expect(cart.total_price).toBeCloseTo(total, 6);
});

test.each([
  ["asks for JavaScript", { accept: "application/javascript" }],
  ["says that it is a script", { accept: "text/html", "x-requested-with": "XMLHttpRequest" }],
])("a form that %s is answered with the line and its sections", async (_what, headers) => {
  const { shopper } = openShop();
  const body = new FormData();
  for (const [name, value] of Object.entries({ id: String(CUP), sections: "header,footer" })) body.set(name, value);
  const response = await shopper.ask("/cart/add", { method: "POST", headers, body });
  const line = (await response.json()) as { key: string; sections: Record<string, string> };
  expect(line.key).toMatch(/^40020:/);
  expect(Object.keys(line.sections)).toEqual(["header", "footer"]);
});

test("an answer for several items has no key of its own", async () => {
  const answer = await openShop().shopper.json("/cart/add.js", { items: [{ id: CUP }] });
  expect(Object.keys(answer as object)).toEqual(["items"]);
});

test("a change that is refused says why where themes look for it", async () => {
  const { shopper } = openShop();
  await shopper.send("/cart/add.js", { id: CUP });
  const refused = await shopper.json<Refusal & { errors: string }>("/cart/change.js", { line: 1, quantity: 500 });
  expect(refused).toMatchObject({ status: 422, errors: "You can only add 20 Tea Cup to the cart." });
});

test("draws the sections that a change asks for, as they are on the page it came from", async () => {
  const { shopper } = openShop();
  const page = await (await shopper.ask("/cart")).text();
  const id = /id="shopify-section-(template--\d+__main)"/.exec(page)![1]!;
  const cart = await shopper.json<Cart>("/cart/add.js", {
    items: [{ id: CUP }],
    sections: ["header", id],
    sections_url: "/cart",
  });
  expect(cart.sections!.header).toContain("data-cart-count>1<");
  expect(cart.sections![id]).toContain("Tea Cup");
  const unknown = await shopper.json<Cart>("/cart/update.js", { updates: {}, sections: "nothing-like-it" });
  expect(unknown.sections).toEqual({ "nothing-like-it": null });
});

test("a plain form adds and goes to the cart, or back to where it says within this shop", async () => {
  const { shopper } = openShop();
  const added = await shopper.submit("/cart/add", { id: String(CUP), quantity: "2" });
  expect([added.status, added.headers.get("location")]).toEqual([302, "/cart"]);
  const back = await shopper.submit("/cart/add", { id: String(CUP), return_to: "/products/tea-cup" });
  expect(back.headers.get("location")).toBe("/products/tea-cup");
  const away = await shopper.submit("/cart/add", { id: String(CUP), return_to: "//example.com" });
  expect(away.headers.get("location")).toBe("/cart");
});

test("a plain form that is refused shows the reason on the page", async () => {
  const { shopper } = openShop();
  const refused = await shopper.submit("/cart/add", { id: String(SOLD_OUT) });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain("is already sold out");
});

test("the cart page's form changes quantities by position and goes on to checkout", async () => {
  const { shopper } = openShop();
  await shopper.send("/cart/add.js", { items: [{ id: CUP }, { id: STRAINER }] });
  const body = new URLSearchParams([
    ["updates[]", "0"],
    ["updates[]", "4"],
    ["checkout", ""],
  ]);
  const response = await shopper.ask("/cart", { method: "POST", body });
  expect(response.headers.get("location")).toBe("/checkout");
  expect((await shopper.json<Cart>("/cart.js")).items).toMatchObject([{ id: CUP, quantity: 4 }]);
});

test("a link takes a line out where there is no script", async () => {
  const { shopper } = openShop();
  await shopper.send("/cart/add.js", { id: CUP });
  const page = await (await shopper.ask("/cart")).text();
  const link = /href="(\/cart\/change\?[^"]+)"/.exec(page)![1]!;
  expect((await shopper.ask(link)).headers.get("location")).toBe("/cart");
  expect((await shopper.json<Cart>("/cart.js")).item_count).toBe(0);
});

test("a cart permalink fills a cart and opens checkout", async () => {
  const { shopper } = openShop();
  expect((await shopper.ask(`/cart/${CUP}:2,${STRAINER}:1`)).headers.get("location")).toBe("/checkout");
  expect((await shopper.json<Cart>("/cart.js")).item_count).toBe(3);
});

test("nests a line under its parent, which takes it along when it goes", async () => {
  const { shopper } = openShop();
  await shopper.json("/cart/add.js", { id: STRAINER });
  const items = [
    { id: TEA, quantity: 2 },
    { id: CUP, parent_id: TEA },
  ];
  const [tea, cup] = (await shopper.json<{ items: Line[] }>("/cart/add.js", { items })).items;
  expect(cup).toMatchObject({ quantity: 1, parent_relationship: { parent_key: tea!.key } });
  const kept = await shopper.json<Cart>("/cart/change.js", { id: tea!.key, quantity: 3 });
  expect(kept.items.map(({ id, quantity }) => [id, quantity])).toEqual([
    [TEA, 3],
    [CUP, 1],
    [STRAINER, 1],
  ]);
  await shopper.json("/cart/add.js", { items: [{ id: CUP, parent_line_key: tea!.key }, { id: CUP }] });
  const cart = await shopper.json<Cart>("/cart.js");
  expect(cart.items.map(({ id, quantity }) => [id, quantity])).toEqual([
    [CUP, 1],
    [TEA, 3],
    [CUP, 2],
    [STRAINER, 1],
  ]);
  const without = await shopper.json<Cart>("/cart/change.js", { id: tea!.key, quantity: 0 });
  expect(without.items.map(({ id }) => id)).toEqual([CUP, STRAINER]);
});

test("keeps a nested line with its parent when the parent's properties change", async () => {
  const { shopper } = openShop();
  const items = [{ id: TEA }, { id: CUP, parent_id: TEA }];
  const [tea] = (await shopper.json<{ items: Line[] }>("/cart/add.js", { items })).items;
  const cart = await shopper.json<Cart>("/cart/change.js", { id: tea!.key, properties: { Name: "Aiko" } });
  expect(cart.items[1]!.parent_relationship).toEqual({ parent_key: cart.items[0]!.key });
});

test.each([
  ["of a line that the request does not add", [{ id: CUP, parent_id: TEA }]],
  ["of the same variant", [{ id: TEA }, { id: TEA, parent_id: TEA }]],
  ["that is nested itself", [{ id: TEA }, { id: CUP, parent_id: TEA }, { id: STRAINER, parent_id: CUP }]],
  ["with an unknown key", [{ id: CUP, parent_line_key: "1:2" }]],
])("refuses a parent %s, and adds nothing", async (_, items) => {
  const { shopper } = openShop();
  expect(await shopper.json<Refusal>("/cart/add.js", { items })).toMatchObject({ status: 422 });
  expect((await shopper.json<Cart>("/cart.js")).items).toEqual([]);
});
