import { beforeEach, expect, test, vi } from "vitest";
import { extension, openCheckout, render, settle, shopSells, suggestions, text } from "./open-checkout.ts";
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

let bus: ReturnType<typeof vi.fn>;
const exposures = () =>
  bus.mock.calls.filter(([name]) => name === "tsuide:exposed").map(([, data]) => (data as { arms: unknown }).arms);

beforeEach(() => {
  bus = vi.fn().mockResolvedValue(true);
  extension.shopify.analytics = { ...extension.shopify.analytics, publish: bus as never };
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

test("a cart of the holdout is shown nothing, and is counted", async () => {
  arms("0.0");
  await render();
  expect([text(), suggestions()]).toEqual(["", []]);
  expect(exposures()).toEqual([[[0, 0]]]);
});

test.each([
  [
    "each arm that the cart is in",
    "0.1-3.1",
    [
      [0, 1],
      [3, 1],
    ],
  ],
  [
    "the control as the others",
    "0.1-3.0",
    [
      [0, 1],
      [3, 0],
    ],
  ],
  ["no arm that an experiment does not have", "3.7-9.1", []],
  ["nothing for a cart in no arm", "", []],
])("publishes once %s", async (_, written, pairs) => {
  arms(written);
  await render();
  extension.shopify.lines.value = [...extension.shopify.lines.value];
  await settle();
  expect(exposures()).toEqual(pairs.length === 0 ? [] : [pairs]);
});

test("publishes no experiment about an offer that is not here", async () => {
  arms("0.1-3.1");
  extension.shopify.appMetafields.value = extension.shopify.appMetafields.value.map((one, place) =>
    place === 0 ? metafield("product", 1, "offers", { version: 2, offers: [entry(5, "10")] }) : one,
  );
  extension.shopify.settings.value = { ...extension.shopify.settings.value, hide_goal: true };
  await render();
  expect(exposures()).toEqual([[[0, 1]]]);
});

test("a cart that says so without a holdout is shown what all are shown", async () => {
  publish(0);
  arms("0.0");
  await render();
  expect(suggestions().length).toBe(1);
});
