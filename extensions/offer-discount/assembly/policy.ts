import {
  BOUGHT_TOGETHER,
  Buyer,
  BUY_X_GET_Y,
  GIFT,
  GOAL,
  MIX_AND_MATCH,
  ORDER_REWARD,
  PricedOffer,
  Products,
  QUANTITY_BREAKS,
  RulesReader,
  Stopped,
  TextReader,
} from "./domain.ts";
import {
  copyString,
  element,
  elementsOf,
  isObject,
  isString,
  isTrue,
  lengthOf,
  numberOf,
  propertyNamed,
  Value,
} from "./host.ts";
import { propertyCalled } from "./names.ts";
import { copyToScratch, isText, SCRATCH } from "./text.ts";

/** What the discount's metafield says: the shop's own offers, what is stopped, and what discounts are called. */
export class Policy {
  readonly offers: PricedOffer[] = [];
  readonly stopped: Stopped;
  /** An object with a text for each type of offer, in the buyer's language; null where there is none. */
  private messages: Value = 0;
  private hasMessages: bool = false;
  private version: i32 = 0;

  constructor(buyer: Buyer) {
    this.stopped = new Stopped(buyer);
  }

  /** Whether the shop has an offer of a type. */
  has(type: i32): bool {
    for (let i = 0; i < this.offers.length; i++) if (this.offers[i].type == type) return true;
    return false;
  }

  /** The text of a type of offer, as bytes; empty where there is none. */
  messageOf(type: i32): Uint8Array {
    if (!this.hasMessages) return new Uint8Array(0);
    const text = propertyCalled(this.messages, this.version == 1 ? nameInVersion1(type) : nameOfType(type));
    if (!isString(text)) return new Uint8Array(0);
    const bytes = new Uint8Array(lengthOf(text));
    copyString(text, bytes.length, bytes, 0);
    return bytes;
  }

  /** Reads version 2, or version 1 of the release before. False for anything else: then nothing is discounted. */
  read(json: Value, currency: i32, language: Value): bool {
    if (!isObject(json)) return false;
    this.version = <i32>numberOf(propertyCalled(json, "version"));
    if (this.version == 2) this.readShopRules(json, currency);
    else if (this.version == 1) this.readVersion1(json, currency);
    else return false;
    this.chooseLanguage(propertyCalled(json, "messages"), language);
    return true;
  }

  private readShopRules(json: Value, currency: i32): void {
    const length = copyToScratch(propertyCalled(json, "rules"));
    if (length < 0) return;
    const reader = new RulesReader(new Products(0), currency, this.stopped, this.offers);
    reader.read(new TextReader(SCRATCH, 0, length), -1, 0);
  }

  private readVersion1(json: Value, currency: i32): void {
    if (!isTrue(propertyCalled(json, "sets"))) this.stopped.stop(BOUGHT_TOGETHER, 0);
    const amounts = propertyCalled(json, "goal");
    if (!isObject(amounts)) return;
    SCRATCH[0] = <u8>(currency >> 16);
    SCRATCH[1] = <u8>(currency >> 8);
    SCRATCH[2] = <u8>currency;
    const goal = new PricedOffer();
    goal.type = GOAL;
    goal.amount = numberOf(propertyNamed(amounts, SCRATCH, 0, 3));
    goal.everywhere = true;
    if (goal.amount > 0 && goal.amount == Math.floor(goal.amount)) this.offers.push(goal);
  }

  /** Takes the buyer's language ("pt-br"), else its base ("pt"), else English. */
  private chooseLanguage(messages: Value, language: Value): void {
    if (!isObject(messages)) return;
    const length = copyToScratch(language);
    let base: i32 = 0;
    for (let i = 0; i < length; i++) {
      const byte = SCRATCH[i];
      if (byte == 95) SCRATCH[i] = 45;
      else if (byte >= 65 && byte <= 90) SCRATCH[i] = byte + 32;
      if (SCRATCH[i] == 45 && base == 0) base = i;
    }
    if (length > 0) this.messages = propertyNamed(messages, SCRATCH, 0, length);
    if (!isObject(this.messages) && base > 0) this.messages = propertyNamed(messages, SCRATCH, 0, base);
    if (!isObject(this.messages)) this.messages = propertyCalled(messages, "en");
    this.hasMessages = isObject(this.messages);
  }
}

function nameOfType(type: i32): string {
  if (type == BUY_X_GET_Y) return "buy-x-get-y";
  if (type == MIX_AND_MATCH) return "mix-and-match";
  if (type == GIFT) return "gift";
  if (type == ORDER_REWARD) return "order-reward";
  return type == GOAL ? "goal" : type == QUANTITY_BREAKS ? "quantity-breaks" : "bought-together";
}

function nameInVersion1(type: i32): string {
  return type == GOAL ? "shipping" : "set";
}

/** Whether the discount has a class, "PRODUCT" or "SHIPPING". */
export function hasClass(discount: Value, name: string): bool {
  const classes = propertyCalled(discount, "discountClasses");
  const count = elementsOf(classes);
  for (let i = 0; i < count; i++) {
    if (isText(element(classes, i), name)) return true;
  }
  return false;
}
