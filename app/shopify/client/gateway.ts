import type { OrderId, ProductId, ShopDomain } from "../../domain/ids.ts";
import { gid } from "../../domain/ids.ts";
import type { OrderNews } from "../../domain/orders/order-news.ts";
import type { CollectionMembership, Product, Variant } from "../../domain/catalogue/product.ts";
import type { AdminClient } from "./admin-client.ts";
import { readBulkLines, type BulkLines } from "../readers/bulk-file.ts";
import { AccessDenied, UserErrors } from "./errors.ts";
import { POLL_BULK_OPERATION, RUN_BULK_QUERY, type BulkOperation } from "../operations/bulk-operations.ts";
import type { Page, UserError } from "../operations/operation.ts";
import {
  ORDER,
  ORDER_LINES,
  ORDERS_UPDATED,
  REFUND_LINES,
  type OrdersUpdated,
  type RefundLineNode,
  type RefundNode,
} from "../operations/order.ts";
import { ORDER_CUSTOMERS } from "../operations/order-customers.ts";
import { ORDERS_BULK } from "../operations/orders-bulk.ts";
import { PAGED_KINDS, pagesOfBulk } from "../operations/pages-of-bulk.ts";
import { PRODUCT_METAFIELDS, type MetafieldName } from "../operations/metafield-definitions.ts";
import { PRODUCT, PRODUCT_COLLECTIONS, PRODUCT_VARIANTS } from "../operations/product.ts";
import { productsBulkWith } from "../operations/products-bulk.ts";
import { SHOP_DETAILS } from "../operations/shop-details.ts";
import { attributeMetafields } from "../readers/product-attributes.ts";
import { readPages, type PageLines } from "../readers/read-pages.ts";
import {
  readLine,
  readOrder,
  readProduct,
  readRefund,
  readVariant,
  type ReadingContext,
  UnreadableOrder,
} from "../readers/read-nodes.ts";

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

export interface ProductNews {
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
   * Starts a bulk operation; `withOwn` has products bring what this app has published of them. Throws {@link UserErrors}
   * where Shopify runs none now.
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
  async order(shop: ShopDomain, id: OrderId): Promise<OrderNews | null> {
    const { order } = await this.client.query(shop, ORDER, { id });
    if (order === null) return null;
    const nodes = await allPages(order.lineItems, async (after) => {
      const more = await this.client.query(shop, ORDER_LINES, { id, after });
      return more.order?.lineItems ?? null;
    });
    const currency = order.currencyCode;
    const refundNodes: { readonly refund: RefundNode; readonly lines: readonly RefundLineNode[] }[] = [];
    for (const refund of order.refunds) {
      const lines = await allPages(refund.refundLineItems, async (after) => {
        const more = await this.client.query(shop, REFUND_LINES, { id: refund.id, after });
        return more.refund?.refundLineItems ?? null;
      });
      refundNodes.push({ refund, lines });
    }
    try {
      const head = readOrder(this.reading(shop, currency), order);
      const refunds = refundNodes.flatMap(({ refund, lines }) => readRefund(refund, lines, currency));
      return { order: head, lines: nodes.map((node) => readLine(node)), refunds };
    } catch (error) {
      throw error instanceof UnreadableOrder ? new UnreadableOrder(error.message, order.name) : error;
    }
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
  async product(shop: ShopDomain, id: ProductId, currency: string): Promise<ProductNews | null> {
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

/**
 * The nodes of a list from its first page to its last. A list whose owner is gone by the time of a later page (null) ends
 * there. Throws where Shopify announces another page and names no way to it: what is left would be lost in silence.
 */
async function allPages<Node>(
  first: Page<Node>,
  pageAfter: (cursor: string) => Promise<Page<Node> | null>,
): Promise<Node[]> {
  const nodes = [...first.nodes];
  let { pageInfo } = first;
  while (pageInfo.hasNextPage) {
    if (pageInfo.endCursor === null) throw new Error("Shopify announces another page without a cursor");
    const page = await pageAfter(pageInfo.endCursor);
    if (page === null) break;
    nodes.push(...page.nodes);
    pageInfo = page.pageInfo;
  }
  return nodes;
}

/** Throws {@link UserErrors} where there are any. */
export function refuseUserErrors(operation: string, errors: readonly UserError[]): void {
  if (errors.length > 0) throw new UserErrors(operation, errors);
}
