import { beforeEach, expect, test } from "vitest";
import { extension, openCheckout, render, shopSells, suggestions, text } from "./open-checkout.ts";
import { metafield, node } from "./published.ts";

/* Who is shown what in checkout: by the arms in the cart, against what is published. */

openCheckout();

const entry = (number: number, companion: string) => ({
  ...{ type: "bought-together", id: `bt-${number}-1`, discountBasisPoints: 0, set: 3 },
  companions: [{ product: companion, weight: 0.5 }],
});
const goal = { type: "goal", id: "goal-9", tiers: [{ from: { USD: 20_000 } }] };

/** Offers 7 and 8 are compared: the control is shown 7, arm 1 is shown 8 and no goal. */
function publish(holdoutSlots: number) {
  const experiment = [
    3,
    "offers",
    0,
    10_000,
    [
      [1, ["bt-8"]],
      [1, ["bt-7", "goal-9"]],
    ],
  ];
  extension.shopify.appMetafields.value = [
    metafield("product", 1, "offers", { version: 2, offers: [entry(7, "10"), entry(8, "11")] }),
    metafield("shop", 1, "checkout", { version: 2, offers: [goal], split: [1, "salt", holdoutSlots, [experiment]] }),
  ];
}
const arms = (value: string) => void (extension.shopify.attributes.value = [{ key: "_tsuide_arms", value }]);

beforeEach(() => {
  publish(500);
  shopSells(node(10, "9.99"), node(11, "5.05"));
});

test.each([
  ["the arm of the cart", "0.1-3.1", "11"],
  ["the control of a cart that is in it", "0.1-3.0", "10"],
  ["the control for an arm that the experiment does not have", "0.1-3.7", "10"],
  ["the control for what nobody wrote", "0.x--3.-1;drop", "10"],
  ["the control for a cart without arms", "", "10"],
])("shows what belongs to %s", async (_, written, shown) => {
  arms(written);
  await render();
  expect(extension.shopify.query).toHaveBeenCalled();
  const asked = JSON.stringify((extension.shopify.query as unknown as { mock: { calls: unknown[] } }).mock.calls);
  expect(["10", "11"].filter((product) => asked.includes(`Product/${product}"`))).toEqual([shown]);
});

test("a cart of the holdout is shown nothing", async () => {
  arms("0.0");
  await render();
  expect([text(), suggestions()]).toEqual(["", []]);
});

test("a cart that says so without a holdout is shown what all are shown", async () => {
  publish(0);
  arms("0.0");
  await render();
  expect(suggestions().length).toBe(1);
});
