import { AMOUNT_OFF, FIXED_PRICE, PERCENT } from "./rewards.ts";
import { TextReader } from "./text-reader.ts";

const DOT: i32 = 46;
const WHOLE_BASIS_POINTS: number = 10000;

/** Of a percentage its basis points; of amounts by currency the cart's own, -1 where it has none. */
export function readValue(reader: TextReader, reward: i32, currency: i32): number {
  if (reward === PERCENT) {
    const basisPoints = reader.digits();
    return basisPoints > WHOLE_BASIS_POINTS ? -1 : basisPoints;
  }
  if (reward !== AMOUNT_OFF && reward !== FIXED_PRICE) return -1;
  return readAmount(reader, currency);
}

/** The cart's own of amounts by currency; -1 where it has none. */
export function readAmount(reader: TextReader, currency: i32): number {
  let own: number = -1;
  do {
    const letters = reader.letters();
    const amount = reader.digits();
    if (letters === currency) own = amount;
  } while (reader.takes(DOT));
  return own;
}
