import { Discounts, sharesCandidate, writeMinor } from "./domain.ts";
import { CartLines } from "./cart-lines.ts";
import {
  beginArray,
  beginObject,
  endArray,
  endObject,
  writeBoolean,
  writeBytes,
  writeInteger,
  writeName,
} from "./host.ts";
import { Messages } from "./messages.ts";
import { nameOf, writeText } from "./names.ts";
import { SCRATCH } from "./text.ts";

/** Writes an output without any operation. */
export function writeNothing(): void {
  beginObject(1);
  writeText("operations");
  beginArray(0);
  endArray();
  endObject();
}

/** Opens an output of so many operations. */
export function beginOutput(operations: i32): void {
  beginObject(1);
  writeText("operations");
  beginArray(operations);
}

/** Closes what {@link beginOutput} opened. */
export function endOutput(): void {
  endArray();
  endObject();
}

/** Opens an operation; the strategy says which of its candidates Shopify applies. */
export function beginOperation(operation: string, strategy: string, candidates: i32): void {
  beginObject(1);
  writeText(operation);
  beginObject(2);
  writeText("selectionStrategy");
  writeText(strategy);
  writeText("candidates");
  beginArray(candidates);
}

/** Closes what {@link beginOperation} opened. */
export function endOperation(): void {
  endArray();
  endObject();
  endObject();
}

/** Writes candidates: so much off each unit. Discounts of equal amount and type share one. */
export class CandidateWriter {
  private readonly targets: u32 = nameOf("targets");
  private readonly cartLine: u32 = nameOf("cartLine");
  private readonly id: u32 = nameOf("id");
  private readonly quantity: u32 = nameOf("quantity");
  private readonly value: u32 = nameOf("value");
  private readonly fixedAmount: u32 = nameOf("fixedAmount");
  private readonly amount: u32 = nameOf("amount");
  private readonly appliesToEachItem: u32 = nameOf("appliesToEachItem");
  private readonly message: u32 = nameOf("message");
  private readonly lines: CartLines;
  private readonly discounts: Discounts;
  private readonly kept: Uint8Array;
  private readonly exponent: i32;
  private readonly messages: Messages;

  constructor(lines: CartLines, discounts: Discounts, kept: Uint8Array, exponent: i32, messages: Messages) {
    this.lines = lines;
    this.discounts = discounts;
    this.kept = kept;
    this.exponent = exponent;
    this.messages = messages;
  }

  /** How many there are. */
  count(): i32 {
    let candidates: i32 = 0;
    let from: i32 = 0;
    while (from < this.discounts.count) {
      const to = this.endOf(from);
      if (this.keptBetween(from, to) > 0) candidates += 1;
      from = to;
    }
    return candidates;
  }

  /** Writes their operation, of so many as {@link count} says. */
  write(candidates: i32): void {
    beginOperation("productDiscountsAdd", "ALL", candidates);
    let from: i32 = 0;
    while (from < this.discounts.count) {
      const to = this.endOf(from);
      const targets = this.keptBetween(from, to);
      if (targets > 0) this.writeCandidate(from, to, targets);
      from = to;
    }
    endOperation();
  }

  /** Where the discounts end that share a candidate with this one. */
  private endOf(from: i32): i32 {
    let to = from + 1;
    while (to < this.discounts.count && sharesCandidate(this.discounts, to)) to += 1;
    return to;
  }

  private keptBetween(from: i32, to: i32): i32 {
    let kept: i32 = 0;
    for (let i = from; i < to; i++) kept += this.kept[i];
    return kept;
  }

  private writeCandidate(from: i32, to: i32, targets: i32): void {
    const message = this.messages.of(this.discounts.type[from]);
    beginObject(message.length > 0 ? 3 : 2);
    writeName(this.targets);
    beginArray(targets);
    for (let i = from; i < to; i++) {
      if (this.kept[i] != 0) this.writeTarget(i);
    }
    endArray();
    writeName(this.value);
    beginObject(1);
    writeName(this.fixedAmount);
    beginObject(2);
    writeName(this.amount);
    writeBytes(SCRATCH, 0, writeMinor(this.discounts.amount[from], this.exponent, SCRATCH, 0));
    writeName(this.appliesToEachItem);
    writeBoolean(true);
    endObject();
    endObject();
    if (message.length > 0) {
      writeName(this.message);
      writeBytes(message, 0, message.length);
    }
    endObject();
  }

  private writeTarget(discount: i32): void {
    const cart = this.lines.cart;
    const line = this.discounts.line[discount];
    const quantity = this.discounts.quantity[discount];
    // Without a quantity it is the whole line.
    const isPart = quantity < cart.quantity[line];
    beginObject(1);
    writeName(this.cartLine);
    beginObject(isPart ? 2 : 1);
    writeName(this.id);
    this.lines.readId(line);
    writeBytes(cart.ids, cart.idStart[line], cart.idStart[line + 1]);
    if (isPart) {
      writeName(this.quantity);
      writeInteger(quantity);
    }
    endObject();
    endObject();
  }
}
