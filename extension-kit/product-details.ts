import { type CartSuggestion, type Money, parseDecimal } from "./domain.ts";
import { bareId } from "./app-metafields.ts";

/** A product as the shop sells it now, in the buyer's language, country and currency. */
export interface ProductDetails {
  readonly title: string;
  readonly productType: string;
  readonly requiresShipping: boolean;
  readonly url: string | null;
  readonly handle: string;
  readonly imageUrl: string | null;
  readonly variantId: string;
  /** Null where the product has a single variant. */
  readonly variantTitle: string | null;
  /** Before any discount of ours. */
  readonly price: Money;
}

/** A suggestion with the product that it is about. */
export interface SuggestedProduct extends CartSuggestion, ProductDetails {}

/** How many ranked products are looked up: enough that three remain when some are sold out or too expensive. */
export const LOOKED_UP = 24;

export const PRODUCT_DETAILS_QUERY = `query ProductDetails($ids: [ID!]!, $country: CountryCode, $language: LanguageCode)
@inContext(country: $country, language: $language) {
  nodes(ids: $ids) {
    ... on Product {
      id
      handle
      title
      availableForSale
      onlineStoreUrl
      isGiftCard
      productType
      requiresSellingPlan
      featuredImage { url(transform: { maxWidth: 160, maxHeight: 160 }) }
      selectedOrFirstAvailableVariant {
        id
        title
        availableForSale
        requiresShipping
        quantityRule { minimum }
        price { amount currencyCode }
      }
    }
  }
}`;

/** Shopify's \`query\` of the extension API. */
export type StorefrontQuery = (
  query: string,
  options: { variables: Record<string, unknown> },
) => Promise<{ data?: unknown; errors?: unknown[] }>;

interface ProductNode {
  id: string;
  handle: string;
  title: string;
  availableForSale: boolean;
  onlineStoreUrl: string | null;
  isGiftCard: boolean;
  productType: string;
  requiresSellingPlan: boolean;
  featuredImage: { url: string } | null;
  selectedOrFirstAvailableVariant: {
    id: string;
    title: string;
    availableForSale: boolean;
    requiresShipping: boolean;
    quantityRule: { minimum: number };
    price: { amount: string; currencyCode: string };
  } | null;
}

/**
 * Looks products up, by number. Left out is what cannot be added as one plain unit: what was deleted or is not sold
 * here, sold out, sold by subscription only or from a minimum quantity, free, a gift card, or priced in another currency
 * than the buyer's. Empty when Shopify does not answer.
 */
export async function readProductDetails(
  query: StorefrontQuery,
  products: readonly string[],
  buyer: { currency: string; country: string | null; language: string },
): Promise<Map<string, ProductDetails>> {
  if (products.length === 0) return new Map();
  const variables = {
    ids: products.map((product) => `gid://shopify/Product/${product}`),
    country: buyer.country,
    language: languageCode(buyer.language),
  };
  const answer = await query(PRODUCT_DETAILS_QUERY, { variables }).catch(() => null);
  const nodes = (answer?.data as { nodes?: (Partial<ProductNode> | null)[] } | undefined)?.nodes ?? [];
  return new Map(
    nodes.flatMap((node): [string, ProductDetails][] => {
      if (node?.id === undefined) return [];
      const details = detailsOf(node as ProductNode, buyer.currency);
      return details === null ? [] : [[bareId(node.id), details]];
    }),
  );
}

function detailsOf(node: ProductNode, currency: string): ProductDetails | null {
  const variant = node.selectedOrFirstAvailableVariant;
  if (variant === null || !node.availableForSale || !variant.availableForSale || node.isGiftCard) return null;
  if (node.requiresSellingPlan || variant.quantityRule.minimum > 1) return null;
  if (variant.price.currencyCode !== currency) return null;
  const price = parseDecimal(variant.price.amount, currency, "half-up");
  if (price === null || price.amountMinor <= 0) return null;
  return {
    title: node.title,
    productType: node.productType,
    requiresShipping: variant.requiresShipping,
    handle: node.handle,
    url: node.onlineStoreUrl,
    imageUrl: node.featuredImage?.url ?? null,
    variantId: variant.id,
    variantTitle: variant.title === "Default Title" ? null : variant.title,
    price,
  };
}

const REGIONAL_LANGUAGES = new Set(["PT_BR", "PT_PT", "ZH_CN", "ZH_TW"]);

/** Shopify's code of a language tag: "ja-JP" is JA, "pt-BR" PT_BR. */
export function languageCode(tag: string): string {
  const code = tag.toUpperCase().replaceAll("-", "_");
  return REGIONAL_LANGUAGES.has(code) ? code : code.split("_")[0]!;
}
