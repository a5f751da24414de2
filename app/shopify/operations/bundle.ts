import { operation, type UserError } from "./operation.ts";

/** What a bundle's product needs of the Admin API: see `publisher/bundle-product.ts`. */

export const BUNDLE_ELIGIBILITY = operation<
  Record<string, never>,
  { shop: { features: { bundles: { eligibleForBundles: boolean; ineligibilityReason: string | null } } } }
>(`#graphql
  query BundleEligibility {
    shop { features { bundles { eligibleForBundles ineligibilityReason } } }
  }
`);

export interface ComponentInput {
  readonly productId: string;
  readonly quantity: number;
  readonly optionSelections: readonly {
    readonly componentOptionId: string;
    readonly name: string;
    readonly values: readonly string[];
  }[];
}

type Started = { productBundleOperation: { id: string } | null; userErrors: readonly UserError[] };

export const CREATE_BUNDLE = operation<
  { input: { title: string; components: readonly ComponentInput[] } },
  { productBundleCreate: Started }
>(`#graphql
  mutation CreateBundle($input: ProductBundleCreateInput!) {
    productBundleCreate(input: $input) { productBundleOperation { id } userErrors { field message } }
  }
`);

export const UPDATE_BUNDLE = operation<
  { input: { productId: string; components: readonly ComponentInput[] } },
  { productBundleUpdate: Started }
>(`#graphql
  mutation UpdateBundle($input: ProductBundleUpdateInput!) {
    productBundleUpdate(input: $input) { productBundleOperation { id } userErrors { field message } }
  }
`);

/** A product with its first variant: bundles of this app have one. */
export interface BundleProductNode {
  readonly id: string;
  readonly variants: { readonly nodes: readonly { readonly id: string }[] };
}

export const BUNDLE_OPERATION = operation<
  { id: string },
  {
    productOperation: {
      status: "CREATED" | "ACTIVE" | "COMPLETE";
      userErrors?: readonly UserError[];
      product: BundleProductNode | null;
    } | null;
  }
>(`#graphql
  query BundleOperation($id: ID!) {
    productOperation(id: $id) {
      status
      product { id variants(first: 1) { nodes { id } } }
      ... on ProductBundleOperation { userErrors { field message code } }
    }
  }
`);

/** The products that were made last, the latest first. Without a search: its index may be behind. */
export const NEWEST_PRODUCTS = operation<
  { after: string | null },
  {
    products: {
      nodes: readonly (BundleProductNode & { title: string; createdAt: string })[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  }
>(`#graphql
  query NewestProducts($after: String) {
    products(first: 50, after: $after, sortKey: CREATED_AT, reverse: true) {
      nodes { id title createdAt variants(first: 1) { nodes { id } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export interface ComponentNode {
  readonly id: string;
  readonly selectedOptions: readonly { readonly name: string; readonly value: string }[];
  readonly product: {
    readonly id: string;
    readonly title: string;
    readonly hasOnlyDefaultVariant: boolean;
    readonly options: readonly { readonly id: string; readonly name: string }[];
  };
}

/** Variants with what names them among those of their products; null for one that is gone. */
export const COMPONENTS = operation<{ ids: readonly string[] }, { nodes: readonly (ComponentNode | null)[] }>(`#graphql
  query Components($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on ProductVariant {
        id selectedOptions { name value }
        product { id title hasOnlyDefaultVariant options { id name } }
      }
    }
  }
`);

type Status = "ACTIVE" | "ARCHIVED" | "DRAFT";

export const SET_BUNDLE_PRODUCT = operation<
  { product: { id: string; title: string; status: Status } },
  { productUpdate: { product: { id: string } | null; userErrors: readonly UserError[] } }
>(`#graphql
  mutation SetBundleProduct($product: ProductUpdateInput!) {
    productUpdate(product: $product) { product { id } userErrors { field message } }
  }
`);

export const SET_BUNDLE_PRICE = operation<
  { product: string; variants: readonly { id: string; price: string }[] },
  { productVariantsBulkUpdate: { userErrors: readonly UserError[] } }
>(`#graphql
  mutation SetBundlePrice($product: ID!, $variants: [ProductVariantsBulkInput!]!) {
    productVariantsBulkUpdate(productId: $product, variants: $variants) { userErrors { field message code } }
  }
`);

export const PUBLICATIONS = operation<
  Record<string, never>,
  { publications: { nodes: readonly { id: string; channels: { nodes: readonly { handle: string }[] } | null }[] } }
>(`#graphql
  query Publications {
    publications(first: 20) { nodes { id channels(first: 2) { nodes { handle } } } }
  }
`);

export const PUBLISH_BUNDLE = operation<
  { id: string; input: readonly { publicationId: string }[] },
  { publishablePublish: { userErrors: readonly UserError[] } }
>(`#graphql
  mutation PublishBundle($id: ID!, $input: [PublicationInput!]!) {
    publishablePublish(id: $id, input: $input) { userErrors { field message } }
  }
`);

/** The price lists of markets, each with a country that it is for. */
export const PRICE_LISTS = operation<
  Record<string, never>,
  {
    priceLists: {
      nodes: readonly {
        id: string;
        currency: string;
        catalog: {
          markets?: {
            nodes: readonly {
              conditions: { regionsCondition: { regions: { nodes: readonly { code?: string }[] } } | null } | null;
            }[];
          };
        } | null;
      }[];
    };
  }
>(`#graphql
  query PriceLists {
    priceLists(first: 20) {
      nodes {
        id currency
        catalog {
          ... on MarketCatalog {
            markets(first: 1) {
              nodes {
                conditions { regionsCondition { regions(first: 1) { nodes { ... on MarketRegionCountry { code } } } } }
              }
            }
          }
        }
      }
    }
  }
`);

/** What variants cost in a country; null for one that is gone. */
export const PRICES_IN_COUNTRY = operation<
  { ids: readonly string[]; country: string },
  { nodes: readonly ({ id: string; contextualPricing: { price: { amount: string; currencyCode: string } } } | null)[] }
>(`#graphql
  query PricesInCountry($ids: [ID!]!, $country: CountryCode!) {
    nodes(ids: $ids) {
      ... on ProductVariant { id contextualPricing(context: { country: $country }) { price { amount currencyCode } } }
    }
  }
`);

export const SET_FIXED_PRICE = operation<
  { list: string; prices: readonly { variantId: string; price: { amount: string; currencyCode: string } }[] },
  { priceListFixedPricesAdd: { userErrors: readonly UserError[] } }
>(`#graphql
  mutation SetFixedPrice($list: ID!, $prices: [PriceListPriceInput!]!) {
    priceListFixedPricesAdd(priceListId: $list, prices: $prices) { userErrors { field message code } }
  }
`);
