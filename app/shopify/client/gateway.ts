import type { OrderId, ProductId, ShopDomain } from "../../domain/ids.ts";
import { gid } from "../../domain/ids.ts";
import type { FetchedOrder } from "../../domain/orders/fetched-order.ts";
import type { CollectionMembership, Product, Variant } from "../../domain/catalogue/product.ts";
import type { AdminClient } from "./admin-client.ts";
import { readBulkLines, type BulkLines } from "../readers/bulk-file.ts";
import { AccessDenied, UserErrors } from "./errors.ts";
import { POLL_BULK_OPERATION, RUN_BULK_QUERY, type BulkOperation } from "../operations/bulk-operations.ts";
import type { UserError } from "../operations/operation.ts";
import { ORDERS_UPDATED, type OrdersUpdated } from "../operations/order.ts";
import { ORDER_CUSTOMERS } from "../operations/order-customers.ts";
import { ORDERS_BULK } from "../operations/orders-bulk.ts";
import { PAGED_KINDS, pagesOfBulk } from "../operations/pages-of-bulk.ts";
import { PRODUCT_METAFIELDS, type MetafieldName } from "../operations/metafield-definitions.ts";
import { PRODUCT, PRODUCT_COLLECTIONS, PRODUCT_VARIANTS } from "../operations/product.ts";
import { productsBulkWith } from "../operations/products-bulk.ts";
import { SHOP_DETAILS } from "../operations/shop-details.ts";
import { attributeMetafields } from "../readers/product-attributes.ts";
import { readPages, type PageLines } from "../readers/read-pages.ts";
import { allPages } from "../readers/all-pages.ts";
import { readProduct, readVariant, type ReadingContext } from "../readers/read-nodes.ts";
import { OrderReader, type OrderRead } from "../readers/read-orders.ts";

export interface ShopDetails {
  readonly shopifyId: string;
  readonly name: string;
  readonly currency: string;
  readonly currencies: readonly string[];
  readonly timezone: string;
  readonly installationId: string;
  /** Scopes that the merchant granted. */
  readonly scopes: readonly string[];
}

/** The scope that metafields of customers need; asked for when a merchant wants what needs it. */
export const WRITE_CUSTOMERS = "write_customers";

/** Who placed an order. */
export interface OrderCustomer {
  readonly id: string;
  /** Whether they want their data kept from uses that are not their own order's. */
  readonly optedOut: boolean;
}

export interface FetchedProduct {
  readonly product: Product;
  readonly variants: readonly Variant[];
  readonly memberships: readonly CollectionMembership[];
}

/** Shopify in the words of the domain: what comes back is read, checked and branded. See `AdminClient` for errors. */
export class Gateway {
  readonly client: AdminClient;
  readonly #fetch: typeof fetch;
  readonly #pseudonymKey: string;

  constructor(client: AdminClient, options: { fetch: typeof fetch; pseudonymKey: string }) {
    this.client = client;
    this.#fetch = options.fetch;
    this.#pseudonymKey = options.pseudonymKey;
  }

  async shopDetails(shop: ShopDomain): Promise<ShopDetails> {
    const { shop: facts, currentAppInstallation } = await this.client.query(shop, SHOP_DETAILS, {});
    return {
      shopifyId: facts.id,
      name: facts.name,
      currency: facts.currencyCode,
      currencies: [...new Set([facts.currencyCode, ...facts.enabledPresentmentCurrencies])],
      timezone: facts.ianaTimezone,
      installationId: currentAppInstallation.id,
      scopes: currentAppInstallation.accessScopes.map(({ handle }) => handle),
    };
  }

  /**
   * Starts a bulk operation; `withOwn` has products bring what this app has published of them. Throws {@link
   * UserErrors} where Shopify runs none now.
   */
  async startBulk(
    shop: ShopDomain,
    kind: "orders" | "products",
    { withOwn = false } = {},
  ): Promise<{ id: string; createdAt: string }> {
    const query = await this.#bulkQuery(shop, kind, withOwn);
    const { bulkOperationRunQuery } = await this.client.query(shop, RUN_BULK_QUERY, { query });
    const operation = bulkOperationRunQuery.bulkOperation;
    if (operation === null) throw new UserErrors("bulkOperationRunQuery", bulkOperationRunQuery.userErrors);
    return operation;
  }

  async bulkOperation(shop: ShopDomain, id: string): Promise<BulkOperation | null> {
    return (await this.client.query(shop, POLL_BULK_OPERATION, { id })).bulkOperation;
  }

  bulkLines(file: { url: string; size: number | null }, from: number, linesAtOnce: number): AsyncGenerator<BulkLines> {
    return readBulkLines({ ...file, from, linesAtOnce, fetch: this.#fetch });
  }

  /** What a bulk operation would put into its file, page by page, for apps that Shopify runs none for. */
  async *pages(
    shop: ShopDomain,
    kind: "orders" | "products",
    from: string | null,
    { withOwn = false } = {},
  ): AsyncGenerator<PageLines> {
    const operations = pagesOfBulk(await this.#bulkQuery(shop, kind, withOwn), PAGED_KINDS[kind]);
    yield* readPages(this.client, shop, PAGED_KINDS[kind], operations, from);
  }

  async #bulkQuery(shop: ShopDomain, kind: "orders" | "products", withOwn: boolean): Promise<string> {
    return kind === "orders" ? ORDERS_BULK : productsBulkWith(await this.#attributeMetafields(shop), { withOwn });
  }

  /** How nodes of this shop are read. */
  reading(shop: ShopDomain, currency: string): ReadingContext {
    return { shop, currency, pseudonymKey: this.#pseudonymKey };
  }

  /** One order as it is now, with all its lines and refunds; null where Shopify has none (or none that we may see). */
  order(shop: ShopDomain, id: OrderId): Promise<FetchedOrder | null> {
    return this.#orders(shop).one(id);
  }

  /** Some orders as they are now: see {@link OrderReader.all}. */
  orders(shop: ShopDomain, ids: readonly OrderId[]): Promise<OrderRead[]> {
    return this.#orders(shop).all(ids);
  }

  #orders(shop: ShopDomain): OrderReader {
    return new OrderReader(this.client, shop, (currency) => this.reading(shop, currency));
  }

  /** Who placed some orders, a hundred at most; without those that are gone, or that nobody known placed. */
  async customersOfOrders(shop: ShopDomain, ids: readonly OrderId[]): Promise<Map<OrderId, OrderCustomer>> {
    const { nodes } = await this.client.query(shop, ORDER_CUSTOMERS, { ids });
    return new Map(
      nodes.flatMap((node): [OrderId, OrderCustomer][] => {
        const customer = node?.customer ?? null;
        if (node === null || customer === null) return [];
        return [[gid("Order", node.id), { id: customer.id, optedOut: customer.dataSaleOptOut }]];
      }),
    );
  }

  /** Orders changed at or after a time, the longest unchanged first, a page at a time. */
  async *ordersUpdatedSince(shop: ShopDomain, since: Date): AsyncGenerator<{ id: OrderId; updatedAt: Date }[]> {
    const query = `updated_at:>='${since.toISOString()}'`;
    let after: string | null = null;
    for (;;) {
      const answer: OrdersUpdated = await this.client.query(shop, ORDERS_UPDATED, { query, after });
      yield answer.orders.nodes.map(({ id, updatedAt }) => ({ id: gid("Order", id), updatedAt: new Date(updatedAt) }));
      if (!answer.orders.pageInfo.hasNextPage) return;
      after = answer.orders.pageInfo.endCursor;
    }
  }

  /** One product as it is now; null where it was deleted. */
  async product(shop: ShopDomain, id: ProductId, currency: string): Promise<FetchedProduct | null> {
    const keys = (await this.#attributeMetafields(shop)).map(({ namespace, key }) => `${namespace}.${key}`);
    const { product } = await this.client.query(shop, PRODUCT, { id, keys, hasKeys: keys.length > 0 });
    if (product === null) return null;
    const variants = await allPages(product.variants, async (after) => {
      const more = await this.client.query(shop, PRODUCT_VARIANTS, { id, after });
      return more.product?.variants ?? null;
    });
    const collections = await allPages(product.collections, async (after) => {
      const more = await this.client.query(shop, PRODUCT_COLLECTIONS, { id, after });
      return more.product?.collections ?? null;
    });
    return {
      product: readProduct(product, product.metafields?.nodes ?? []),
      variants: variants.map((node) => readVariant(node, id, currency)),
      memberships: collections.map((node) => ({ productId: id, collectionId: gid("Collection", node.id) })),
    };
  }

  /** Which metafields of its products the shop itself has defined, as far as they can be read as attributes. */
  async #attributeMetafields(shop: ShopDomain): Promise<MetafieldName[]> {
    try {
      const definitionsAfter = async (after: string | null) =>
        (await this.client.query(shop, PRODUCT_METAFIELDS, { after })).metafieldDefinitions;
      return attributeMetafields(await allPages(await definitionsAfter(null), definitionsAfter));
    } catch (error) {
      // A catalogue without them is worth more than none.
      if (error instanceof AccessDenied && error.problem === "missing-scope") return [];
      throw error;
    }
  }
}

/** Throws {@link UserErrors} where there are any. */
export function refuseUserErrors(operation: string, errors: readonly UserError[]): void {
  if (errors.length > 0) throw new UserErrors(operation, errors);
}
