import type { CustomerMapView, CustomersView, LearntCustomersView } from "../../views/customers-view.ts";
import { knownInputs } from "../../domain/customers/lifetime-inputs.ts";
import type { CustomerRank } from "../../domain/shoppers/shopper.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import {
  readCustomerSummary,
  readLifetimeInputs,
  type StoredSummary,
} from "../../persistence/customers/customer-summaries.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { importView } from "../orders/read-import.ts";
import { dueList, productList, rankedList } from "./read-customer-list.ts";

const RANKS = ["A", "B", "C", "D"] as const satisfies CustomerRank[];
const FIRST_PAGE = { page: 1, search: "", order: null } as const;

/**
 * The customers page: who buys again when, how customers are ranked, and what they are worth. Has it learnt where there
 * are orders and nothing that can be shown: they were stored by an earlier version, or in another currency.
 */
export function readCustomers(shop: ShopDomain, context: FlowContext): Promise<CustomersView> {
  return inShop(context.database, shop, async (tx): Promise<CustomersView> => {
    const { currency, timezone } = await theShop(tx);
    const { summary, learntAt, learning } = await readCustomerSummary(tx, context.now());
    const facts = { domain: shop, currency, timezone };
    // Amounts in a currency that the shop has left say nothing now.
    if (summary === null || learntAt === null || summary.currency !== currency) {
      const importing = await importView(tx);
      const isEmpty = importing === null || (importing.ordersStored === 0 && importing.status !== "reading");
      if (importing?.status === "done" && !isEmpty && !learning) await enqueue(tx, "learn-customers");
      return { shop: facts, state: isEmpty ? "no-orders" : "learning", learning, learnt: null };
    }
    if (summary.orders === 0 && summary.unknownCustomer === 0) {
      return { shop: facts, state: "no-orders", learning, learnt: null };
    }
    return { shop: facts, state: "ready", learning, learnt: await learntView(tx, summary, learntAt) };
  });
}

async function learntView(tx: ShopTransaction, summary: StoredSummary, learntAt: Date): Promise<LearntCustomersView> {
  const entered = await readLifetimeInputs(tx, summary.currency);
  return {
    learntAt: learntAt.toISOString(),
    orders: summary.orders,
    customers: summary.customers,
    returning: summary.returning,
    firstAt: summary.firstAt === null ? null : new Date(summary.firstAt).toISOString(),
    unknownCustomer: summary.unknownCustomer,
    otherCurrency: summary.otherCurrency,
    nextOrder: summary.nextOrder,
    due: summary.due,
    proof: summary.proof,
    funnel: [...summary.funnel],
    products: await productList(tx, summary, FIRST_PAGE),
    productCount: summary.productCount,
    dueCustomers: await dueList(tx, FIRST_PAGE),
    map: mapView(summary),
    ranked: await rankedList(tx, "A", summary.currency, FIRST_PAGE),
    spread: {
      recencyDays: [...summary.spread.recencyDays],
      orders: [...summary.spread.orders],
      revenueMinor: [...summary.spread.revenueMinor],
      currency: summary.currency,
    },
    lifetime: {
      known: knownInputs(summary.figures, summary.margin),
      entered: entered.values,
      version: entered.version,
      costKnownShare: summary.margin?.knownShare ?? null,
    },
  };
}

function mapView({ map, currency }: StoredSummary): CustomerMapView {
  if (map.code !== "ranked") return { code: map.code, customers: map.customers };
  const money = (amountMinor: number) => ({ amountMinor, currency });
  const total = (figure: "customers" | "recordMinor") => RANKS.reduce((sum, rank) => sum + map.ranks[rank][figure], 0);
  const [customers, revenue] = [total("customers"), total("recordMinor")];
  const field = (rank: CustomerRank) => {
    const own = map.ranks[rank];
    return {
      customers: own.customers,
      customerShare: own.customers / customers,
      revenueShare: revenue > 0 ? own.recordMinor / revenue : null,
      record: money(own.recordMinor),
      room: money(own.roomMinor),
    };
  };
  return {
    code: "ranked",
    fields: { A: field("A"), B: field("B"), C: field("C"), D: field("D") },
    limits: { record: money(map.limits.recordMinor), room: money(map.limits.roomMinor) },
    cells: [...map.cells],
  };
}
