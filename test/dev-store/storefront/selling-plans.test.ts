import { expect, test } from "vitest";
import type { DevSellingPlan } from "../shop/state.ts";
import { handleStorefront } from "./handle-storefront.ts";
import { buildContext, buildShop, Shopper } from "./sample-shop.ts";

interface Allocation {
  price: number;
  compare_at_price: number;
  per_delivery_price: number;
  price_adjustments: { position: number; price: number }[];
  selling_plan: { id: number; name: string; recurring_deliveries: boolean; price_adjustments: object[] };
}
interface Line {
  key: string;
  variant_id: number;
  quantity: number;
  final_line_price: number;
  properties: Record<string, string>;
  selling_plan_allocation?: Allocation;
}
interface Cart {
  items: Line[];
  total_price: number;
}
interface Product {
  requires_selling_plan: boolean;
  selling_plan_groups: { name: string; selling_plans: { id: number }[] }[];
  variants: { id: number; selling_plan_allocations: Allocation[] }[];
}

const CUP = 40020;
const STRAINER = 40040;
const MONTHLY: DevSellingPlan = {
  ...{ id: "501", name: "Every month" },
  adjustments: [{ valueType: "percentage", value: 10, orderCount: null }],
};

function openShop(sellingPlans = [MONTHLY]) {
  const shop = buildShop();
  shop.products.get("8004")!.sellingPlans = sellingPlans;
  const context = buildContext(shop);
  return { shop, shopper: new Shopper((request) => handleStorefront(request, context)) };
}

const change = (shopper: Shopper, body: object) => shopper.json<Cart>("/cart/change.js", body);

test("a product says what each plan makes of each variant's price, in the visitor's currency", async () => {
  const { shopper } = openShop();
  shopper.cookies.set("localization", "JP");
  const product = await shopper.json<Product>("/products/tea-strainer.js");
  expect(product.selling_plan_groups).toMatchObject([{ name: "Subscription", selling_plans: [{ id: 501 }] }]);
  expect(product.variants[0]!.selling_plan_allocations).toMatchObject([
    {
      ...{ price: 121_400, compare_at_price: 134_900, per_delivery_price: 121_400 },
      price_adjustments: [{ position: 1, price: 121_400 }],
      selling_plan: { id: 501, name: "Every month", recurring_deliveries: true },
    },
  ]);
  expect((await shopper.json<Product>("/products/tea-cup.js")).selling_plan_groups).toEqual([]);
});

test.each([
  ["an amount off", [{ valueType: "fixed_amount", value: 199, orderCount: null }], 1, [700, 700]],
  ["a price", [{ valueType: "price", value: 500, orderCount: null }], 1, [500, 500]],
  ["more than the price off", [{ valueType: "fixed_amount", value: 1_000, orderCount: null }], 1, [0, 0]],
  ["nothing off", undefined, 1, [899, 899]],
  ["three deliveries paid at once", [{ valueType: "percentage", value: 10, orderCount: null }], 3, [2_427, 809]],
] as const)("a plan with %s", async (_, adjustments, deliveriesPerPayment, [price, perDelivery]) => {
  const { shopper } = openShop([
    { ...MONTHLY, adjustments: adjustments && [...adjustments], deliveriesPerPayment } as DevSellingPlan,
  ]);
  const { variants } = await shopper.json<Product>("/products/tea-strainer.js");
  expect(variants[0]!.selling_plan_allocations[0]).toMatchObject({ price, per_delivery_price: perDelivery });
});

test("a plan can cost something else after the first orders", async () => {
  const { shopper } = openShop([
    {
      ...MONTHLY,
      adjustments: [
        { valueType: "percentage", value: 20, orderCount: 2 },
        { valueType: "percentage", value: 10, orderCount: null },
      ],
    },
  ]);
  const { variants } = await shopper.json<Product>("/products/tea-strainer.js");
  const [allocation] = variants[0]!.selling_plan_allocations;
  expect(allocation).toMatchObject({ price: 719, price_adjustments: [{ price: 719 }, { price: 809 }] });
  expect(allocation!.selling_plan.price_adjustments).toMatchObject([{ order_count: 2 }, { order_count: null }]);
});

test("a line takes a plan and loses it again, and keeps its quantity and properties", async () => {
  const { shopper } = openShop();
  const properties = { Engraving: "Aki" };
  await shopper.json("/cart/add.js", { id: STRAINER, quantity: 2, properties });
  const [once] = (await shopper.json<Cart>("/cart.js")).items;
  const { items, total_price } = await change(shopper, { id: once!.key, selling_plan: 501 });
  expect(items).toMatchObject([{ quantity: 2, properties, final_line_price: 1_618 }]);
  expect(items[0]!.selling_plan_allocation).toMatchObject({ price: 809, selling_plan: { id: 501 } });
  expect(total_price).toBe(1_618);
  const again = await change(shopper, { id: items[0]!.key, selling_plan: null });
  expect(again.items).toMatchObject([{ key: once!.key, final_line_price: 1_798, properties }]);
  expect(again.items[0]!.selling_plan_allocation).toBeUndefined();
});

test("refuses a plan of another product, and to take the only plan off, and leaves the cart as it was", async () => {
  const { shop, shopper } = openShop();
  await shopper.json("/cart/add.js", { items: [{ id: CUP }, { id: STRAINER, selling_plan: 501 }] });
  shop.products.get("8004")!.requiresSellingPlan = true;
  const cart = await shopper.json<Cart>("/cart.js");
  const keyOf = (id: number) => cart.items.find((line) => line.variant_id === id)!.key;
  for (const [id, selling_plan, description] of [
    [CUP, 501, "Cannot apply selling plan to variant"],
    [STRAINER, "", "Variant can only be purchased with a selling plan."],
  ] as const) {
    const refused = await shopper.send("/cart/change.js", { id: keyOf(id), selling_plan });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ description });
  }
  expect(await shopper.json<Cart>("/cart.js")).toEqual(cart);
});

test("an order is paid at the plan's price and names the plan", async () => {
  const { shop, shopper } = openShop();
  await shopper.send("/cart/add.js", { id: STRAINER, quantity: 2, selling_plan: 501 });
  await shopper.submit("/checkout", { pay: "1", delivery: "standard" });
  const [order] = [...shop.orders.values()];
  expect(order!.lines).toMatchObject([
    { unitPriceMinor: 809, quantity: 2, sellingPlan: { id: "501", name: "Every month" } },
  ]);
});
