import { GIFT, GOAL, ORDER_REWARD, packCountry, PricedOffer } from "./offers.ts";
import { AMOUNT_OFF, PERCENT } from "./rewards.ts";
import { readAmount, readValue } from "./read-amounts.ts";
import { TextReader } from "./text-reader.ts";

const COMMA: i32 = 44;
const CAPITAL_A: i32 = 65;
const CAPITAL_Z: i32 = 90;
const ASTERISK: i32 = 42;

/** Reads the body of an offer of the whole shop: a goal, or one of its further tiers. Whether it holds in the currency. */
export function readShopOffer(reader: TextReader, offer: PricedOffer, currency: i32): boolean {
  if (offer.type === GOAL) return readGoal(reader, offer, currency);
  if (offer.type !== ORDER_REWARD && offer.type !== GIFT) return false;
  offer.amount = readAmount(reader, currency);
  if (offer.amount <= 0 || !reader.takes(COMMA)) return false;
  if (offer.type === GIFT) {
    offer.giftProduct = reader.digits();
    return offer.giftProduct > 0;
  }
  offer.reward = reader.take();
  if (offer.reward !== PERCENT && offer.reward !== AMOUNT_OFF) return false;
  offer.value = readValue(reader, offer.reward, currency);
  return offer.value > 0;
}

function readGoal(reader: TextReader, offer: PricedOffer, currency: i32): boolean {
  const options = reader.take() - 48;
  if (options < 0 || options > 3 || !reader.takes(COMMA)) return false;
  offer.localDelivery = (options & 1) !== 0;
  offer.pickUp = (options & 2) !== 0;
  offer.amount = readAmount(reader, currency);
  if (offer.amount <= 0 || !reader.takes(COMMA)) return false;
  readCountries(reader, offer);
  return true;
}

/** Reads for which countries an offer is good, and moves behind them. */
export function readCountries(reader: TextReader, offer: PricedOffer): void {
  offer.countries = [];
  offer.everywhere = reader.takes(ASTERISK);
  while (reader.peek() >= CAPITAL_A && reader.peek() <= CAPITAL_Z) {
    const first = reader.take();
    offer.countries.push(packCountry(first, reader.take()));
  }
}
