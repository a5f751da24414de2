import { expect, test } from "vitest";
import { MOST_ANSWER_BYTES } from "../../../app/domain/offers/shopper-conditions/asked-tags.ts";
import {
  areTestsPublishable,
  type Audience,
} from "../../../app/domain/offers/shopper-conditions/shopper-conditions.ts";
import { numberOfTag } from "../../../app/domain/pricing/customer-tags.ts";
import { priceCart } from "../../../app/domain/pricing/price-cart.ts";
import { encodeProductRules, encodeShopRules, type TestedOffer } from "../../../app/domain/pricing/rules.ts";
import { RULES_BYTES } from "../../../app/domain/publishing/limits.ts";
import { FUNCTION_LIMITS } from "../../../test/dev-store/functions/run-in-wasm.ts";
import { cartToPrice, expectedDiscounts, type GoldenCart } from "../../../test/golden-carts/golden-cart.ts";
import { LARGE_CART_OFFERS, largeCart, largeCartOf } from "../../../test/golden-carts/large-cart.ts";
import { run, TARGETS, wasm } from "./compiled-function.ts";

/** Below Shopify's limits of 11,000,000 and 20,000, so that what cannot be measured here has room. */
const MOST_INSTRUCTIONS = 8_000_000;
const MOST_OUTPUT_BYTES = 18_000;
/** Where each product has offers of its own for all that is offered, so that every text is read. */
const MOST_WITH_OWN_OFFERS = 8_100_000;
/** Where many lines are of one product, so that all its offers compete for all of them. */
const MOST_OF_FEW_PRODUCTS = 10_000_000;

const published = LARGE_CART_OFFERS.filter((offers) => offers !== "version 1");
test.each(published.flatMap((offers) => [2, 50].map((units) => [offers, units] as const)))(
  "200 lines, every product with the largest offers (%s), %i units of each, stay below Shopify's limits",
  async (offers, units) => {
    for (const target of TARGETS) {
      const { instructions, outputBytes } = await run(largeCart(200, offers, units), target);
      expect(instructions).toBeLessThanOrEqual(MOST_INSTRUCTIONS);
      expect(outputBytes).toBeLessThanOrEqual(MOST_OUTPUT_BYTES);
    }
  },
);

/** The same cart with an offer of each of these types for each product, in place of one for all. */
function withOwn(letters: readonly ("q" | "b")[], cart: GoldenCart): GoldenCart {
  const products = Object.fromEntries(
    Object.entries(cart.products).map(([id, { rules }], n) => {
      const own = letters.reduce(
        (text, letter) => text.replace(new RegExp(`;${letter}\\d+,`), `;${letter}${2 + n},`),
        String(rules),
      );
      return [id, { rules: own }];
    }),
  );
  return { ...cart, products };
}

// What products' texts have in common is read once: here their quantity breaks are to be read product by product.
test.each(published.filter((offers) => offers.startsWith("all types")))(
  "200 lines, the quantity breaks of each product an offer of their own (%s), stay below Shopify's limits",
  async (offers) => {
    for (const units of [2, 50]) {
      const cart = largeCart(200, offers, units);
      const { instructions, output } = await run(withOwn(["q"], cart), TARGETS[0]);
      expect(output).toEqual((await run(cart, TARGETS[0])).output);
      expect(instructions).toBeLessThanOrEqual(MOST_INSTRUCTIONS);
    }
  },
);

test.each(published.filter((offers) => offers.startsWith("all types")))(
  "200 lines, no two products with an offer in common (%s), stay far below Shopify's limits",
  async (offers) => {
    for (const units of [2, 50]) {
      const cart = largeCart(200, offers, units);
      const { instructions, output } = await run(withOwn(["q", "b"], cart), TARGETS[0]);
      expect(output).toEqual((await run(cart, TARGETS[0])).output);
      expect(instructions).toBeLessThanOrEqual(MOST_WITH_OWN_OFFERS);
    }
  },
);

test.each(published.filter((offers) => offers.startsWith("all types")))(
  "carts in which the search has room to try (%s) stay as far below",
  async (offers) => {
    for (const lines of [8, 10, 12, 20, 30, 40]) {
      const { instructions } = await run(largeCart(lines, offers, 9), TARGETS[0]);
      expect(instructions).toBeLessThanOrEqual(MOST_INSTRUCTIONS);
    }
  },
);

// At up to 100 lines gifts are decided exactly, by deciding twice, and different numbers of groups are tried.
test.each(published.filter((offers) => offers.startsWith("all types")))(
  "carts of 50 to 150 lines (%s) stay below Shopify's limits",
  async (offers) => {
    for (const lines of [50, 80, 100, 150]) {
      for (const units of [2, 50]) {
        for (const cart of [largeCart(lines, offers, units), withOwn(["q"], largeCart(lines, offers, units))]) {
          const { instructions } = await run(cart, TARGETS[0]);
          expect(instructions).toBeLessThanOrEqual(MOST_INSTRUCTIONS);
        }
      }
    }
  },
);

const contested = published.filter((offers) => offers.startsWith("all types") || offers.includes(" beside "));
test.each(contested.flatMap((offers) => [1, 2, 5].map((products) => [products, offers] as const)))(
  "carts of 10 to 200 lines of %i products (%s) stay below Shopify's limits",
  async (products, offers) => {
    for (const lines of [10, 16, 30, 60, 80, 100, 150, 200]) {
      for (const units of [1, 3, 50]) {
        const { instructions, outputBytes } = await run(largeCartOf(products, lines, offers, units), TARGETS[0]);
        expect(instructions).toBeLessThanOrEqual(MOST_OF_FEW_PRODUCTS);
        expect(outputBytes).toBeLessThanOrEqual(MOST_OUTPUT_BYTES);
      }
    }
  },
);

test.each(contested)("small carts of very many units (%s) stay below Shopify's limits", async (offers) => {
  for (const lines of [8, 10, 12, 16, 20, 25, 30, 40]) {
    const { instructions } = await run(largeCart(lines, offers, 50), TARGETS[0]);
    expect(instructions).toBeLessThanOrEqual(MOST_OF_FEW_PRODUCTS);
  }
});

test("the conditions on shoppers of as many offers as can have any leave room", async () => {
  const cart = largeCart(200, "all types");
  const tests = Array.from({ length: 50 }, (_, n): TestedOffer => ({
    ...{ type: "quantity-breaks", number: 1_000 + n },
    tests: n % 2 === 0 ? "o1+!b|cDE.FR.JP+len.ja+vJPY300.USD5000" : "!b+cDE.FR.JP|lja+n99",
  }));
  const { rules } = cart.policy as { rules: string };
  const policy = { ...(cart.policy as object), rules: `${encodeShopRules([], [], tests)}${rules.slice(1)}` };
  const { instructions } = await run({ ...cart, policy }, TARGETS[0]);
  const { instructions: without } = await run(cart, TARGETS[0]);
  expect(instructions - without).toBeGreaterThan(50_000);
  expect(instructions - without).toBeLessThanOrEqual(200_000);
});

test("the arms of as many experiments as a split has room for leave room", async () => {
  const cart = largeCart(200, "all types");
  const tests = Array.from({ length: 40 }, (_, n): TestedOffer => ({
    ...{ type: "bought-together", number: 1_000 + n, tests: `${n % 2 === 0 ? "!" : ""}e${100 + (n >> 1)}.1` },
  }));
  const { rules } = cart.policy as { rules: string };
  const policy = { ...(cart.policy as object), rules: `${encodeShopRules([], [], tests)}${rules.slice(1)}` };
  const arms = Array.from({ length: 20 }, (_, n) => `${100 + n}.1`).join("-");
  const { instructions } = await run({ ...cart, policy, arms }, TARGETS[0]);
  const { instructions: without } = await run(cart, TARGETS[0]);
  expect(instructions - without).toBeGreaterThan(50_000);
  expect(instructions - without).toBeLessThanOrEqual(500_000);
});

test("in these carts publishing leaves nothing of an offer out: all listed products and all tiers", () => {
  for (const { rules } of Object.values(largeCart(200, "all types").products)) {
    expect(rules).toMatch(/^2;y4,100,2,1,0,p1234,=;m5,100,3,p1234;q2,100,v(,[0-9]+p[0-9]+){6};b1,100,p1000,40\./);
    expect(String(rules).length).toBeLessThanOrEqual(RULES_BYTES);
  }
});

/** Fifty tags, whose answers have as many bytes as are published, or so many. */
function longestTags(answerBytes = MOST_ANSWER_BYTES): string[] {
  const bare = JSON.stringify({ t: "", is: false }).length + 1;
  return Array.from({ length: 50 }, (_, n) => `${n}`.padEnd(Math.floor(answerBytes / 50) - bare, "x"));
}

/** A cart of a shop in which fifty offers ask for so many tags each, which the buyer does not have. */
function askingForTags(cart: GoldenCart, asked: readonly string[], tagsOfEach: number): GoldenCart {
  const tests = Array.from({ length: 50 }, (_, n): TestedOffer => {
    const numbers = Array.from({ length: tagsOfEach }, (_, step) => numberOfTag(asked[(n + step) % 50]!));
    return { type: "quantity-breaks", number: 1_000 + n, tests: `t${numbers.join(".")}` };
  });
  const { rules } = cart.policy as { rules: string };
  const policy = { ...(cart.policy as object), rules: `${encodeShopRules([], [], tests)}${rules.slice(1)}` };
  return { ...cart, policy, asked: [...asked], buyer: { orders: 9_999, signedIn: true, tags: [] } };
}

// All that can be published of tests and answers together, between the longest tests and the longest answers.
const MOST_TAGS_ASKED = [
  [2_000, 3],
  [1_250, 5],
] as const;

test.each(MOST_TAGS_ASKED)(
  "the audiences with answers of %i bytes and %i tags each are as many as can be",
  (bytes, of) => {
    const asked = longestTags(bytes);
    const audiences = (tagsOfEach: number) =>
      Array.from({ length: 50 }, (_, n) => {
        const inTags = Array.from({ length: tagsOfEach }, (_, step) => asked[(n + step) % 50]!);
        return {
          shoppers: [[{ shopper: "customer-tags", matches: "any", inTags }]],
          forBusiness: true,
          atCounter: true,
        };
      }) as unknown as Audience[];
    expect([areTestsPublishable(audiences(of)), areTestsPublishable(audiences(of + 1))]).toEqual([true, false]);
  },
);

test.each(MOST_TAGS_ASKED.flatMap(([bytes, of]) => published.map((offers) => [bytes, of, offers] as const)))(
  "fifty offers that ask for tags (answers of %i bytes, %i tags each) leave the largest cart within the limits: %s",
  async (bytes, of, offers) => {
    const cart = askingForTags(largeCart(200, offers, 50), longestTags(bytes), of);
    const { instructions, inputBytes } = await run(cart, TARGETS[0]);
    expect(inputBytes).toBeLessThanOrEqual(FUNCTION_LIMITS.inputBytes);
    expect(instructions).toBeLessThanOrEqual(FUNCTION_LIMITS.instructions);
    const { instructions: without } = await run({ ...largeCart(200, offers, 50), buyer: cart.buyer! }, TARGETS[0]);
    expect(instructions - without).toBeGreaterThan(100_000);
  },
);

test.each(MOST_TAGS_ASKED)(
  "200 lines fit into the input with the longest rules of a product and all tags asked for (%i bytes, %i each)",
  async (bytes, of) => {
    const cart = askingForTags(largeCart(200, "all types"), longestTags(bytes), of);
    const rules = "2;".padEnd(RULES_BYTES, "?");
    const products = Object.fromEntries(Object.keys(cart.products).map((product) => [product, { rules }]));
    const lines = cart.lines.map((line) => ({ ...line, quantity: 100 }));
    const { inputBytes } = await run({ ...cart, products, lines }, TARGETS[0]);
    expect(inputBytes).toBeGreaterThan(200 * RULES_BYTES);
    expect(inputBytes).toBeLessThanOrEqual(FUNCTION_LIMITS.inputBytes);
  },
);

test("200 whole sets that each ship for free to as many countries as fit stay below Shopify's limits", async () => {
  const cart = largeCart(200, "all types");
  const all = cart.lines.map(({ product }) => product!);
  const countries = Array.from({ length: 110 }, (_, n) => String.fromCharCode(65 + (n % 26), 65 + Math.floor(n / 26)));
  const rulesOf = (place: number) =>
    encodeProductRules([
      {
        ...{ type: "bought-together", number: 99_999, priority: 1_000, reward: { kind: "free-shipping", countries } },
        listed: [1, 2, 3].map((step) => all[(place + step * 50) % all.length]!),
      },
    ])!;
  const products = Object.fromEntries(all.map((product, place) => [product, { rules: rulesOf(place) }]));
  expect(rulesOf(0).length).toBeGreaterThan(250);
  expect(rulesOf(0).length).toBeLessThanOrEqual(RULES_BYTES);
  for (const target of TARGETS) {
    const { instructions, inputBytes, output } = await run({ ...cart, products, address: "DE" }, target);
    expect(instructions).toBeLessThanOrEqual(MOST_INSTRUCTIONS);
    expect(inputBytes).toBeLessThanOrEqual(FUNCTION_LIMITS.inputBytes);
    expect(output.includes("deliveryDiscountsAdd")).toBe(target === TARGETS[1]);
  }
});

test("100 lines with offers as the release before published them stay below Shopify's limits", async () => {
  expect((await run(largeCart(100, "version 1"), TARGETS[0])).instructions).toBeLessThan(FUNCTION_LIMITS.instructions);
});

test("the module is far below 256 kB, and asks for nothing but Shopify's Wasm API", () => {
  expect(wasm.length).toBeLessThan(FUNCTION_LIMITS.moduleBytes / 3);
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(wasm));
  expect(new Set(imports.map(({ module }) => module))).toEqual(new Set(["shopify_function_v2"]));
});

test("where not all discounts fit into the output, those that save most are kept, and the output uses its room", async () => {
  const cart = largeCart(200, "bought-together");
  const { output, outputBytes } = await run(cart, TARGETS[0]);
  const kept = expectedDiscounts({ ...cart, lineOperations: JSON.parse(output).operations });
  const saving = ({ quantity, amountOffMinor }: { quantity: number; amountOffMinor: number }) =>
    quantity * amountOffMinor;
  const all = priceCart(cartToPrice(cart)).discounts.map(saving);
  expect(all).toHaveLength(200);
  expect(outputBytes).toBeGreaterThan(MOST_OUTPUT_BYTES - 500);
  const byValue = (a: number, b: number) => b - a;
  expect(kept.map(saving).toSorted(byValue)).toEqual(all.toSorted(byValue).slice(0, kept.length));
});

test("an order with many gift cards keeps its output small: a discount on it that does not fit is left out", async () => {
  const cart = largeCart(200, "all types");
  const product = cart.lines[0]!.product!;
  const products = Object.fromEntries(
    Object.entries(cart.products).map(([id, own]) => [id, { ...own, giftCard: id !== product }]),
  );
  const { output, outputBytes } = await run({ ...cart, products }, TARGETS[0]);
  expect(outputBytes).toBeLessThanOrEqual(MOST_OUTPUT_BYTES);
  expect(output).not.toContain("orderDiscountsAdd");
  const some = { ...cart, lines: cart.lines.slice(0, 30), products };
  const counted = some.lines.map((line, place) => (place === 0 ? { ...line, price: "900.00" } : line));
  const { operations } = JSON.parse((await run({ ...some, lines: counted }, TARGETS[0])).output);
  expect(JSON.stringify(operations).match(/orderMinimumSubtotal/g)).toHaveLength(1);
});

test("lines of equal amounts share a candidate, so that many more of them fit", async () => {
  const cart = largeCart(200, "bought-together");
  const same = { ...cart, lines: cart.lines.map((line) => ({ ...line, price: "20.00" })) };
  const [operation] = JSON.parse((await run(same, TARGETS[0])).output).operations;
  expect(operation.productDiscountsAdd.candidates).toHaveLength(1);
  expect(operation.productDiscountsAdd.candidates[0].targets.length).toBeGreaterThan(190);
});
