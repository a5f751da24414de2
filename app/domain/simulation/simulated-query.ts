import type { BareId } from "../ids.ts";
import { isCurrencyCode } from "../money/currency.ts";
import { CAMPAIGN_PARAMETERS } from "../offers/shopper-conditions/campaign.ts";
import { campaignText } from "../shoppers/campaign-text.ts";
import { DELIVERY_METHODS, type DeliveryMethod } from "./simulate-delivery.ts";

/** Lines of a simulated cart, at most. */
export const MOST_LINES = 50;
/** Units of one line, at most. */
export const MOST_UNITS = 1_000;
const LARGEST_PRICE = 1e12;
const MOST_CODES = 5;
const MOST_INCLUDED = 20;

/** A line as an address holds it. */
export interface AskedLine {
  /** Number of the variant. */
  readonly variant: BareId;
  /** 1 to 1,000. */
  readonly quantity: number;
  readonly subscription: boolean;
  /** Minor units of the cart's currency, where a person typed the price of a unit; null for the catalogue's. */
  readonly priceMinor: number | null;
}

/** Offers as Shopify holds them now, or as a publish would compile them at a given time. */
export type SimulatedState = "published" | "planned";

/** What a simulation is about: everything that the address of the page holds. */
export interface SimulatedQuery {
  readonly lines: readonly AskedLine[];
  /** Null for the shop's own. */
  readonly currency: string | null;
  /** ISO 3166 code; null where it is not known. */
  readonly country: string | null;
  /** Language tag, such as "ja" or "pt-br"; null where it is not known. */
  readonly language: string | null;
  /** Orders so far of a customer who is logged in; null for somebody who is not. */
  readonly orders: number | null;
  /** Tags of the customer who is logged in. */
  readonly tags: readonly string[];
  /** Whether the customer who is logged in buys for a company. */
  readonly business: boolean;
  /** Whether it is sold at a counter. */
  readonly counter: boolean;
  readonly method: DeliveryMethod;
  /** What delivery costs, in minor units of the cart's currency; null where nobody typed it. */
  readonly feeMinor: number | null;
  readonly state: SimulatedState;
  /** Only for what is planned: a minute by the shop's clocks, "2026-11-27T00:00"; null for now. */
  readonly at: string | null;
  /** Numbers of offers that are taken as if they were active. Only for what is planned. */
  readonly included: readonly number[];
  /** The arm of a running experiment that the cart names, "3.1"; null for one that names none. */
  readonly arm: string | null;
  /** The parameters of the address that the visit came by which name a campaign: "utm_campaign=summer"; null for none. */
  readonly campaign: string | null;
  /** Discount codes that the shopper enters. */
  readonly codes: readonly string[];
  /** The order whose lines are the cart where `lines` is empty: its name or its number. */
  readonly order: string | null;
}

/** Nothing asked yet. */
export const EMPTY_QUERY: SimulatedQuery = {
  ...{ language: null, orders: null, tags: [], business: false, counter: false },
  ...{ lines: [], currency: null, country: null, method: "SHIPPING", feeMinor: null },
  ...{ state: "published", at: null, included: [], arm: null, campaign: null, codes: [], order: null },
};

const LINE = /^([0-9]{1,18})x([0-9]{1,4})(s?)(?:-([0-9]{1,13}))?$/;
const LOCAL_TIME = /^2[01]\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/;
const CODE = /^[^\s,]{1,60}$/;
const MOST_TAGS = 20;
/** A tag of a customer: commas separate them. */
const TAG = /^[^,]{1,40}$/;
const ORDER = /^#?[\p{L}\p{N}._-]{1,40}$/u;

/** Reads an address. What makes no sense is taken for what is usual: an address is often typed or cut short. */
export function readQuery(params: URLSearchParams): SimulatedQuery {
  const text = (name: string, pattern: RegExp) => {
    const value = params.get(name) ?? "";
    return pattern.test(value) ? value : null;
  };
  const currency = params.get("currency") ?? "";
  const listed = (name: string) => (params.get(name) ?? "").split(",").filter((one) => one !== "");
  const fee = Number(text("fee", /^[0-9]{1,13}$/) ?? Number.NaN);
  return {
    lines: (params.get("cart") ?? "")
      .split(".")
      .slice(0, MOST_LINES)
      .flatMap((one) => lineIn(one) ?? []),
    currency: isCurrencyCode(currency) ? currency : null,
    country: text("country", /^[A-Z]{2}$/),
    language: text("language", /^[a-z]{2,3}(-[a-z0-9]{2,4})?$/),
    ...customerIn(text("customer", /^[0-9]{1,4}b?$/)),
    tags: tagsIn(listed("tags")),
    counter: params.get("counter") === "1",
    method: DELIVERY_METHODS.find((method) => method === params.get("method")) ?? "SHIPPING",
    feeMinor: fee <= LARGEST_PRICE ? fee : null,
    state: params.get("state") === "planned" ? "planned" : "published",
    at: text("at", LOCAL_TIME),
    included: [
      ...new Set(
        listed("with")
          .filter((one) => /^[1-9]\d{0,8}$/.test(one))
          .map(Number),
      ),
    ].slice(0, MOST_INCLUDED),
    arm: text("arm", /^[1-9]\d{0,8}\.\d{1,2}$/),
    campaign: campaignIn(params.get("campaign") ?? ""),
    codes: [...new Set(listed("codes").filter((one) => CODE.test(one)))].slice(0, MOST_CODES),
    order: text("order", ORDER),
  };
}

/** "3" for a customer with three orders, "3b" for one who buys for a company. */
function customerIn(text: string | null): Pick<SimulatedQuery, "orders" | "business"> {
  return { orders: text === null ? null : Number.parseInt(text, 10), business: text?.endsWith("b") === true };
}

/** Some texts as tags, each once. */
export function tagsIn(texts: readonly string[]): string[] {
  const tags = texts.map((tag) => tag.trim()).filter((tag) => TAG.test(tag));
  return [...new Set(tags)].slice(0, MOST_TAGS);
}

/** What names a campaign in a link, or in a part of one; null where nothing does. */
export function campaignIn(link: string): string | null {
  const read = new URLSearchParams(link.slice(link.indexOf("?") + 1).split("#")[0]);
  const named = CAMPAIGN_PARAMETERS.flatMap((name): [string, string][] => {
    const text = campaignText(read.get(`utm_${name}`) ?? "");
    return text === "" ? [] : [[`utm_${name}`, text]];
  });
  return named.length === 0 ? null : new URLSearchParams(named).toString();
}

function lineIn(text: string): AskedLine | null {
  const [, variant, quantity, subscription, price] = LINE.exec(text) ?? [];
  const units = Number(quantity);
  if (variant === undefined || units < 1 || units > MOST_UNITS) return null;
  const priceMinor = price === undefined || Number(price) > LARGEST_PRICE ? null : Number(price);
  return { variant, quantity: units, subscription: subscription === "s", priceMinor };
}

/** The address of a simulation: {@link readQuery} gives the same back. */
export function writeQuery(query: SimulatedQuery): URLSearchParams {
  const params = new URLSearchParams();
  const set = (name: string, value: string | number | null) => {
    if (value !== null && value !== "") params.set(name, String(value));
  };
  set("cart", query.lines.map(lineText).join("."));
  set("order", query.order);
  set("currency", query.currency);
  set("country", query.country);
  set("language", query.language);
  set("customer", query.orders === null ? null : `${query.orders}${query.business ? "b" : ""}`);
  set("tags", query.tags.join(","));
  set("counter", query.counter ? 1 : null);
  set("method", query.method === "SHIPPING" ? null : query.method);
  set("fee", query.feeMinor);
  set("state", query.state === "planned" ? "planned" : null);
  set("at", query.at);
  set("with", query.included.join(","));
  set("arm", query.arm);
  set("campaign", query.campaign);
  set("codes", query.codes.join(","));
  return params;
}

function lineText({ variant, quantity, subscription, priceMinor }: AskedLine): string {
  return `${variant}x${quantity}${subscription ? "s" : ""}${priceMinor === null ? "" : `-${priceMinor}`}`;
}
