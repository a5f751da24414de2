import {
  atShopify,
  linesThatCount,
  ORDER_REWARD,
  PERCENT,
  PricedOffer,
  takesOrderReward,
  writeMinor,
} from "./domain.ts";
import { CartLines } from "./cart-lines.ts";
import { beginArray, beginObject, endArray, endObject, writeBytes } from "./host.ts";
import { Messages } from "./messages.ts";
import { writeText } from "./names.ts";
import { SCRATCH } from "./text.ts";
import { beginOperation, endOperation } from "./write-candidates.ts";

/** Most bytes that discounts on the order take of the output: carts with many gift cards have long lists of lines. */
const MOST_BYTES: i32 = 6000;
const BYTES_AROUND_ALL: i32 = 75;
/** Names, amounts and brackets of one discount, with its longest amounts. */
const BYTES_AROUND_ONE: i32 = 260;
/** Quotes and comma of a line's id. */
const BYTES_AROUND_ID: i32 = 3;

/**
 * Writes the discounts on the order that a cart has reached. Shopify compares each amount again with what the lines cost
 * after all discounts on them, and applies the one that saves most.
 */
export class OrderWriter {
  /** How many there are, as far as they fit. */
  readonly count: i32;
  /** Most bytes that they take. */
  readonly bytes: i32;
  private readonly lines: CartLines;
  private readonly rewards: PricedOffer[];
  private readonly exponent: i32;
  /** As {@link atShopify} takes it. */
  private readonly rate: f64;
  private readonly message: Uint8Array;
  /** Lines that do not count, and lines of which nothing is taken off. */
  private readonly notCounted: i32[] = [];
  private readonly leftOut: i32[] = [];

  constructor(
    lines: CartLines,
    offers: PricedOffer[],
    rewards: PricedOffer[],
    exponent: i32,
    rate: f64,
    messages: Messages,
  ) {
    this.lines = lines;
    this.rewards = rewards;
    this.exponent = exponent;
    this.rate = rate;
    this.message = messages.of(ORDER_REWARD);
    const cart = lines.cart;
    let each = BYTES_AROUND_ONE + messages.bytesOf(ORDER_REWARD);
    if (rewards.length > 0) {
      const counts = linesThatCount(cart, offers);
      for (let at = 0; at < cart.lines; at++) if (counts[at] == 0) this.notCounted.push(cart.order[at]);
      for (let line = 0; line < cart.lines; line++) if (!takesOrderReward(cart, line)) this.leftOut.push(line);
      this.notCounted.sort((a, b) => a - b);
      each += this.bytesOfIds(this.notCounted) + this.bytesOfIds(this.leftOut);
    }
    this.count = min(rewards.length, (MOST_BYTES - BYTES_AROUND_ALL) / each);
    this.bytes = this.count > 0 ? BYTES_AROUND_ALL + this.count * each : 0;
  }

  private bytesOfIds(lines: i32[]): i32 {
    const starts = this.lines.cart.idStart;
    let bytes: i32 = 0;
    for (let i = 0; i < lines.length; i++) bytes += starts[lines[i] + 1] - starts[lines[i]] + BYTES_AROUND_ID;
    return bytes;
  }

  write(): void {
    beginOperation("orderDiscountsAdd", "MAXIMUM", this.count);
    for (let i = 0; i < this.count; i++) this.writeOne(this.rewards[i]);
    endOperation();
  }

  private writeOne(reward: PricedOffer): void {
    beginObject(this.message.length > 0 ? 4 : 3);
    writeText("targets");
    beginArray(1);
    beginObject(1);
    writeText("orderSubtotal");
    beginObject(1);
    this.writeExcluded(this.leftOut);
    endObject();
    endObject();
    endArray();
    this.writeValue(reward);
    writeText("conditions");
    beginArray(1);
    beginObject(1);
    writeText("orderMinimumSubtotal");
    beginObject(2);
    writeText("minimumAmount");
    const least = atShopify(reward.amount, this.exponent, this.rate);
    this.writeAmount(least < 0 ? reward.amount : least, least < 0 ? this.exponent : 0);
    this.writeExcluded(this.notCounted);
    endObject();
    endObject();
    endArray();
    if (this.message.length > 0) {
      writeText("message");
      writeBytes(this.message, 0, this.message.length);
    }
    endObject();
  }

  private writeValue(reward: PricedOffer): void {
    const isPercent = reward.reward == PERCENT;
    writeText("value");
    beginObject(1);
    writeText(isPercent ? "percentage" : "fixedAmount");
    beginObject(1);
    writeText(isPercent ? "value" : "amount");
    // A hundred basis points are a percent, as a hundred cents are a dollar.
    this.writeAmount(reward.value, isPercent ? 2 : this.exponent);
    endObject();
    endObject();
  }

  private writeAmount(amount: f64, exponent: i32): void {
    writeBytes(SCRATCH, 0, writeMinor(amount, exponent, SCRATCH, 0));
  }

  private writeExcluded(lines: i32[]): void {
    const cart = this.lines.cart;
    writeText("excludedCartLineIds");
    beginArray(lines.length);
    for (let i = 0; i < lines.length; i++) {
      this.lines.readId(lines[i]);
      writeBytes(cart.ids, cart.idStart[lines[i]], cart.idStart[lines[i] + 1]);
    }
    endArray();
  }
}
