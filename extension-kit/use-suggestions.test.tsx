/** @jsxImportSource preact */
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, test, vi } from "vitest";
import type { CartSuggestion } from "./domain.ts";
import { type Buyer, useSuggestions } from "./use-suggestions.ts";

const US: Buyer = { currency: "USD", country: "US", language: "en" };
const ranked = (...products: string[]): CartSuggestion[] =>
  products.map((product) => ({ product, weight: 1, offerId: "bt-1-1", discountBasisPoints: 0, again: false }));

/** Answers with a product for each id that is asked for. */
const query = vi.fn(async (_: string, { variables }: { variables: Record<string, unknown> }) => ({
  data: {
    nodes: (variables.ids as string[]).map((id) => ({
      ...{ id, handle: "cup", title: `Product ${id.split("/").at(-1)}`, productType: "", onlineStoreUrl: null },
      ...{ availableForSale: true, isGiftCard: false, requiresSellingPlan: false, featuredImage: null },
      selectedOrFirstAvailableVariant: {
        ...{ id, title: "Default Title", availableForSale: true, requiresShipping: true },
        ...{ quantityRule: { minimum: 1 }, price: { amount: "5.00", currencyCode: "USD" } },
      },
    })),
  },
}));

function Shown({ list, buyer = US, attempt = 0 }: { list: CartSuggestion[]; buyer?: Buyer; attempt?: number }) {
  const found = useSuggestions(query, list, buyer, attempt);
  return <>{found.map(({ title, discountBasisPoints }) => `${title} -${discountBasisPoints};`).join("")}</>;
}
const show = async (props: Parameters<typeof Shown>[0]) => {
  await act(() => render(<Shown {...props} />, document.body));
  // Answers take several microtasks.
  await act(() => new Promise((resolve) => setTimeout(resolve)));
  return document.body.textContent;
};

afterEach(() => {
  render(null, document.body);
  query.mockClear();
});

test("asks once for the same products, however often the cart renders", async () => {
  expect(await show({ list: ranked("1", "2") })).toBe("Product 1 -0;Product 2 -0;");
  await show({ list: ranked("1", "2") });
  await show({ list: ranked("1", "2"), buyer: { ...US } });
  expect(query).toHaveBeenCalledTimes(1);
});

test("shows the discount of the present cart at once, without asking again", async () => {
  await show({ list: ranked("1") });
  const cheaper = ranked("1").map((suggestion) => ({ ...suggestion, discountBasisPoints: 1000 }));
  expect(await show({ list: cheaper })).toBe("Product 1 -1000;");
  expect(query).toHaveBeenCalledTimes(1);
});

test("asks again for other products, another buyer and another attempt", async () => {
  await show({ list: ranked("1") });
  await show({ list: ranked("2") });
  await show({ list: ranked("2"), buyer: { ...US, country: "CA" } });
  await show({ list: ranked("2"), buyer: { ...US, country: "CA" }, attempt: 1 });
  expect(query.mock.calls.map(([, { variables }]) => [variables.ids, variables.country])).toEqual([
    [["gid://shopify/Product/1"], "US"],
    [["gid://shopify/Product/2"], "US"],
    [["gid://shopify/Product/2"], "CA"],
    [["gid://shopify/Product/2"], "CA"],
  ]);
});

test("shows nothing in a currency that it has no prices in, and nothing that is ranked no more", async () => {
  await show({ list: ranked("1", "2") });
  expect(await show({ list: ranked("2") })).toBe("Product 2 -0;");
  expect(await show({ list: ranked("2"), buyer: { ...US, currency: "EUR" } })).toBe("");
});

test("ignores an answer that arrives after the question has changed", async () => {
  let answerLate: () => void = () => undefined;
  query.mockImplementationOnce(
    (_, { variables }) =>
      new Promise((resolve) => {
        answerLate = () => resolve({ data: { nodes: (variables.ids as string[]).map((id) => ({ id })) as never } });
      }),
  );
  await show({ list: ranked("1") });
  expect(await show({ list: ranked("2") })).toBe("Product 2 -0;");
  answerLate();
  expect(await show({ list: ranked("2") })).toBe("Product 2 -0;");
});
