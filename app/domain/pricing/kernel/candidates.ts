import { Cart } from "./cart.ts";
import { Discounts } from "./discounts.ts";
import { sortByNumber } from "./sort-places.ts";

/** Bytes of JSON around all candidates, around one, and around one line in it, the commas behind them included. */
const BYTES_AROUND_ALL: i32 = 84;
const BYTES_AROUND_CANDIDATE: i32 = 76;
const BYTES_AROUND_MESSAGE: i32 = 13;
const BYTES_AROUND_LINE: i32 = 23;
/** Of the name of a quantity; its digits come on top. */
const BYTES_AROUND_QUANTITY: i32 = 12;
/** An amount below one has a zero and a point in front of its digits, and at most three zeros behind the point. */
const BYTES_OF_POINT: i32 = 5;

/**
 * Says which discounts fit into a Function's output. Discounts of equal amount and type share a candidate, so that the
 * order summary names them once. Where not all fit, those that save most are kept: above the limit Shopify would drop
 * every discount of the cart.
 *
 * @param messageBytes Of each discount, bytes of its message; 0 for none.
 * @param most Bytes of output.
 * @returns Of each discount 1 where it is kept.
 */
export function fitIntoOutput(cart: Cart, discounts: Discounts, messageBytes: Int32Array, most: i32): Uint8Array {
  const kept = new Uint8Array(discounts.count);
  const negative = new Float64Array(discounts.count);
  for (let i: i32 = 0; i < discounts.count; i++) negative[i] = -discounts.quantity[i]! * discounts.amount[i]!;
  const bySaving = sortByNumber(negative, discounts.count);
  // Discounts of one candidate stand side by side; a candidate is named by the first of them.
  const candidate = new Int32Array(discounts.count);
  for (let i: i32 = 1; i < discounts.count; i++) candidate[i] = sharesCandidate(discounts, i) ? candidate[i - 1]! : i;
  const isOpen = new Uint8Array(discounts.count);
  let bytes = BYTES_AROUND_ALL;
  for (let i: i32 = 0; i < bySaving.length; i++) {
    const discount = bySaving[i]!;
    const line = discounts.line[discount]!;
    const quantity = discounts.quantity[discount]!;
    let more: i32 = BYTES_AROUND_LINE + cart.idStart[line + 1]! - cart.idStart[line]!;
    if (quantity < cart.quantity[line]!) more += BYTES_AROUND_QUANTITY + digitsOf(quantity);
    if (isOpen[candidate[discount]!]! === 0) {
      more += BYTES_AROUND_CANDIDATE + digitsOf(discounts.amount[discount]!) + BYTES_OF_POINT;
      if (messageBytes[discount]! > 0) more += BYTES_AROUND_MESSAGE + messageBytes[discount]!;
    }
    if (bytes + more > most) continue;
    bytes += more;
    kept[discount] = 1;
    isOpen[candidate[discount]!] = 1;
  }
  return kept;
}

/** Whether a discount shares the candidate of the one before it. */
export function sharesCandidate(discounts: Discounts, at: i32): boolean {
  return (
    at > 0 && discounts.amount[at]! === discounts.amount[at - 1]! && discounts.type[at]! === discounts.type[at - 1]!
  );
}

function digitsOf(value: number): i32 {
  let digits: i32 = 1;
  for (let limit: number = 10; limit <= value; limit *= 10) digits += 1;
  return digits;
}
