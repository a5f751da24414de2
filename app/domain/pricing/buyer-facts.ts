import { Buyer, MET, UNKNOWN, UNMET } from "./kernel/buyer.ts";
import { packCountry } from "./kernel/offers.ts";
import { packLetters, TextReader } from "./kernel/text-reader.ts";

/** What is known of a buyer apart from the cart. Null for what is not known. */
export interface BuyerFacts {
  /** ISO 3166 code of the country that the shop is shown for. */
  readonly country: string | null;
  /** "ja", "pt-BR". */
  readonly language: string | null;
  readonly signedIn: boolean | null;
  /** Orders placed so far by a customer who is logged in. */
  readonly orders: number | null;
  /** Numbers of all tags of a customer who is logged in, as `numberOfTag` makes them. */
  readonly tags: readonly number[] | null;
  /** Whether a business customer buys. */
  readonly business: boolean | null;
  /** Whether it is sold at a counter. */
  readonly counter: boolean | null;
  /** The arms of experiments that the cart names, "0.1-3.1"; absent for none. */
  readonly arms?: string;
}

/** What is known where tests of shoppers are evaluated. */
export interface ShopperFacts extends BuyerFacts {
  readonly currency: string | null;
  /** What the cart costs before discounts, in minor units. */
  readonly valueMinor: number | null;
  /** Units of all lines of the cart. */
  readonly units: number | null;
  /** Numbers of the conditions on campaigns that the visit meets; absent for none. */
  readonly campaigns?: readonly number[];
}

/** A buyer of whom nothing is known: offers with tests are not in force for them. */
export const UNKNOWN_BUYER: BuyerFacts = {
  ...{ country: null, language: null, signedIn: null, orders: null, tags: null, business: null, counter: null },
};

/** The same facts, as the pricing kernel keeps them. */
export function toBuyer(facts: ShopperFacts): Buyer {
  const buyer = new Buyer();
  const { currency, country, language } = facts;
  if (currency !== null) buyer.currency = packLetters(code(currency, 0), code(currency, 1), code(currency, 2));
  if (country !== null) buyer.country = packCountry(code(country, 0), code(country, 1));
  buyer.language = new TextEncoder().encode((language ?? "").toLowerCase().replace("_", "-"));
  buyer.signedIn = met(facts.signedIn);
  buyer.business = met(facts.business);
  buyer.counter = met(facts.counter);
  buyer.orders = facts.orders ?? -1;
  buyer.tags.push(...(facts.tags ?? []));
  buyer.hasAllTags = facts.tags !== null;
  buyer.value = facts.valueMinor ?? -1;
  buyer.units = facts.units ?? -1;
  buyer.arms = new TextEncoder().encode(facts.arms ?? "");
  return buyer;
}

/** The arm of no experiment is nobody's. */
const ALWAYS_MET = "!e";
const ON_CAMPAIGN = /(?<=^|[|+])u(\d+)/g;

/**
 * Whether a shopper meets tests, whose grammar is in `rules.ts`; null where what is not known decides. The kernel, which
 * prices, knows of no campaign: to it a test on one is not met.
 */
export function meetsTests(tests: string, facts: ShopperFacts): boolean | null {
  const known = tests.replace(ON_CAMPAIGN, (test, number) =>
    facts.campaigns?.includes(Number(number)) === true ? ALWAYS_MET : test,
  );
  const bytes = new TextEncoder().encode(known);
  const answer = toBuyer(facts).meets(new TextReader(bytes, 0, bytes.length));
  return answer === UNKNOWN ? null : answer === MET;
}

function met(fact: boolean | null): number {
  return fact === null ? UNKNOWN : fact ? MET : UNMET;
}

function code(letters: string, at: number): number {
  return letters.charCodeAt(at);
}
