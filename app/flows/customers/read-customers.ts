import { composition } from "../../composition.ts";
import type {
  CustomerMapView,
  CustomersView,
  DueCustomerView,
  LearntCustomersView,
  NamedProduct,
  RankedCustomerView,
} from "../../domain/customers/customers-view.ts";
import { knownInputs } from "../../domain/customers/lifetime-inputs.ts";
import type { CustomerRank } from "../../domain/customers/rank.ts";
import { bareNumber, gid, type ProductId, type ShopDomain } from "../../domain/ids.ts";
import { readDueCustomers, readRankedCustomers } from "../../persistence/customers/customer-lists.ts";
import {
  readCustomerSummary,
  readLifetimeInputs,
  type StoredSummary,
} from "../../persistence/customers/customer-summaries.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readCatalogue } from "../../persistence/products/products.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { enqueueCustomers } from "../jobs.ts";
import { importView } from "../orders/read-import.ts";

const RANKS = ["A", "B", "C", "D"] as const satisfies CustomerRank[];
/** Letters of a pseudonym that tell a page's customers apart. */
const CODE_LENGTH = 6;

/**
 * The customers page: who buys again when, how customers are ranked, and what they are worth. Has it learnt where there
 * are orders and nothing that can be shown: they were stored by an earlier version, or in another currency.
 */
export function readCustomers(shop: ShopDomain, context: FlowContext = composition()): Promise<CustomersView> {
  return inShop(context.database, shop, async (tx): Promise<CustomersView> => {
    const { currency, timezone } = await theShop(tx);
    const { summary, learntAt, learning } = await readCustomerSummary(tx, context.now());
    const facts = { domain: shop, currency, timezone };
    // Amounts in a currency that the shop has left say nothing now.
    if (summary === null || learntAt === null || summary.currency !== currency) {
      const importing = await importView(tx);
      const isEmpty = importing === null || (importing.ordersStored === 0 && importing.status !== "reading");
      if (importing?.status === "done" && !isEmpty && !learning) await enqueueCustomers(tx);
      return { shop: facts, state: isEmpty ? "no-orders" : "learning", learning, learnt: null };
    }
    if (summary.orders === 0 && summary.unknownCustomer === 0) {
      return { shop: facts, state: "no-orders", learning, learnt: null };
    }
    return { shop: facts, state: "ready", learning, learnt: await learntView(tx, summary, learntAt) };
  });
}

async function learntView(tx: ShopTransaction, summary: StoredSummary, learntAt: Date): Promise<LearntCustomersView> {
  const due = await readDueCustomers(tx);
  const named = await productNames(tx, [
    ...summary.products.flatMap(({ product, followers }) => [product, ...followers.map((other) => other.product)]),
    ...due.map(({ facts }) => facts.product),
  ]);
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
    products: summary.products.map(({ product, followers, ...interval }) => ({
      ...interval,
      ...named(product),
      followers: followers.map((other) => ({ ...other, ...named(other.product) })),
    })),
    productCount: summary.productCount,
    dueCustomers: due.map((row): DueCustomerView => {
      const { product, expectedAt, from, to, lastAt, state, ownGaps } = row.facts;
      const window = { expectedAt: isoOf(expectedAt), from: isoOf(from), to: isoOf(to), lastAt: isoOf(lastAt) };
      return { ...listed(row), ...window, product: named(product), state, ownGaps };
    }),
    map: mapView(summary),
    ranked: await rankedView(tx, summary.currency),
    spread: {
      recencyDays: [...summary.spread.recencyDays],
      orders: [...summary.spread.orders],
      revenue: summary.spread.revenueMinor.map((amountMinor) => ({ amountMinor, currency: summary.currency })),
    },
    lifetime: {
      known: knownInputs(summary.figures, summary.margin),
      entered: await readLifetimeInputs(tx, summary.currency),
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

async function rankedView(tx: ShopTransaction, currency: string): Promise<RankedCustomerView[]> {
  const rows = await readRankedCustomers(tx);
  return rows.map((row) => {
    const { rank, recordMinor, roomMinor, pace, rfm, lastAt } = row.facts;
    const amounts = { record: { amountMinor: recordMinor, currency }, room: { amountMinor: roomMinor, currency } };
    return { ...listed(row), lastAt: isoOf(lastAt), rank, ...amounts, orders: pace.orders, rfm };
  });
}

function listed(row: { customerKey: string; orderId: string; orderName: string }) {
  const { orderId, orderName } = row;
  return { customer: row.customerKey.slice(0, CODE_LENGTH), orderId, orderName };
}

/** Titles and pictures by bare number; a product that is gone has no title. */
async function productNames(tx: ShopTransaction, numbers: readonly string[]) {
  const ids = [...new Set(numbers)].map((number) => gid("Product", number));
  const known = await readCatalogue(tx, ids);
  return (number: string): NamedProduct => {
    const id: ProductId = gid("Product", number);
    const entry = known.get(id);
    return { productId: bareNumber(id), title: entry?.title ?? null, imageUrl: entry?.imageUrl ?? null };
  };
}

const isoOf = (at: number) => new Date(at).toISOString();
