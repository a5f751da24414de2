import { gid, type LineId, type OrderId, type ShopDomain } from "../../domain/ids.ts";
import { parseDecimal } from "../../domain/money/money.ts";
import type { AdminClient } from "../client/admin-client.ts";
import { OperationRefused } from "../client/errors.ts";
import { PAID_ORDERS, PAID_ORDERS_AT_ONCE, type PaidOrderNode } from "../operations/charged-orders.ts";

/** What a line cost as the buyer paid it, in minor units of their currency. */
export interface PaidLine {
  /** One unit before discounts. */
  readonly unitPriceMinor: number;
  /** What discounts took off all units ordered. */
  readonly discountMinor: number;
}

/**
 * Some orders with what was paid, in parts that Shopify answers for, in the order asked for. Left out are those that are
 * gone, and those that Shopify refuses to answer about. Throws what else the client throws, after what was read before.
 */
export async function* readPaidOrders(
  client: AdminClient,
  shop: ShopDomain,
  ids: readonly OrderId[],
): AsyncGenerator<NonNullable<PaidOrderNode>> {
  for (let from = 0; from < ids.length; from += PAID_ORDERS_AT_ONCE) {
    const some = ids.slice(from, from + PAID_ORDERS_AT_ONCE);
    const nodes = await nodesOf(client, shop, some);
    if (nodes !== null) {
      yield* nodes;
      continue;
    }
    // Shopify refuses a whole query for what is wrong with one of its orders.
    for (const id of some) yield* (await nodesOf(client, shop, [id])) ?? [];
  }
}

/** Null where Shopify refuses the query. */
async function nodesOf(
  client: AdminClient,
  shop: ShopDomain,
  ids: readonly OrderId[],
): Promise<NonNullable<PaidOrderNode>[] | null> {
  try {
    const { nodes } = await client.query(shop, PAID_ORDERS, { ids });
    return nodes.filter((node) => node !== null);
  } catch (error) {
    if (error instanceof OperationRefused) return null;
    throw error;
  }
}

/**
 * What each line of an order cost in the currency that it was paid in. Null where Shopify names another one, as it does
 * ("XXX") for one that it no longer knows, or an amount that is none.
 */
export function readPaidLines(
  { lineItems }: NonNullable<PaidOrderNode>,
  currency: string,
): ReadonlyMap<LineId, PaidLine> | null {
  const minor = ({ amount, currencyCode }: { readonly amount: string; readonly currencyCode: string }) =>
    currencyCode === currency ? (parseDecimal(amount, currency, "half-up")?.amountMinor ?? NaN) : NaN;
  const lines = lineItems.nodes.map(({ id, originalUnitPriceSet, discountAllocations }): [LineId, PaidLine] => [
    gid("LineItem", id),
    {
      unitPriceMinor: minor(originalUnitPriceSet.presentmentMoney),
      discountMinor: discountAllocations.reduce(
        (sum, { allocatedAmountSet }) => sum + minor(allocatedAmountSet.presentmentMoney),
        0,
      ),
    },
  ]);
  const isRead = ([, { unitPriceMinor, discountMinor }]: [LineId, PaidLine]) => !isNaN(unitPriceMinor + discountMinor);
  return lines.every(isRead) ? new Map(lines) : null;
}
