import { expect, test } from "vitest";
import { readGoldenCarts } from "../../../test/golden-carts/golden-cart.ts";
import { run, TARGETS } from "./compiled-function.ts";

const carts = new Map(readGoldenCarts().map((cart) => [cart.name, cart]));

/** What Shopify is asked to compare a discount on the order with, and what is taken off. */
async function written(name: string, rate: string) {
  const { operations } = JSON.parse((await run({ ...carts.get(name)!, rate }, TARGETS[0])).output) as {
    operations: {
      orderDiscountsAdd?: {
        candidates: {
          value: object;
          conditions: { orderMinimumSubtotal: { minimumAmount: string } }[];
        }[];
      };
    }[];
  };
  const [candidate] = operations.flatMap(({ orderDiscountsAdd: add }) => add?.candidates ?? []);
  return [candidate!.conditions[0]!.orderMinimumSubtotal.minimumAmount, candidate!.value];
}

test.each([
  // 8,000 yen are 53.33 dollars: Shopify compares in the shop's currency, and rounds as it likes.
  ["150.0", "53"],
  ["149.9999999994", "53"],
  ["1.0", "8000"],
  // Yen in a shop whose unit is worth less: no cart is refused what its page says.
  ["0.0061", "8000"],
  ["not a rate", "8000"],
])(
  "where a unit of the shop is %s of the cart's, a discount on the order from 8,000 yen asks for %s",
  async (rate, least) => {
    const off = { fixedAmount: { amount: "500" } };
    expect(await written("goal/order-amount-off-jpy", rate)).toEqual([least, off]);
  },
);
