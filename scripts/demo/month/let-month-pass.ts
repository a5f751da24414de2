// Has a month pass in a shop that has just been set up: shoppers come, buy and send back week by week, and every night the
// app looks at what they did. What it does by day and by night are its own flows, on a clock that is as far as the month is.
import { setTimeout as sleep } from "node:timers/promises";
import { experimentContent } from "../../../app/domain/measurement/experiments/experiment.ts";
import { parseSplit, splitText } from "../../../app/domain/measurement/experiments/published-split.ts";
import { gid, type ShopDomain } from "../../../app/domain/ids.ts";
import { OFFER_CODES } from "../../../app/domain/offers/offer-type-name.ts";
import type { BoughtTogetherConfig } from "../../../app/domain/offers/types/bought-together/config.ts";
import { DAY_MS } from "../../../app/domain/time/day.ts";
import type { FlowContext } from "../../../app/flows/context.ts";
import {
  measureExperiment,
  measureExperiments,
} from "../../../app/flows/measurement/experiments/measure-experiments.ts";
import { saveExperiment } from "../../../app/flows/measurement/experiments/save-experiment.ts";
import { startExperiment } from "../../../app/flows/measurement/experiments/start-experiment.ts";
import { gatherVisits } from "../../../app/flows/measurement/gather-visits.ts";
import { appendEvents, findEventShop, judgeEvents } from "../../../app/flows/measurement/receive-events.ts";
import { storeAnswers } from "../../../app/flows/measurement/store-answers.ts";
import { createNewOffer } from "../../../app/flows/offers/save-offer.ts";
import { saveSettings } from "../../../app/flows/settings/save-settings.ts";
import { inShop } from "../../../app/persistence/database/in-shop.ts";
import { runSql, selectSql } from "../../../app/persistence/database/run-sql.ts";
import { readSplit } from "../../../app/persistence/measurement/experiments.ts";
import { readOffers } from "../../../app/persistence/offers/offer-rows.ts";
import { readOfferTypes } from "../../../app/persistence/offers/offer-types.ts";
import { readListings, recordListings } from "../../../app/persistence/publishing/listings.ts";
import type { PastOrder, Upcoming } from "../../../test/dev-store/http/control.ts";
import { seededRandom } from "../../../test/dev-store/shop/random.ts";
import type { DevOrder } from "../../../test/dev-store/shop/state.ts";
import { sentEvents } from "./sent-events.ts";
import { Browsers } from "./browsers.ts";
import { shoppersOf } from "./shoppers.ts";
import type { Change, Sale, Shown, Visit } from "./visit.ts";

const SEED = 147;
/** Days before staff think of an experiment. */
const DAYS_BEFORE_EXPERIMENT = 7;
/** Enough buyers are held out in a month for the app to say what offers add. */
const HOLDOUT_PERCENT = 10;
/** What the app costs in a month, in the smallest unit of the currency. */
const MONTHLY_COSTS = { en: { USD: 2_900 }, ja: { JPY: 4_500 } } as const;
/** What is left of the price of goods without a cost at Shopify. */
const MARGIN_PERCENT = 45;
/** When the app looks at experiments, after midnight UTC. */
const NIGHT_MS = 3.5 * 3_600_000;
const EVENT_TABLES = ["events", "exposures", "checkouts", "order_visitors"];
const ORDERS_AT_ONCE = 100;
/** What Shopify lets an app ask for at once. */
const FULL_BUCKET = 2_000;
const LOOK_EVERY_MS = 50;
const GIVE_UP_AFTER_MS = 60_000;

/** What staff call things, by the shop's language. */
const NAMES = {
  en: { second: "Sets of two companions", experiment: "Three companions or two?" },
  ja: { second: "2点のセット", experiment: "おすすめは3点か2点か" },
} as const;

/** The shop whose month passes, and what passes it. */
export interface Month {
  readonly shop: ShopDomain;
  readonly locale: "en" | "ja";
  /** What the app's flows work with; its time is that of `clock`. */
  readonly context: FlowContext;
  readonly clock: { now: number };
  /** Calls the dev store's own API. */
  readonly control: (what: string, body?: object) => Promise<unknown>;
  readonly from: number;
  readonly to: number;
}

interface Placed {
  readonly sale: Sale;
  readonly order: DevOrder;
}

/**
 * Returns how many visits and orders there were. Orders come to the app together and then the events, since it learns again
 * from each group of orders: so the look of a night knows of refunds that came a little later.
 */
export async function letMonthPass(month: Month): Promise<{ visits: number; orders: number }> {
  const { clock, from, to, shop, context, control } = month;
  clock.now = from;
  await holdOut(month);
  const upcoming = (await control("upcoming")) as Upcoming;
  const random = seededRandom(SEED);
  const browsers = new Browsers();
  const start = Math.min(from + DAYS_BEFORE_EXPERIMENT * DAY_MS, to);
  const comingIn = async (begin: number, end: number, name: string) => {
    const orders = upcoming.orders.filter(({ createdAt }) => createdAt >= begin && createdAt < end);
    const shown = await shownNow(month, upcoming.lines);
    return shoppersOf({ from: begin, to: end, orders, shown, browsers, name }, random);
  };
  const before = await comingIn(from, start, "early");
  clock.now = start;
  const experiment = await beginExperiment(month, upcoming.lines);
  const after = await comingIn(start, to, "late");
  const placed = await place([...before.sales, ...after.sales], control);
  await change(placed, to, control);
  await ordersTakenIn(month);
  const visits = [...before.visits, ...after.visits];
  await sendEvents(month, visits, new Map(placed.map(({ sale, order }) => [sale, order.id])));
  for (let night = nextNight(start); night < to; night += DAY_MS) {
    clock.now = night;
    await measureExperiment(shop, experiment, context);
  }
  // Of each order the app writes down what came before it as long as it keeps that: half a month at a time.
  for (const half of [(from + to) / 2, to]) {
    clock.now = half;
    await gatherVisits(shop, context);
  }
  await measureExperiments(shop, context);
  return { visits: visits.length, orders: placed.length };
}

function nextNight(time: number): number {
  const night = Math.floor(time / DAY_MS) * DAY_MS + NIGHT_MS;
  return night > time ? night : night + DAY_MS;
}

/** A shop makes its salt by chance; here the same shoppers are to be held out each time. */
async function holdOut({ shop, locale, context }: Month): Promise<void> {
  await inShop(context.database, shop, (tx) =>
    runSql(
      tx,
      `INSERT INTO splits (shop, salt, holdout_percent) VALUES ($1, 'demo', 0)
       ON CONFLICT (shop) DO UPDATE SET salt = EXCLUDED.salt, holdout_percent = 0`,
      tx.shop,
    ),
  );
  const costs = { monthlyCosts: MONTHLY_COSTS[locale], marginPercent: MARGIN_PERCENT };
  const settings = { holdoutPercent: HOLDOUT_PERCENT, ...costs };
  saved(await saveSettings(shop, settings, null, context));
}

/** Staff compare their sets with sets of two companions. Returns the experiment's number. */
async function beginExperiment(month: Month, lines: Upcoming["lines"]): Promise<number> {
  const { shop, locale, context } = month;
  const offers = await inShop(context.database, shop, (tx) => readOffers(tx));
  const first = offers.find(({ type, offer }) => type === "bought-together" && offer !== null)!;
  const { number, type, mode: _mode, version: _version, ...content } = first.offer!;
  const { second, experiment } = NAMES[locale];
  const config = { ...(content.config as BoughtTogetherConfig), setSize: 2 };
  const next = Math.max(...offers.map((offer) => offer.number)) + 1;
  await listAlsoBy(month, { first: number, second: next, lines });
  const added = saved(await createNewOffer(shop, type, { ...content, mode: "shop", name: second, config }, context));
  if (added.number !== next) throw new Error(`The second sets have the number ${added.number}`);
  const compared = { compares: "offers", offers: [number, next], weights: [1, 1] } as const;
  const draft = { ...experimentContent.default, ...compared, name: experiment };
  const { number: started } = saved(await saveExperiment(shop, null, draft, context));
  saved(await startExperiment(shop, { number: started!, version: 1 }, context));
  return started!;
}

/**
 * Notes that second sets list what the first ones do, by the clock of the month. The worker notes it as well when it publishes
 * them, but by the machine's clock, and then the month is over: what was noted before stays.
 */
async function listAlsoBy(
  { shop, context }: Month,
  { first, second, lines }: { readonly first: number; readonly second: number; readonly lines: Upcoming["lines"] },
): Promise<void> {
  const products = [...new Set(lines.map(({ productId }) => gid("Product", productId!)))];
  await inShop(context.database, shop, async (tx) => {
    const lists = Array.from(await readListings(tx, products), ([product, history]) => {
      const listed = history.filter(({ until }) => until === null);
      const same = listed.filter(({ code, number }) => code === OFFER_CODES["bought-together"] && number === first);
      return { product, listed: [...listed, ...same.map((one) => ({ ...one, number: second }))] };
    });
    await recordListings(tx, lists, context.now());
  });
}

function saved<Answer extends { code: string }>(answer: Answer): Extract<Answer, { code: "saved" }> {
  if (answer.code !== "saved") throw new Error(JSON.stringify(answer));
  return answer as Extract<Answer, { code: "saved" }>;
}

/** What the shop shows now, and to whom. */
function shownNow({ shop, context }: Month, all: Upcoming["lines"]): Promise<Shown> {
  const lines = new Map(all.map((line) => [line.productId!, line]));
  return inShop(context.database, shop, async (tx) => {
    const split = await readSplit(tx);
    const offers = (await readOffers(tx)).flatMap(({ offer }) => offer ?? []);
    const products = [...lines.keys()].map((id) => gid("Product", id));
    const listings = await readListings(tx, products);
    const code = OFFER_CODES["bought-together"];
    return {
      split: parseSplit(splitText(split, await readOfferTypes(tx))),
      experiment: split.experiments.length === 0 ? null : Number(split.experiments[0]!.id),
      sets: offers
        .filter(({ type }) => type === "bought-together")
        .map(({ number, config }) => ({ number, size: (config as BoughtTogetherConfig).setSize })),
      goal: offers.find(({ type }) => type === "goal")!.number,
      lists: new Map(
        [...listings].map(([product, listed]) => [
          product.split("/").at(-1)!,
          // The sets list the same products.
          [
            ...new Set(
              listed.filter((one) => one.code === code && one.until === null).map(({ companion }) => companion),
            ),
          ],
        ]),
      ),
      lines,
    };
  });
}

async function place(sales: readonly Sale[], control: Month["control"]): Promise<Placed[]> {
  const placed: Placed[] = [];
  for (let n = 0; n < sales.length; n += ORDERS_AT_ONCE) {
    const some = sales.slice(n, n + ORDERS_AT_ONCE);
    const { orders } = (await control("past-orders", { orders: some.map(pastOrder) })) as { orders: DevOrder[] };
    placed.push(...orders.map((order, at) => ({ order, sale: some[at]! })));
  }
  return placed;
}

function pastOrder({ at, order, lines, priced }: Sale): PastOrder {
  const { presentmentCurrency, presentmentRate, shippingMinor, shippingDiscounts, sourceName, customerId } = order;
  return {
    ...{ at, priced, lines: [...lines], presentmentCurrency, presentmentRate, shippingMinor, shippingDiscounts },
    ...{ sourceName, customerId, cartToken: order.cartToken ?? "", checkoutToken: order.checkoutToken ?? "" },
  };
}

/** What is sent back or cancelled in that time. */
async function change(placed: readonly Placed[], to: number, control: Month["control"]): Promise<void> {
  const all = placed.flatMap(({ sale, order }) => sale.changes.map((one) => ({ one, order })));
  const due = all.filter(({ one }) => one.at < to).sort((a, b) => a.one.at - b.one.at);
  for (const { one, order } of due) await control(one.kind, changeOf(one, order));
}

function changeOf({ at, lines, withoutLinesMinor }: Change, { id, lines: sold }: DevOrder): object {
  const units = lines.map(({ place, quantity }) => ({ lineId: sold[place]!.id, quantity }));
  return { at: Math.round(at), orderId: id, lines: units, withoutLinesMinor };
}

/**
 * Waits until the worker has read every order of which Shopify has notified it. Over a month Shopify lets the app ask for far more
 * than in these seconds, so what it may ask for is filled up.
 */
async function ordersTakenIn({ shop, context, control }: Month): Promise<void> {
  await control("settled", {});
  for (const end = Date.now() + GIVE_UP_AFTER_MS; Date.now() < end; await sleep(LOOK_EVERY_MS)) {
    const left = await inShop(context.database, shop, (tx) =>
      selectSql(tx, "SELECT 1 FROM changed_orders WHERE shop = $1 LIMIT 1", tx.shop),
    );
    if (left.length === 0) return;
    await control("throttle", { available: FULL_BUCKET });
  }
  throw new Error("The worker took in no orders; see .data/logs/worker.log.");
}

/** What browsers and thank-you pages send, day by day: the app takes what is not too old. */
async function sendEvents(month: Month, visits: readonly Visit[], orders: ReadonlyMap<Sale, string>): Promise<void> {
  const { shop, context, clock, to } = month;
  const known = (await findEventShop(shop, context))!;
  const sent = visits.flatMap((visit) => sentEvents(visit, visit.sale && (orders.get(visit.sale) ?? null)));
  for (const [day, events] of Map.groupBy(sent, ({ at }) => Math.floor(at / DAY_MS))) {
    clock.now = Math.min((day + 1) * DAY_MS, to);
    const { events: taken, answers, refused } = judgeEvents(events, known, context);
    if (refused.size > 0) throw new Error(`Events are refused: ${JSON.stringify([...refused])}`);
    await appendEvents(taken, context);
    await storeAnswers(shop, answers, context);
  }
  await eventsMoved(context);
  // In a month PostgreSQL finds out by itself what its tables hold; until then it reads them in the slowest way.
  await context.database.pool.query(`ANALYZE ${EVENT_TABLES.map((table) => `events.${table}`).join(", ")}`);
}

/** Moves what waits. Where the worker moves some at this moment, it is waited for. */
async function eventsMoved({ events }: FlowContext): Promise<void> {
  for (let idle = 0; idle < 2;) {
    const { moved } = await events.move(new Date());
    idle = moved === 0 ? idle + 1 : 0;
    if (moved === 0) await sleep(LOOK_EVERY_MS);
  }
}
