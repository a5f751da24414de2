import { bareNumber, gid, type ProductId, type ShopDomain } from "../../domain/ids.ts";
import type { ProductFacts } from "../../domain/offers/conditions/condition.ts";
import type { Offer } from "../../domain/offers/offer.ts";
import { metCampaigns, publishedCampaigns } from "../../domain/offers/shopper-conditions/campaign.ts";
import { runningOffers } from "../../domain/offers/running-offers.ts";
import { shopMetafields } from "../../domain/offers/shop-metafields.ts";
import type { ShopperFacts } from "../../domain/pricing/buyer-facts.ts";
import { entriesInForce } from "../../domain/publishing/entries-in-force.ts";
import { objectIn } from "../../domain/publishing/read-json.ts";
import { absenceOf } from "../../domain/simulation/absent-offer.ts";
import type { LineOffer, SimulatedLine, SimulatedShopOffer } from "../../domain/simulation/offer-in-cart.ts";
import { setCreditOutcomes, type SetCreditOutcome } from "../../domain/simulation/set-credit.ts";
import { setShippingOutcomes, type SetShippingOutcome, shipsForFree } from "../../domain/simulation/set-shipping.ts";
import { type SimulatedDelivery, simulateDelivery } from "../../domain/simulation/simulate-delivery.ts";
import { type SimulatedLines, simulateLines } from "../../domain/simulation/simulate-lines.ts";
import { orderDiscountOf, simulateTiers, type TiersOutcome } from "../../domain/simulation/simulate-tiers.ts";
import type { SimulatedQuery } from "../../domain/simulation/simulated-query.ts";
import { minuteOf } from "../../domain/offers/schedule.ts";
import { readCatalogue } from "../../persistence/catalogue/products.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readConditionFacts } from "../../persistence/offers/condition-facts.ts";
import { readOffers, type StoredOffer } from "../../persistence/offers/offer-rows.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { type ShopRow, theShop } from "../../persistence/shop/shops.ts";
import type { SimulatorOutcome, SimulatorView } from "../../views/simulator-view.ts";
import type { FlowContext } from "../context.ts";
import { readShopDiscounts } from "./read-shop-discounts.ts";
import { armViews, readArms, withoutOffers } from "./simulated-arms.ts";
import { lineViews, linesToPrice, readSimulatedCart, type SimulatedCart } from "./simulated-cart.ts";
import { deliveryOffersOf, shopOffersOf } from "./simulated-shop-offers.ts";
import { shopperOf } from "./simulated-shopper.ts";
import { takeOrder } from "./taken-order.ts";
import {
  creditsOfEntries,
  type EntriesOfProducts,
  listedIn,
  plannedEntries,
  publishedEntries,
  rulesOfEntry,
  rulesText,
} from "./simulated-entries.ts";

/** What offers do to a cart: the discount Function's own code, on what is published or would be. */
export async function simulateCart(
  shop: ShopDomain,
  asked: SimulatedQuery,
  context: FlowContext,
): Promise<SimulatorView> {
  const isEmpty = asked.lines.length === 0 && asked.order === null;
  const [view, own] = await Promise.all([
    simulateTaken(shop, asked, context),
    isEmpty ? null : readShopDiscounts(shop, asked.codes, context),
  ]);
  return { ...view, own: view.lines.length === 0 ? null : own };
}

async function simulateTaken(shop: ShopDomain, asked: SimulatedQuery, context: FlowContext): Promise<SimulatorView> {
  const { query, order } = await takeOrder(shop, asked, context);
  const view = await inShop(context.database, shop, (tx) => simulateStored(tx, query, context.now()));
  return { ...view, order };
}

/** What decides about a cart. */
interface Deciding {
  readonly stored: readonly StoredOffer[];
  /** The offers that run, those that are included as if they did among them. */
  readonly running: readonly Offer[];
  readonly entries: EntriesOfProducts;
  readonly shopRules: string;
  readonly shopOffers: readonly SimulatedShopOffer[];
  /** What conditions ask about the products in the cart. */
  readonly facts: ReadonlyMap<ProductId, ProductFacts>;
  readonly shopper: ShopperFacts;
  readonly at: Date;
  readonly included: readonly number[];
  readonly paused: boolean;
  readonly ofOtherArms: ReadonlySet<number>;
}

/** The same for the lines that are asked for, without what Shopify is asked about: an order, the shop's other discounts. */
export async function simulateStored(tx: ShopTransaction, asked: SimulatedQuery, now: Date): Promise<SimulatorView> {
  const shop = await theShop(tx);
  const cart = await readSimulatedCart(tx, asked.lines);
  const query = { ...asked, lines: cart.lines.map((line) => line.asked) };
  const currency = query.currency ?? shop.currency;
  const isShopCurrency = currency === shop.currency;
  const lines = cart.lines.length === 0 ? null : linesToPrice(cart, isShopCurrency);
  const shopper = shopperOf(query, currency, lines ?? []);
  const deciding = await readDeciding(tx, { query, cart, shop, now, shopper });
  const ran = lines === null ? null : await run(tx, { query, currency, isShopCurrency, lines }, deciding);
  const outcomeOf = (one: StoredOffer) => (ran === null ? null : outcome(one, ran, { deciding, query, shop }));
  return {
    ...{ query, currency, shopCurrency: shop.currency, currencies: shop.currencies, timezone: shop.timezone },
    ...{ order: null, goneLines: cart.goneLines, paused: deciding.paused, discountActive: shop.discountActive },
    publishedAt: shop.publishedAt?.toISOString() ?? null,
    lines: lineViews(cart, isShopCurrency).map((line) => ({ ...line, ...pricedLine(line.id, ran?.priced) })),
    totals: ran === null ? null : totalsOf(ran, query),
    offers: await offerViews(tx, deciding.stored, outcomeOf, cart.lines),
    inactive: inactiveOf(deciding.stored, deciding.included),
    arms: await armViews(tx, deciding.stored),
    own: null,
  };
}

/** Reads the offers, and what products of the cart carry of them. */
async function readDeciding(
  tx: ShopTransaction,
  given: { query: SimulatedQuery; cart: SimulatedCart; shop: ShopRow; now: Date; shopper: ShopperFacts },
): Promise<Deciding> {
  const { query, cart, shop, now } = given;
  const { paused, shippingRates } = await readShopSettings(tx);
  const isPlanned = query.state === "planned";
  const at = (isPlanned && query.at !== null ? minuteOf(query.at, shop.timezone) : null) ?? now;
  const included = isPlanned ? query.included : [];
  const products = [...new Set(cart.lines.map(({ variant }) => gid("Product", variant.product)))];
  const facts = await readConditionFacts(tx, products);
  const stored = await readOffers(tx);
  const usable = stored.flatMap(({ offer }) => offer ?? []);
  const asIfActive = usable.map((offer): Offer =>
    included.includes(offer.number) ? { ...offer, status: "active", schedule: null } : offer,
  );
  const running = paused ? [] : runningOffers(asIfActive, at, shop);
  const publishFacts = { discountIsActive: shop.discountActive, ownRates: shippingRates };
  const giftCards = new Set(cart.lines.flatMap(({ variant }) => (variant.isGiftCard ? [variant.product] : [])));
  const sellable = new Map([...facts].filter(([id]) => !giftCards.has(bareNumber(id))));
  const { byArm, ofOtherArms } = await readArms(tx, query);
  const { policy } = shopMetafields(running, { ...publishFacts, paused, history: false, byArm });
  const campaigns = publishedCampaigns(usable.map(({ audience }) => audience));
  const shopper = {
    ...given.shopper,
    campaigns: metCampaigns(campaigns, new URLSearchParams(query.campaign ?? "")),
  };
  return {
    shopper,
    ...{ stored, running, facts, at, included, paused, shopRules: String(objectIn(policy)?.rules ?? ""), ofOtherArms },
    entries: withoutOffers(
      ofOtherArms,
      isPlanned
        ? await plannedEntries(tx, sellable, { running, discountIsActive: shop.discountActive, now: at })
        : await publishedEntries(tx, products, usable),
    ),
    shopOffers: shop.discountActive ? shopOffersOf(running, publishFacts, shopper) : [],
  };
}

/** What became of one offer; null for one that is archived. */
function outcome(
  one: StoredOffer,
  { priced, tiers, delivery, sets, credits }: Ran,
  { deciding, query, shop }: { deciding: Deciding; query: SimulatedQuery; shop: ShopRow },
): SimulatorOutcome | null {
  const { at: now, included, running, facts, entries, paused, shopper, ofOtherArms } = deciding;
  if (paused && one.status === "active") return { code: "shop-paused" };
  const { number } = one;
  const ran =
    credits.get(number) ??
    priced.outcomes.get(number) ??
    sets.get(number) ??
    tiers.get(number) ??
    delivery.outcomes.get(number);
  if (ran !== undefined) return ran;
  const absence = absenceOf(one, {
    ...{
      now,
      timezone: shop.timezone,
      included,
      running,
      shopper,
      ofOtherArms,
      asPublished: query.state === "published",
    },
    products: [...facts.values()].map((product) => ({ product })),
    carried: new Set([...inForce(entries, shopper).values()].flat().map(({ offer }) => offer.number)),
  });
  const isGiven = absence?.code === "nothing-to-offer" || absence?.code === "not-published";
  return !shop.discountActive && isGiven ? { code: "discount-off" } : absence;
}

interface Ran {
  readonly lines: readonly SimulatedLine[];
  readonly priced: SimulatedLines;
  readonly delivery: SimulatedDelivery;
  /** Of offers whose whole set ships for free, by their number. */
  readonly sets: ReadonlyMap<number, SetShippingOutcome>;
  /** Of offers whose whole set earns store credit, by their number. */
  readonly credits: ReadonlyMap<number, SetCreditOutcome>;
  /** What became of goals that give more than free shipping. */
  readonly tiers: ReadonlyMap<number, TiersOutcome>;
  /** What is taken off the order. */
  readonly orderOffMinor: number;
}

async function run(
  tx: ShopTransaction,
  given: { query: SimulatedQuery; currency: string; isShopCurrency: boolean; lines: readonly SimulatedLine[] },
  deciding: Deciding,
): Promise<Ran> {
  const { query, currency, lines } = given;
  const { shopRules, shopOffers, shopper: buyer } = deciding;
  const entries = inForce(deciding.entries, buyer);
  const offers = await lineOffersOf(tx, entries, given.isShopCurrency);
  const rules = new Map([...entries].flatMap(([product, own]) => rulesText(product, own)));
  const [shipped = [], others = []] = [true, false].map((ships) => offers.filter((one) => shipsForFree(one) === ships));
  const toSimulate = { currency, buyer, lines, rules, shopRules, offers: others };
  const priced = simulateLines(toSimulate);
  const after = lines.map(({ id, product, quantity, subscription, requiresShipping }) => {
    const line = priced.lines.find((one) => one.id === id)!;
    return { product, quantity, subscription, requiresShipping, totalMinor: line.fullMinor - line.discountMinor };
  });
  const { country, method } = query;
  const { valueMinor, units } = buyer;
  const worth = valueMinor === null || units === null ? {} : { valueMinor, units };
  const way = { currency, country, buyer, ...worth, method, rules, shopRules };
  return {
    ...{ lines, priced, tiers: simulateTiers(toSimulate, shopOffers, { ...way, lines: after }) },
    delivery: simulateDelivery({ ...way, lines: after, offers: shopOffers.flatMap(deliveryOffersOf) }),
    credits: setCreditOutcomes({
      currency,
      lines: after,
      promised: [...entries].flatMap((one) => creditsOfEntries(...one)),
    }),
    sets: setShippingOutcomes({ ...way, lines, offers: shipped }),
    orderOffMinor: orderDiscountOf(toSimulate)?.amountOffMinor ?? 0,
  };
}

/** The entries of each product that are for the shopper. */
function inForce(entries: EntriesOfProducts, shopper: ShopperFacts): EntriesOfProducts {
  return new Map(
    [...entries].map(([product, own]) => {
      const kept = new Set(
        entriesInForce(
          own.map(({ entry }) => entry),
          shopper,
        ).map(({ id }) => id),
      );
      return [product, own.filter(({ entry }) => kept.has(entry.id))];
    }),
  );
}

async function lineOffersOf(
  tx: ShopTransaction,
  entries: EntriesOfProducts,
  isShopCurrency: boolean,
): Promise<LineOffer[]> {
  const all = [...entries].flatMap(([product, own]) => own.map((entry) => ({ product, entry })));
  const named = [...new Set(all.flatMap(({ entry }) => listedIn(entry)))];
  const catalogue = await readCatalogue(
    tx,
    named.map((id) => gid("Product", id)),
  );
  const byOffer = Map.groupBy(all, ({ entry }) => entry.offer.number);
  return [...byOffer].flatMap(([number, ofOffer]): LineOffer[] => {
    const rules = ofOffer.flatMap(({ product, entry }) => {
      const own = rulesOfEntry(entry);
      return own === null ? [] : [[bareNumber(product), own] as const];
    });
    if (rules.length === 0) return [];
    const adds = [...new Set(ofOffer.flatMap(({ entry }) => listedIn(entry)))].flatMap((product) => {
      const known = catalogue.get(gid("Product", product));
      if (known === undefined || !known.published || !known.inStock) return [];
      return [{ product, unitPriceMinor: isShopCurrency ? Math.max(1, known.priceMinor ?? 1) : 1 }];
    });
    return [{ number, type: ofOffer[0]!.entry.offer.type, rules: new Map(rules), adds }];
  });
}

function pricedLine(id: string, priced: SimulatedLines | undefined) {
  const line = priced?.lines.find((one) => one.id === id);
  return line === undefined ? {} : { discountMinor: line.discountMinor, discounts: [...line.discounts] };
}

function totalsOf({ priced, delivery, orderOffMinor }: Ran, { feeMinor }: SimulatedQuery): SimulatorView["totals"] {
  const fullMinor = priced.lines.reduce((sum, line) => sum + line.fullMinor, 0);
  const savedMinor = priced.savedMinor + orderOffMinor;
  return {
    ...{ fullMinor, savedMinor, itemsMinor: fullMinor - savedMinor },
    freeDelivery: delivery.free,
    deliveryMinor: delivery.free ? 0 : feeMinor,
  };
}

async function offerViews(
  tx: ShopTransaction,
  stored: readonly StoredOffer[],
  outcomeOf: (one: StoredOffer) => SimulatorOutcome | null,
  lines: readonly { readonly variant: { readonly title: string } }[],
): Promise<SimulatorView["offers"]> {
  const found = stored.flatMap((one) => {
    const outcome = outcomeOf(one);
    return outcome === null ? [] : [{ number: one.number, type: one.type, name: one.name, outcome }];
  });
  const missing = found.flatMap(({ outcome }) => ("products" in outcome ? outcome.products : []));
  const catalogue = await readCatalogue(
    tx,
    [...new Set(missing)].map((id) => gid("Product", id)),
  );
  return found.map((one) => ({
    ...one,
    missing:
      "products" in one.outcome
        ? one.outcome.products.flatMap((id) => catalogue.get(gid("Product", id))?.title ?? [])
        : [],
    missingLine: "line" in one.outcome ? (lines[Number(one.outcome.line)]?.variant.title ?? null) : null,
  }));
}

/** Offers that are not active, which a plan can include as if they were. */
function inactiveOf(stored: readonly StoredOffer[], included: readonly number[]): SimulatorView["inactive"] {
  return stored
    .filter(({ status, offer }) => (status === "draft" || status === "paused") && offer !== null)
    .map(({ number, type, name, status }) => ({ number, type, name, status, included: included.includes(number) }));
}
