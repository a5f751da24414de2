import { bareNumber, type OrderId, type ShopDomain } from "../../domain/ids.ts";
import { type DiscountName, isOwnName } from "../../domain/measurement/own-discounts.ts";
import { toDecimalString } from "../../domain/money/money.ts";
import { DISCOUNT_NAMES } from "../../domain/offers/discount-names.ts";
import { parseOfferId } from "../../domain/offers/offer-id.ts";
import type { Order, OrderLine } from "../../domain/orders/order.ts";
import { EMPTY_QUERY, writeQuery } from "../../domain/simulation/simulated-query.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { attributionsOfOrder } from "../../persistence/measurement/attributions.ts";
import { readDiscountNames } from "../../persistence/measurement/offer-discounts.ts";
import { readOffers, type StoredOffer } from "../../persistence/offers/offer-rows.ts";
import { findOrder } from "../../persistence/orders/orders.ts";
import type { OrderAmounts } from "../../shopify/readers/order-amounts.ts";
import { creditsOfOrders, type StoredCredit } from "../../persistence/store-credit/store-credits.ts";
import type { OrderCreditView, OrderOffersView, OrderOutcomeView } from "../../views/order-offers-view.ts";
import type { SimulatorView } from "../../views/simulator-view.ts";
import type { FlowContext } from "../context.ts";
import { askOrderAmounts, linesOfOrder, storedAmounts } from "./order-amounts.ts";
import { simulateStored } from "./simulate-cart.ts";

/** The language that names of kinds of discounts are in. */
export type NameLanguage = keyof typeof DISCOUNT_NAMES;

/** Where the simulator is inside the app. */
const SIMULATOR = "/app/simulator";

/**
 * What our offers did for a placed order: what Shopify says that our discounts took off, which lines came through
 * offers, and what the offers of today would do to the same cart, at the prices that were paid. Where Shopify does not say
 * it, all is by what is stored. Null for an order that the shop has not stored: one of another shop, or one that Shopify has
 * not announced yet.
 */
export async function readOrderOffers(
  shop: ShopDomain,
  id: OrderId,
  language: NameLanguage,
  context: FlowContext,
): Promise<OrderOffersView | null> {
  const stored = await inShop(context.database, shop, async (tx) => {
    const order = await findOrder(tx, id);
    if (order === null) return null;
    return {
      order,
      names: await readDiscountNames(tx),
      offers: await readOffers(tx),
      through: await attributionsOfOrder(tx, id),
      credits: await creditsOfOrders(tx, [id]),
    };
  });
  if (stored === null) return null;
  const { order, names, offers, through } = stored;
  const nameOf = (number: number | null) => offerName(offers, number, language);
  const answer = await askOrderAmounts(shop, id, context);
  const amounts = answer ?? storedAmounts(order);
  const { currency, asPaid } = amounts;
  const query = { ...EMPTY_QUERY, currency, lines: linesOfOrder(order, amounts).lines };
  const simulated = await inShop(context.database, shop, (tx) => simulateStored(tx, query, context.now()));
  return {
    ...{ name: order.name, currency, ...takenOf(amounts, order, names) },
    instead: answer === null ? (asPaid ? "stored" : "stored-converted") : asPaid ? null : "converted",
    savedUnknown: answer === null && order.lines.some(areDiscountsUnknown),
    through: through.map(({ title, surface, offerId }) => {
      const named = parseOfferId(offerId);
      return { title, surface, offer: nameOf(named?.kind === "offer" ? named.number : null) };
    }),
    credits: stored.credits.map((credit) => creditView(credit, nameOf)),
    today: outcomesOf(simulated, nameOf),
    simulator: `${SIMULATOR}?${writeQuery({ ...EMPTY_QUERY, order: bareNumber(id) }).toString()}`,
  };
}

function creditView(credit: StoredCredit, nameOf: (number: number | null) => string): OrderCreditView {
  const { currency, creditedMinor, takenBackMinor, lostMinor, reason, dueAt } = credit;
  const decimal = (amountMinor: number) => toDecimalString({ amountMinor, currency });
  return {
    ...{ offer: nameOf(credit.offerNumber), currency, dueAt: dueAt.toISOString() },
    ...{ given: decimal(creditedMinor), takenBack: decimal(takenBackMinor), lost: decimal(lostMinor) },
    reason: creditedMinor > 0 ? null : (reason ?? "waiting"),
  };
}

/** As staff named it, or what its kind of discount is called; empty where neither is known. */
function offerName(offers: readonly StoredOffer[], number: number | null, language: NameLanguage): string {
  const offer = offers.find((one) => one.number === number);
  if (offer === undefined) return "";
  if (offer.name !== "") return offer.name;
  const names: Readonly<Record<string, string>> = DISCOUNT_NAMES[language];
  return names[offer.type] ?? "";
}

/** Whether something was taken off a line, and it is not stored by what. */
function areDiscountsUnknown({ discountMinor, automaticDiscounts }: OrderLine): boolean {
  return discountMinor > 0 && automaticDiscounts === undefined;
}

/** What discounts took off the order's lines; ours by the names that attribution knows. */
function takenOf(
  { currency, lines }: OrderAmounts,
  { processedAt }: Pick<Order, "processedAt">,
  names: readonly DiscountName[],
): Pick<OrderOffersView, "saved" | "otherDiscounts"> {
  const byName = new Map<string, number>();
  let otherMinor = 0;
  for (const { title, minor } of [...lines.values()].flatMap(({ discounts }) => discounts)) {
    if (title !== undefined && isOwnName(title, names, processedAt)) {
      byName.set(title, (byName.get(title) ?? 0) + minor);
    } else otherMinor += minor;
  }
  const decimal = (amountMinor: number) => toDecimalString({ amountMinor, currency });
  return {
    saved: [...byName].map(([name, minor]) => ({ name, amount: decimal(minor) })),
    otherDiscounts: decimal(otherMinor),
  };
}

/** The offers that take something off the order's cart today, and those that lost. */
function outcomesOf(
  { offers, currency }: SimulatorView,
  nameOf: (number: number | null) => string,
): OrderOutcomeView[] {
  const decimal = (amountMinor: number) => toDecimalString({ amountMinor, currency });
  return offers.flatMap(({ number, outcome }): OrderOutcomeView[] => {
    const offer = nameOf(number);
    if (outcome.code === "applied") {
      return [{ offer, code: "applied", saved: decimal(outcome.savedMinor), lostTo: [], more: decimal(0) }];
    }
    if (outcome.code === "tiers") {
      const savedMinor = outcome.tiers.reduce((sum, one) => sum + ("savedMinor" in one ? one.savedMinor : 0), 0);
      if (savedMinor === 0) return [];
      return [{ offer, code: "applied", saved: decimal(savedMinor), lostTo: [], more: decimal(0) }];
    }
    if (outcome.code !== "lost" && outcome.code !== "partly-applied") return [];
    const { code, savedMinor, moreMinor } = outcome;
    return [{ offer, code, saved: decimal(savedMinor), lostTo: outcome.lostTo.map(nameOf), more: decimal(moreMinor) }];
  });
}
