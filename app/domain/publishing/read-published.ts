import type { CustomerRank } from "../shoppers/shopper.ts";
import { isBasisPoints } from "../money/basis-points.ts";
import { isCurrencyCode } from "../money/currency.ts";
import { KEPT_LISTINGS, type Listing } from "./listing-history.ts";
import {
  type GoalAmounts,
  LEAST_ORDERS_TOLD,
  type PolicyMessages,
  PUBLISHED_VERSION,
  type PublishedAddition,
  type PublishedCheckout,
  type PublishedCompanion,
  type PublishedCustomer,
  type PublishedOffer,
  type PublishedPolicy,
  type PublishedSegment,
  type PublishedStorefront,
} from "./published.ts";
import type { SegmentedBy } from "../shoppers/shopper.ts";
import {
  CUSTOMER_ADDS,
  OFFER_SEGMENTS,
  OWNED_PRODUCTS,
  SEGMENT_COMPANIONS,
  SET_SIZE,
} from "../shoppers/list-lengths.ts";
import type { BareId } from "../ids.ts";

/**
 * The tolerant readers of what is published: each gives null for what it does not understand (absent, broken, another
 * version), and its caller then shows no offer; unknown fields are ignored.
 */

/** Reads an offer from a metafield's text or from its parsed JSON. Null for anything else. */
export function parseProductOffer(value: unknown): PublishedOffer | null {
  const json = versioned(value);
  if (json === null) return null;
  const { id, discountBasisPoints, set } = json;
  if (typeof id !== "string" || id === "" || !isBasisPoints(discountBasisPoints)) return null;
  if (!Array.isArray(json.companions)) return null;
  const companions = distinct(json.companions.map(parseCompanion).filter((companion) => companion !== null));
  if (companions.length === 0) return null;
  const shown = Number.isInteger(set) ? Math.min(Math.max(set as number, 1), SET_SIZE) : SET_SIZE;
  const similar = json.similar === true ? { similar: true as const } : {};
  const segments = list(json.segments)
    .map(parseSegment)
    .filter((segment) => segment !== null);
  return {
    ...{ version: PUBLISHED_VERSION, id, discountBasisPoints, set: shown, ...similar, companions },
    ...(segments.length === 0 ? {} : { segments: segments.slice(0, OFFER_SEGMENTS) }),
    ...(isPositiveInteger(json.ordersUntil) ? { ordersUntil: json.ordersUntil } : {}),
  };
}

/** Reads what an offer has listed, from a metafield's text or from its parsed JSON. Empty for anything else. */
export function parseListings(value: unknown): Listing[] {
  const isTime = (time: unknown): time is number => Number.isSafeInteger(time) && (time as number) >= 0;
  return list(versioned(value)?.listings)
    .flatMap((entry): Listing[] => {
      const [companion, since, until] = list(entry);
      if (typeof companion !== "string" || !BARE_ID.test(companion) || !isTime(since) || !isTime(until)) return [];
      return [{ companion, since, until: until === 0 ? null : until }];
    })
    .slice(0, KEPT_LISTINGS);
}

/** Reads what is published of a customer, from a metafield's text or from its parsed JSON. Null for anything else. */
export function parseCustomer(value: unknown): PublishedCustomer | null {
  const json = versioned(value);
  if (json === null) return null;
  const owned = list(json.owned).filter((product) => typeof product === "string" && BARE_ID.test(product));
  const adds = list(json.adds).map(parseAddition);
  return {
    version: PUBLISHED_VERSION,
    rank: RANKS.find((rank) => rank === json.rank) ?? null,
    returning: json.returning === true,
    owned: [...new Set(owned as BareId[])].slice(0, OWNED_PRODUCTS),
    adds: distinct(adds.filter((companion) => companion !== null)).slice(0, CUSTOMER_ADDS),
  };
}

/** Reads the Function's policy. Null for anything else. */
export function parsePolicy(value: unknown): PublishedPolicy | null {
  const json = versioned(value);
  if (json === null) return null;
  const messages: Record<string, PolicyMessages> = {};
  for (const [language, texts] of Object.entries(record(json.messages) ?? {})) {
    const { set, shipping } = record(texts) ?? {};
    if (typeof set === "string" && typeof shipping === "string") messages[language.toLowerCase()] = { set, shipping };
  }
  return { version: PUBLISHED_VERSION, sets: json.sets === true, goal: parseGoal(json.goal), messages };
}

/** Reads what theme blocks read. Null for anything else. */
export function parseStorefront(value: unknown): PublishedStorefront | null {
  const json = versioned(value);
  if (json === null) return null;
  const goal = record(json.goal);
  return {
    version: PUBLISHED_VERSION,
    enabled: json.enabled === true,
    goal: goal === null ? null : amounts(goal, (amount) => Number.isFinite(amount) && amount > 0),
    goalMinor: parseGoal(json.goalMinor),
  };
}

/** Reads what the checkout extension reads. Null for anything else. */
export function parseCheckout(value: unknown): PublishedCheckout | null {
  const json = versioned(value);
  if (json === null) return null;
  const history = json.history === true ? { history: true as const } : {};
  return { version: PUBLISHED_VERSION, goal: parseGoal(json.goal), ...history };
}

const BARE_ID = /^[0-9]{1,20}$/;
const SEGMENT_NAME = /^[\w-]{1,40}$/;
const SEGMENTED_BY: readonly SegmentedBy[] = ["customer", "market", "channel", "rank"];
const RANKS: readonly CustomerRank[] = ["A", "B", "C", "D"];

function parseCompanion(value: unknown): PublishedCompanion | null {
  const { product, weight, orders } = record(value) ?? {};
  if (typeof product !== "string" || !BARE_ID.test(product)) return null;
  return {
    product,
    weight: typeof weight === "number" && weight > 0 && Number.isFinite(weight) ? weight : 0,
    ...(isPositiveInteger(orders) && orders >= LEAST_ORDERS_TOLD ? { orders } : {}),
  };
}

function parseAddition(value: unknown): PublishedAddition | null {
  const companion = parseCompanion(value);
  return companion !== null && record(value)?.again === true ? { ...companion, again: true } : companion;
}

function parseSegment(value: unknown): PublishedSegment | null {
  const { by, is, companions } = record(value) ?? {};
  const known = SEGMENTED_BY.find((one) => one === by);
  if (known === undefined || typeof is !== "string" || !SEGMENT_NAME.test(is)) return null;
  const read = distinct(
    list(companions)
      .map(parseCompanion)
      .filter((companion) => companion !== null),
  );
  return read.length === 0 ? null : { by: known, is, companions: read.slice(0, SEGMENT_COMPANIONS) };
}

function distinct<Companion extends PublishedCompanion>(companions: readonly Companion[]): Companion[] {
  const seen = new Set<BareId>();
  return companions.filter(({ product }) => !seen.has(product) && seen.add(product));
}

function parseGoal(value: unknown): GoalAmounts | null {
  const json = record(value);
  if (json === null) return null;
  const goal = amounts(json, (amount) => Number.isSafeInteger(amount) && amount > 0);
  return Object.keys(goal).length === 0 ? null : goal;
}

function amounts(json: Record<string, unknown>, accepts: (amount: number) => boolean): Record<string, number> {
  const kept: Record<string, number> = {};
  for (const [currency, amount] of Object.entries(json)) {
    if (isCurrencyCode(currency) && typeof amount === "number" && accepts(amount)) kept[currency] = amount;
  }
  return kept;
}

function versioned(value: unknown): Record<string, unknown> | null {
  const json = record(typeof value === "string" ? parsedJson(value) : value);
  return json !== null && json.version === PUBLISHED_VERSION ? json : null;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isPositiveInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
