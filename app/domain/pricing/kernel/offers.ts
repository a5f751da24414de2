import { packLetters } from "./text-reader.ts";

/** Letters that begin an offer in compact rules. */
export const BOUGHT_TOGETHER: i32 = 98; // b
export const QUANTITY_BREAKS: i32 = 113; // q
export const GOAL: i32 = 103; // g
/** In a shop's rules: what follows is stopped, whatever products still carry. */
export const STOPPED: i32 = 120; // x

/** Letters of rewards. */
export const PERCENT: i32 = 112; // p, basis points off each unit
export const AMOUNT_OFF: i32 = 97; // a, minor units off a whole set, or off each unit of a tier
export const FIXED_PRICE: i32 = 117; // u, minor units that a whole set, or each unit of a tier, costs

/** One offer with its rules, as far as a cart's currency and products need them. */
export class PricedOffer {
  type: i32 = 0;
  /** Its number in its shop; 0 where its entry is older than numbers. */
  number: number = 0;
  /** Of offers with equal savings the one of higher priority is taken. */
  priority: number = 0;
  /** The product that carries it, as the cart has placed it; -1 for an offer of the whole shop. */
  anchor: i32 = -1;
  /** Bought together. */
  reward: i32 = 0;
  /** Basis points, or minor units of the cart's currency. */
  value: number = 0;
  /** Bought together: those of its listed products that the cart has. */
  partners: i32[] = [];
  /** Bought together, of a reward for a whole set: the other products of the set; empty where the cart lacks one. */
  members: i32[] = [];
  /** Quantity breaks: whether variants of the product count together. */
  together: boolean = false;
  /** Quantity breaks, tier by tier: the least quantity, the letter of its reward, and that reward's value. */
  least: i32[] = [];
  tierReward: i32[] = [];
  tierValue: number[] = [];
  /** Goal: minor units of the cart's currency. */
  amount: number = 0;
  /** Goal: the countries that it is good for, two letters each, packed; `everywhere` where there is no such list. */
  everywhere: boolean = false;
  countries: i32[] = [];
  localDelivery: boolean = false;
  pickUp: boolean = false;
}

/**
 * Negative where `a` goes before `b`, positive where after, 0 for one and the same: by priority, then by type, number
 * and product. Places follow product numbers.
 */
export function compareOffers(a: PricedOffer, b: PricedOffer): number {
  if (a.priority !== b.priority) return b.priority - a.priority;
  if (a.type !== b.type) return a.type - b.type;
  if (a.number !== b.number) return a.number - b.number;
  return a.anchor - b.anchor;
}

/** Two letters as one number, as a country is kept. */
export function packCountry(first: i32, second: i32): i32 {
  return packLetters(0, first, second);
}
