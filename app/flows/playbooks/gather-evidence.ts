import { gid, type ProductId, type ShopDomain } from "../../domain/ids.ts";
import type { ChosenOffer, Considered } from "../../domain/offers/types/bought-together/chosen-offer.ts";
import type {
  PairEvidence,
  PlaybookEvidence,
  ProductPairs,
  RepeatEvidence,
  SeasonEvidence,
} from "../../domain/playbooks/evidence.ts";
import { RECENT_DAYS } from "../../domain/mining/lists/learnt-lists.ts";
import { SET_SIZE } from "../../domain/shoppers/list-lengths.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { readCustomerSummary } from "../../persistence/customers/customer-summaries.ts";
import { inShop, streamInShop, type ShopStream, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readBestSelling } from "../../persistence/mining/counts/best-selling.ts";
import {
  readLastBasketAt,
  readMovedUpgrades,
  readOrderValues,
  readQuantities,
  readSlowProducts,
} from "../../persistence/playbooks/order-evidence.ts";
import { savePlaybookEvidence } from "../../persistence/playbooks/playbook-evidence.ts";
import { shopStays, theShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { chooseOffers, readShopEvidence } from "../publishing/choose-offers.ts";

const YEAR_MS = 365 * DAY_MS;
/** Products whose companions are looked at: those in most orders. */
const MOST_TRIGGERS = 150;
/** What is kept of them: those bought together most often. */
const MOST_PAIRS = 60;
const MOST_SEASONS = 20;
const MOST_REPEATS = 30;

/**
 * Gathers what ready-made offers rest on from the shop's orders, and stores it in place of what was gathered before.
 * Pages make the proposals from it, by today's prices and offers. Nothing is stored for a shop that left meanwhile.
 */
export async function gatherPlaybookEvidence(
  shop: ShopDomain,
  context: FlowContext,
): Promise<{ code: "gathered"; pairs: number } | { code: "no-orders" } | { code: "unknown-shop" }> {
  const currency = await inShop(context.database, shop, async (tx) =>
    (await shopStays(tx)) ? (await theShop(tx)).currency : null,
  );
  if (currency === null) return { code: "unknown-shop" };
  const ofOrders = await streamInShop(context.database, shop, (tx) => readOfOrders(tx, currency), { asOfNow: true });
  if (ofOrders === null) return { code: "no-orders" };
  return inShop(context.database, shop, async (tx) => {
    if (!(await shopStays(tx))) return { code: "unknown-shop" };
    const evidence = { ...ofOrders, ...(await readOfProducts(tx, context.now())) };
    await savePlaybookEvidence(tx, evidence, context.now());
    return { code: "gathered", pairs: evidence.pairs.length };
  });
}

type OfOrders = Pick<PlaybookEvidence, "quantities" | "slow" | "upgrades" | "orderValues">;

/** What orders say by themselves. Time is counted back from the last order: a shop may have imported an older history. */
async function readOfOrders(tx: ShopStream, currency: string): Promise<OfOrders | null> {
  const last = await readLastBasketAt(tx);
  if (last === null) return null;
  const end = last.getTime() + 1;
  const year = { from: new Date(end - YEAR_MS), to: new Date(end) };
  return {
    quantities: await readQuantities(tx, year),
    slow: await readSlowProducts(tx, { since: new Date(end - RECENT_DAYS * DAY_MS), days: RECENT_DAYS }),
    upgrades: await readMovedUpgrades(tx),
    orderValues: await readOrderValues(tx, year, currency),
  };
}

async function readOfProducts(tx: ShopTransaction, now: Date): Promise<Omit<PlaybookEvidence, keyof OfOrders>> {
  const triggers = await readBestSelling(tx, MOST_TRIGGERS);
  const shop = await readShopEvidence(tx, now, triggers);
  const chosen = await chooseOffers(tx, shop, triggers);
  const seasons = chosen.flatMap(seasonsOf);
  return {
    orders: shop.baskets,
    pairs: chosen.flatMap(pairsOf).toSorted(mostTogetherFirst).slice(0, MOST_PAIRS),
    seasons: seasons.toSorted((a, b) => b.inSeason - a.inSeason).slice(0, MOST_SEASONS),
    repeats: await readRepeats(tx, now),
  };
}

async function readRepeats(tx: ShopTransaction, now: Date): Promise<RepeatEvidence[]> {
  const { summary } = await readCustomerSummary(tx, now);
  return (summary?.products ?? [])
    .map(({ product, customers, repeatShare, medianDays }) => ({
      ...{ product: gid("Product", product), customers, repeatShare, medianDays },
    }))
    .toSorted((a, b) => b.customers - a.customers)
    .slice(0, MOST_REPEATS);
}

function mostTogetherFirst(a: ProductPairs, b: ProductPairs): number {
  return b.companions[0]!.together - a.companions[0]!.together || (a.product < b.product ? -1 : 1);
}

/** The companions that orders of the product itself support, up to the first that is bought with it in some months only. */
function pairsOf({ trigger, considered, suggested }: ChosenOffer): ProductPairs[] {
  const byId = new Map(considered.map((one) => [one.product, one]));
  const firstSeasonal = Math.min(Infinity, ...considered.filter(isSeasonal).map(placeOf));
  const companions = (suggested?.companions ?? [])
    .map((id) => byId.get(id)!)
    .filter((one) => placeOf(one) < firstSeasonal && hasOwnEvidence(one))
    .slice(0, SET_SIZE)
    .map(pairOf);
  return companions.length === 0 ? [] : [{ product: trigger, companions }];
}

function pairOf({ product, own, grade, listed }: Considered): PairEvidence {
  const { together, ordersA, ordersB } = own.pair;
  return {
    ...{ companion: product, together, orders: ordersA, companionOrders: ordersB },
    ...{ recent: listed?.recentTogether ?? 0, strong: grade === "strong" },
  };
}

function seasonsOf({ trigger, considered, suggested }: ChosenOffer): SeasonEvidence[] {
  const byId = new Map(considered.map((one) => [one.product, one]));
  return considered.filter(isSeasonal).map((one) => {
    const { months, together, togetherInSeason, years } = one.listed!.season!;
    const isBefore = (id: ProductId) => id !== one.product && placeOf(byId.get(id)!) < placeOf(one);
    const before = (suggested?.companions ?? []).filter(isBefore).length;
    return {
      ...{ product: trigger, companion: one.product, months, together, inSeason: togetherInSeason, years, before },
    };
  });
}

const placeOf = ({ place }: Considered) => place ?? Infinity;

/** Whether orders with the product itself support the companion, and not those with products like it. */
function hasOwnEvidence({ listed, own }: Considered): boolean {
  return listed?.placedBy !== "similar" && own.grade !== "thin";
}

function isSeasonal(one: Considered): boolean {
  return hasOwnEvidence(one) && one.listed?.insteadOf === null && one.listed.season !== null;
}
