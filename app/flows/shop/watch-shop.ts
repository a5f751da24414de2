import { bareNumber, type ShopDomain } from "../../domain/ids.ts";
import { overchargedCurrencies } from "../../domain/measurement/watching/charged.ts";
import { areTooManyRefused } from "../../domain/measurement/watching/refused-events.ts";
import { findStopped, WATCHED_DAYS } from "../../domain/measurement/watching/stopped.ts";
import { surfaceRates, type DayTotal } from "../../domain/measurement/watching/surface-rates.ts";
import { takesOffItems } from "../../domain/offers/gives-discount.ts";
import type { Offer } from "../../domain/offers/offer.ts";
import { runningOffers } from "../../domain/offers/running-offers.ts";
import { CLAIMED_SURFACES, type ClaimedSurface } from "../../domain/offers/surface.ts";
import type { NoticeCode, NoticeDetails } from "../../domain/shop/notice.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import {
  discountedOrdersByDay,
  wasChangedSince,
  webOrdersByDay,
  type LookBack,
} from "../../persistence/measurement/watched-facts.ts";
import { readOffers } from "../../persistence/offers/offer-rows.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { clearNotices, readNotices } from "../../persistence/shop/notices.ts";
import { findShop, type ShopRow } from "../../persistence/shop/shops.ts";
import { enqueue } from "../../queue/enqueue.ts";
import type { FlowContext } from "../context.ts";
import { lookAfterDiscount } from "../publishing/look-after-discount.ts";
import { announceNotices } from "../triggers/announce-notices.ts";
import { findOverchargedOrders } from "../measurement/watching/overcharged-orders.ts";
import { raiseNotice } from "../notices/raise-notice.ts";
import { reportRateDifferences } from "../publishing/report-rate-differences.ts";

const HOUR_MS = 3_600_000;
/** Nothing but a fault takes the discount off half of the orders that have had it: these offers are as they were. */
const DISCOUNTED_RATIO = 0.5;
/** So many orders without a single event are no chance, even where one shopper in twenty allows analytics. */
const ORDERS_WITHOUT_EVENTS = 100;
/** Orders that a notice names. */
const NOTED_ORDERS = 3;
/** Days in which they must have been placed. */
const SILENT_DAYS = 7;

/**
 * Looks for what used to work and does not any more: a widget that is not shown, a discount that does not apply, orders that
 * were charged more than promised, a goal that
 * does not match the shipping rates, a pixel that sends nothing, events that are refused. Each is a notice with what to do,
 * and is taken back once it works again. What was raised anywhere lately is announced to Shopify Flow.
 */
export async function watchShop(shop: ShopDomain, context: FlowContext): Promise<void> {
  const back = lookBack(context.now());
  const facts = await inShop(context.database, shop, (tx) => readFacts(tx, back, context.now()));
  if (facts === null) return;
  await settle(shop, "discount-stopped", discountStopped(facts), context);
  const charged = await overcharged(shop, facts, context);
  if (charged !== "unknown") await settle(shop, "overcharged", charged, context);
  const totals = await readDayTotals(shop, back, context);
  if (totals !== null) {
    await settle(shop, "widget-stopped", widgetStopped(facts, totals), context);
    await settle(shop, "pixel-silent", pixelSilent(facts, totals), context);
    await settle(shop, "events-refused", await eventsRefused(shop, context), context);
  }
  await watchDiscount(shop, facts.known, context);
  await announceNotices(shop, context);
}

/** Whole hours alone: the one that is under way is not counted up yet. */
function lookBack(now: Date): LookBack {
  const to = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  const starts = Array.from({ length: WATCHED_DAYS }, (_, day) => new Date(to - (WATCHED_DAYS - day) * DAY_MS));
  return { starts, to: new Date(to) };
}

type Facts = NonNullable<Awaited<ReturnType<typeof readFacts>>>;

async function readFacts(tx: ShopTransaction, back: LookBack, now: Date) {
  const known = await findShop(tx);
  if (known === null || known.uninstalledAt !== null) return null;
  const { paused, shippingRates } = await readShopSettings(tx);
  await reportRateDifferences(tx, shippingRates, now);
  const since = back.starts[0]!;
  const wasPaused = paused || (await wasChangedSince(tx, ["everything-paused", "everything-resumed"], since));
  const steady = wasPaused ? [] : await readSteadyOffers(tx, since, now, known);
  const priced = known.discountActive ? steady.filter(takesOffItems).map(({ number }) => number) : [];
  return {
    known,
    steady,
    notices: new Map((await readNotices(tx)).map(({ code, details }) => [code, details] as const)),
    webOrders: await webOrdersByDay(tx, back),
    discounted: priced.length === 0 ? [] : await discountedOrdersByDay(tx, priced, back),
  };
}

/** Offers that run, and that nobody has changed meanwhile: what a change leads to is no fault. */
async function readSteadyOffers(tx: ShopTransaction, since: Date, now: Date, shop: ShopRow): Promise<Offer[]> {
  const unchanged = (await readOffers(tx)).filter(({ updatedAt }) => updatedAt < since);
  const offers = unchanged.flatMap(({ offer }) => offer ?? []);
  const ranBefore = new Set(runningOffers(offers, since, shop).map(({ number }) => number));
  return runningOffers(offers, now, shop).filter(({ number }) => ranBefore.has(number));
}

function discountStopped({ discounted, notices }: Facts): NoticeDetails | null {
  const stopped = findStopped(discounted, notices.get("discount-stopped")?.stopped ?? null, DISCOUNTED_RATIO);
  return stopped && { stopped };
}

/**
 * A discount that is off is a notice of its own. Where Shopify has not answered about all orders, those that it has answered
 * about can be too many, but do not say that all is well.
 */
async function overcharged(
  shop: ShopDomain,
  { known }: Facts,
  context: FlowContext,
): Promise<NoticeDetails | null | "unknown"> {
  if (!known.discountActive) return null;
  const { counts, overcharged: orders, isWhole } = await findOverchargedOrders(shop, context);
  const promised = [...counts.values()].reduce((sum, one) => sum + one.promised, 0);
  if (promised > 0) context.log.info({ shop, promised, overcharged: orders.length }, "prices of orders compared");
  const currencies = overchargedCurrencies(counts);
  if (currencies.size === 0) return isWhole ? null : "unknown";
  const charged = orders
    .filter(({ currency }) => currencies.has(currency))
    .slice(0, NOTED_ORDERS)
    .map(({ id, processedAt: _, ...order }) => ({ order: bareNumber(id), ...order }));
  return { count: orders.length, of: promised, charged };
}

function widgetStopped({ steady, notices }: Facts, totals: readonly DayTotal[]): NoticeDetails | null {
  const rates = surfaceRates(totals, offersBySurface(steady), WATCHED_DAYS);
  const known = notices.get("widget-stopped")?.surfaces ?? [];
  const surfaces = CLAIMED_SURFACES.flatMap((surface) => {
    const before = known.find((one) => one.surface === surface) ?? null;
    const stopped = findStopped(rates.get(surface)!, before);
    return stopped === null ? [] : { surface, ...stopped };
  });
  return surfaces.length === 0 ? null : { surfaces };
}

/** Suggestions on other pages follow what is set for the cart. */
function offersBySurface(offers: readonly Offer[]): Map<ClaimedSurface, Set<number>> {
  const on = (surface: ClaimedSurface) =>
    offers.filter(({ surfaces }) => surfaces.includes(surface === "page" ? "cart" : surface));
  return new Map(CLAIMED_SURFACES.map((surface) => [surface, new Set(on(surface).map(({ number }) => number))]));
}

function pixelSilent({ webOrders, notices }: Facts, totals: readonly DayTotal[]): NoticeDetails | null {
  if (notices.has("pixel-refused")) return null;
  const heard = (day: number) => totals.filter((total) => total.day === day && total.kind === "checkout-completed");
  const days = webOrders.map((opportunities, day) => ({
    events: heard(day).reduce((sum, { events }) => sum + events, 0),
    opportunities,
  }));
  const stopped = findStopped(days, notices.get("pixel-silent")?.stopped ?? null);
  if (stopped !== null) return { orders: stopped.now.opportunities, stopped };
  const orders = webOrders.slice(0, SILENT_DAYS).reduce((sum, placed) => sum + placed, 0);
  const isSilent = orders >= ORDERS_WITHOUT_EVENTS && totals.every(({ day }) => day >= SILENT_DAYS);
  return isSilent ? { orders } : null;
}

/** Of the events of today and yesterday (UTC). */
async function eventsRefused(shop: ShopDomain, { events, now }: FlowContext): Promise<NoticeDetails | null> {
  const to = now();
  const from = new Date(Math.floor(to.getTime() / DAY_MS) * DAY_MS - DAY_MS);
  const refused = [...(await events.readRefused(shop, from, to)).values()].reduce((sum, count) => sum + count, 0);
  const stored = (await events.readStepTotals(shop, [from], to)).reduce((sum, total) => sum + total.events, 0);
  return areTooManyRefused(refused, stored) ? { count: refused, of: refused + stored } : null;
}

/** Null where they cannot be read now, since events may be in a database of their own: nothing is known then. */
async function readDayTotals(
  shop: ShopDomain,
  { starts, to }: LookBack,
  { events, log }: FlowContext,
): Promise<DayTotal[] | null> {
  try {
    const totals = await events.readStepTotals(shop, starts, to);
    return totals.map(({ step, ...total }) => ({ ...total, day: WATCHED_DAYS - 1 - step }));
  } catch (error) {
    log.warn({ shop, message: (error as Error).message }, "events of a shop not read");
    return null;
  }
}

async function settle(
  shop: ShopDomain,
  code: NoticeCode,
  details: NoticeDetails | null,
  context: FlowContext,
): Promise<void> {
  if (details !== null) await raiseNotice(shop, code, details, context);
  else await inShop(context.database, shop, (tx) => clearNotices(tx, [code]));
}

/** What a merchant did to the discount at Shopify changes what offers may promise. */
async function watchDiscount(shop: ShopDomain, known: ShopRow, context: FlowContext): Promise<void> {
  if (known.discountId === null) return;
  const { id, active } = await lookAfterDiscount(shop, known, context.now(), context);
  if (id === known.discountId && active === known.discountActive) return;
  await inShop(context.database, shop, (tx) => enqueue(tx, "publish-offers"));
}
