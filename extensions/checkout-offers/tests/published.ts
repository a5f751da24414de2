import { createCartLine } from "@shopify/ui-extensions-tester/checkout";

/** A cart line of one unit of a product, by the last part of its id. */
export const line = (
  product: number,
  amount: number,
  requiresShipping = true,
  currencyCode: "USD" | "JPY" | "EUR" = "USD",
) =>
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
/** An app metafield as checkout passes it to an extension: JSON is text. */
export const metafield = (type: keyof typeof OWNERS, id: number, key: string, value: unknown) => ({
  target: { type, id: `gid://shopify/${OWNERS[type]}/${id}` },
  metafield: {
    namespace: "$app",
    key,
    type: "json",
    valueType: "json_string" as const,
    value: typeof value === "string" ? value : JSON.stringify(value),
  },
});

/** A bought-together offer of a product: its companions and their weights. */
export const offer = (product: number, discountBasisPoints: number, companions: Record<number, number>) =>
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

/** What a logged-in customer bought before. */
export const history = (customer: object) =>
  metafield("customer", 55, "history", { version: 1, rank: "A", returning: true, owned: [], adds: [], ...customer });
/** The merchant lets customers' histories count. */
export const historiesCount = metafield("shop", 1, "checkout", { version: 2, offers: [], history: true });

/**
 * A goal: free shipping from amounts in minor units by currency, further tiers, and how much more than what is missing it
 * may propose, in percent of the cart; null for nothing.
 */
export const goal = (amounts: Record<string, number>, tiers: readonly object[] = [], gap: number | null = 25) =>
  metafield("shop", 1, "checkout", {
    version: 2,
    offers: [{ type: "goal", id: "goal-1", goal: amounts, tiers, ...(gap === null ? {} : { gap }) }],
  });

export const variant = (product: number, amount: string, currencyCode = "USD") => ({
  id: `gid://shopify/ProductVariant/${product}1`,
  title: "Default Title",
  availableForSale: true,
  requiresShipping: true,
  quantityRule: { minimum: 1 },
  price: { amount, currencyCode },
});
/** A product as the Storefront API answers. */
export const node = (product: number, amount: string, rest: object = {}, currencyCode = "USD") => ({
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
