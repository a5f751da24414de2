import { expect, test } from "vitest";
import { handleStorefront } from "./handle-storefront.ts";
import { buildContext, buildShop, publishOffer, Shopper } from "./sample-shop.ts";

interface Answer {
  cart: {
    id: string;
    totalQuantity: number;
    cost: { totalAmount: { amount: string; currencyCode: string } };
    lines: { id: string; quantity: number; cost: object }[];
    discountCodes: object[];
  } | null;
  userErrors: { code: string; field: string[]; message: string }[];
  warnings: object[];
}

function openShop() {
  const shop = buildShop();
  publishOffer(shop);
  const context = buildContext(shop);
  const shopper = new Shopper((request) => handleStorefront(request, context));
  return { shopper, act: (payload?: unknown) => shopper.json<Answer>("/__standard-actions", payload) };
}

const variant = (id: number) => `gid://shopify/ProductVariant/${id}`;

test("there is no cart until something is put into it", async () => {
  expect(await openShop().act()).toEqual({ cart: null });
});

test("adds, changes and removes lines, and answers in the Storefront API's shape", async () => {
  const { act } = openShop();
  const added = await act({ lines: [{ merchandiseId: variant(40010), quantity: 1 }, { merchandiseId: 40020 }] });
  expect(added).toMatchObject({ userErrors: [], warnings: [] });
  expect(added.cart).toMatchObject({ totalQuantity: 2, discountCodes: [] });
  expect(added.cart!.cost.totalAmount).toEqual({ amount: "29.2", currencyCode: "USD" });
  expect(Object.keys(added.cart!.lines[0]!)).toEqual(["id", "quantity", "cost"]);
  const [cup] = added.cart!.lines;
  expect(cup!.id).toMatch(/^gid:\/\/shopify\/CartLine\/40020:[0-9a-f]{32}\?cart=\w{32}$/);
  expect((await act({ lines: [{ id: cup!.id, quantity: 3 }] })).cart).toMatchObject({ totalQuantity: 4 });
  expect((await act({ lines: [{ id: cup!.id, quantity: 0 }] })).cart).toMatchObject({ totalQuantity: 1 });
});

test("takes properties as attributes, and a plan", async () => {
  const { act, shopper } = openShop();
  const attributes = [{ key: "_from", value: "set" }];
  const sellingPlanId = "gid://shopify/SellingPlan/501";
  await act({ lines: [{ merchandiseId: variant(40040), quantity: 2, attributes, sellingPlanId }], note: "Hello" });
  const cart = await shopper.json<{ note: string; items: { properties: object; selling_plan_allocation: object }[] }>(
    "/cart.js",
  );
  expect(cart.note).toBe("Hello");
  expect(cart.items[0]).toMatchObject({
    properties: { _from: "set" },
    selling_plan_allocation: { selling_plan: { id: 501 } },
  });
});

test("says in user errors what was refused, and adds nothing of that request", async () => {
  const { act } = openShop();
  const refused = await act({ lines: [{ merchandiseId: variant(40020) }, { merchandiseId: variant(40030) }] });
  expect(refused.cart).toBeNull();
  expect(refused.userErrors).toEqual([
    {
      code: "MERCHANDISE_NOT_APPLICABLE",
      field: ["lines"],
      message: "The product 'Iron Pot' is already sold out.",
    },
  ]);
  expect((await act({ lines: [{ id: "no-such-line", quantity: 1 }] })).userErrors[0]!.code).toBe(
    "INVALID_MERCHANDISE_LINE",
  );
});

test("answers a body that is not JSON with 400", async () => {
  const { shopper } = openShop();
  const headers = { "content-type": "application/json" };
  const response = await shopper.ask("/__standard-actions", { method: "POST", headers, body: "{" });
  expect(response.status).toBe(400);
});
