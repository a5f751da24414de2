import type { OrderId, ShopDomain } from "../../domain/ids.ts";
import type { FetchedOrder } from "../../domain/orders/fetched-order.ts";
import type { AdminClient } from "../client/admin-client.ts";
import { concernsWholeShop, OperationRefused } from "../client/errors.ts";
import {
  ORDER,
  ORDER_LINES,
  ORDERS,
  ORDERS_PER_QUERY,
  REFUND_LINES,
  type OrderWithLinesNode,
} from "../operations/order.ts";
import { allPages } from "./all-pages.ts";
import { readLine, readOrder, readRefund, UnreadableOrder, type ReadingContext } from "./read-nodes.ts";

/** An order as Shopify has it now (null: it has none, or none that the app may see), or why it cannot be read. */
export type OrderRead =
  { readonly id: OrderId; readonly fetched: FetchedOrder | null } | { readonly id: OrderId; readonly failure: unknown };

/** Queries of one shop that run at the same time. */
const QUERIES_AT_ONCE = 2;

/** Reads orders of one shop with all their lines and refunds. */
export class OrderReader {
  readonly #client: AdminClient;
  readonly #shop: ShopDomain;
  readonly #reading: (currency: string) => ReadingContext;

  constructor(client: AdminClient, shop: ShopDomain, reading: (currency: string) => ReadingContext) {
    this.#client = client;
    this.#shop = shop;
    this.#reading = reading;
  }

  /** One order; null as in {@link OrderRead}. Throws {@link UnreadableOrder} and what the client throws. */
  async one(id: OrderId): Promise<FetchedOrder | null> {
    const { order } = await this.#client.query(this.#shop, ORDER, { id });
    return order === null ? null : this.#fetched(order);
  }

  /**
   * Some orders, with as few queries as possible, in the order asked for. What fails for one order is part of the
   * result; throws only what {@link concernsWholeShop}.
   */
  async all(ids: readonly OrderId[]): Promise<OrderRead[]> {
    const groups = Array.from({ length: Math.ceil(ids.length / ORDERS_PER_QUERY) }, (_, n) =>
      ids.slice(n * ORDERS_PER_QUERY, (n + 1) * ORDERS_PER_QUERY),
    );
    const read: OrderRead[][] = [];
    const waiting = groups.entries();
    const reader = async () => {
      for (const [n, group] of waiting) read[n] = await this.#group(group);
    };
    await Promise.all(Array.from({ length: QUERIES_AT_ONCE }, reader));
    return read.flat();
  }

  async #group(ids: readonly OrderId[]): Promise<OrderRead[]> {
    let nodes: readonly (OrderWithLinesNode | null)[];
    try {
      nodes = ids.length === 1 ? [] : (await this.#client.query(this.#shop, ORDERS, { ids })).nodes;
    } catch (error) {
      // Shopify refuses a whole query for what is wrong with one of its orders, or for what all of them cost together.
      if (!(error instanceof OperationRefused)) throw error;
      nodes = [];
    }
    const read: OrderRead[] = [];
    for (const [n, id] of ids.entries()) {
      const node = nodes[n];
      const fetched = async () => (node === undefined ? this.one(id) : node === null ? null : this.#fetched(node));
      read.push(await this.#outcome(id, fetched));
    }
    return read;
  }

  async #outcome(id: OrderId, read: () => Promise<FetchedOrder | null>): Promise<OrderRead> {
    try {
      return { id, fetched: await read() };
    } catch (failure) {
      if (concernsWholeShop(failure)) throw failure;
      return { id, failure };
    }
  }

  async #fetched(order: OrderWithLinesNode): Promise<FetchedOrder> {
    const { id, currencyCode: currency } = order;
    const lines = await allPages(order.lineItems, async (after) => {
      const more = await this.#client.query(this.#shop, ORDER_LINES, { id, after });
      return more.order?.lineItems ?? null;
    });
    const refunds = [];
    for (const refund of order.refunds) {
      const linesOfRefund = await allPages(refund.refundLineItems, async (after) => {
        const more = await this.#client.query(this.#shop, REFUND_LINES, { id: refund.id, after });
        return more.refund?.refundLineItems ?? null;
      });
      refunds.push({ refund, lines: linesOfRefund });
    }
    try {
      return {
        order: readOrder(this.#reading(currency), order),
        lines: lines.map(readLine),
        refunds: refunds.flatMap((each) => readRefund(each.refund, each.lines, currency)),
      };
    } catch (error) {
      throw error instanceof UnreadableOrder ? new UnreadableOrder(error.message, order.name) : error;
    }
  }
}
