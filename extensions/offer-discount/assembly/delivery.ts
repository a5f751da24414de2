import {
  addFreeSets,
  BOUGHT_TOGETHER,
  Buyer,
  countsTowardsGoal,
  freeOptions,
  GIFT,
  GOAL,
  isGift,
  isGoodFor,
  LOCAL_DELIVERY,
  OTHER_DELIVERY,
  PICK_UP,
  PricedOffer,
  Products,
  RulesReader,
  SHIPPING,
} from "./domain.ts";
import { readBuyer } from "./buyer.ts";
import { exponentOf, minorOf } from "./cart-lines.ts";
import {
  beginArray,
  beginObject,
  copyString,
  element,
  elementsOf,
  endArray,
  endObject,
  input,
  isObject,
  isTrue,
  lengthOf,
  numberOf,
  property,
  Value,
  writeBytes,
  writeName,
} from "./host.ts";
import { nameOf, propertyCalled, writeText } from "./names.ts";
import { hasClass, Policy } from "./policy.ts";
import { ProductRules } from "./product-rules.ts";
import { countryOf, currencyOf, isText, numberOfGid, PRODUCT_GID, SCRATCH } from "./text.ts";
import { beginOperation, beginOutput, endOperation, endOutput, writeNothing } from "./write-candidates.ts";

/**
 * Free shipping, by the cheapest way of each kind, once what ships reaches a goal of the buyer's currency, or a set is
 * whole that ships for free, in the countries of either. No operation where the discount has no shipping class or none of
 * both holds.
 */
export function writeFreeDelivery(): void {
  const root = input();
  const cart = propertyCalled(root, "cart");
  const discount = propertyCalled(root, "discount");
  const localization = propertyCalled(root, "localization");
  const currency = currencyOf(
    propertyCalled(propertyCalled(propertyCalled(cart, "cost"), "subtotalAmount"), "currencyCode"),
  );
  const exponent = exponentOf(currency);
  const lines = propertyCalled(cart, "lines");
  const buyer = readBuyer(root, currency);
  addWorth(lines, exponent, buyer);
  const policy = new Policy(buyer);
  const json = propertyCalled(propertyCalled(discount, "policy"), "jsonValue");
  const language = propertyCalled(propertyCalled(localization, "language"), "isoCode");
  if (currency == 0 || !hasClass(discount, "SHIPPING") || !policy.read(json, currency, language)) return writeNothing();

  const counted = countedOf(lines, policy, exponent);
  dropUnreachedGoals(policy, counted);
  const name = policy.offers.length > 0 ? GOAL : BOUGHT_TOGETHER;
  addFreeSets(offersOfLines(lines, policy, currency), policy.offers);
  if (policy.offers.length == 0) return writeNothing();
  const country = countryOf(propertyCalled(propertyCalled(localization, "country"), "isoCode"));
  const handles = freeHandles(propertyCalled(cart, "deliveryGroups"), country, policy, exponent);
  if (handles.length == 0) return writeNothing();
  writeOperation(handles, policy.messageOf(name));
}

/** What the cart costs before discounts, and how many units it has: lines that cannot be read count as the other run counts them. */
function addWorth(lines: Value, exponent: i32, buyer: Buyer): void {
  const quantity = nameOf("quantity");
  const cost = nameOf("cost");
  const each = nameOf("each");
  const amount = nameOf("amount");
  const count = elementsOf(lines);
  buyer.value = 0;
  buyer.units = 0;
  for (let i = 0; i < count; i++) {
    const line = element(lines, i);
    const units = <i32>numberOf(property(line, quantity));
    const price = minorOf(property(property(property(line, cost), each), amount), exponent);
    if (units <= 0 || price < 0) continue;
    buyer.value += price * units;
    buyer.units += units;
  }
}

/** The offers of the cart's products, of sets that are rewarded as a whole only those that are. Subscriptions are in no set. */
function offersOfLines(lines: Value, policy: Policy, currency: i32): PricedOffer[] {
  const count = elementsOf(lines);
  const products = new Products(count);
  const ofPlace: Value[] = [];
  const plan = nameOf("plan");
  const merchandise = nameOf("merchandise");
  const product = nameOf("product");
  const id = nameOf("id");
  for (let i = 0; i < count; i++) {
    const line = element(lines, i);
    const ofVariant = property(property(line, merchandise), product);
    if (isObject(property(line, plan)) || !isObject(ofVariant)) continue;
    const number = numberOfGid(property(ofVariant, id), PRODUCT_GID);
    if (number > 0 && products.add(number) == ofPlace.length) ofPlace.push(ofVariant);
  }
  const offers: PricedOffer[] = [];
  const texts = new ProductRules(new RulesReader(products, currency, policy.stopped, offers));
  const rules = nameOf("rules");
  const json = nameOf("json");
  for (let place = 0; place < ofPlace.length; place++) {
    const metafield = property(ofPlace[place], rules);
    if (isObject(metafield)) texts.read(property(metafield, json), place, 0);
  }
  return offers;
}

/** What counts towards goals, in minor units; -1 where nothing does. */
function countedOf(lines: Value, policy: Policy, exponent: i32): f64 {
  const cost = nameOf("cost");
  const totalAmount = nameOf("totalAmount");
  const amount = nameOf("amount");
  const merchandise = nameOf("merchandise");
  const requiresShipping = nameOf("requiresShipping");
  const product = nameOf("product");
  const id = nameOf("id");
  const hasGifts = policy.has(GIFT);
  const count = elementsOf(lines);
  let counted: f64 = -1;
  for (let i = 0; i < count; i++) {
    const line = element(lines, i);
    const variant = property(line, merchandise);
    const ofVariant: Value = hasGifts ? property(variant, product) : 0;
    const number = hasGifts && isObject(ofVariant) ? numberOfGid(property(ofVariant, id), PRODUCT_GID) : 0;
    const isFree = number > 0 && isGift(policy.offers, number);
    if (!countsTowardsGoal(isTrue(property(variant, requiresShipping)), isFree)) continue;
    const total = minorOf(property(property(property(line, cost), totalAmount), amount), exponent);
    counted = max(counted, 0) + max(total, 0);
  }
  return counted;
}

function dropUnreachedGoals(policy: Policy, counted: f64): void {
  const offers = policy.offers;
  let kept: i32 = 0;
  for (let i = 0; i < offers.length; i++) {
    if (offers[i].type != GOAL || counted < offers[i].amount) continue;
    offers[kept] = offers[i];
    kept += 1;
  }
  offers.length = kept;
}

/** The handles of all options that become free, of all groups. */
function freeHandles(groups: Value, buyerCountry: i32, policy: Policy, exponent: i32): Value[] {
  const handles: Value[] = [];
  const deliveryOptions = nameOf("deliveryOptions");
  const deliveryAddress = nameOf("deliveryAddress");
  const countryCode = nameOf("countryCode");
  const deliveryMethodType = nameOf("deliveryMethodType");
  const handle = nameOf("handle");
  const cost = nameOf("cost");
  const amount = nameOf("amount");
  const count = elementsOf(groups);
  for (let g = 0; g < count; g++) {
    const group = element(groups, g);
    // Before an address is known it is the country that the shop is shown for.
    const address = countryOf(property(property(group, deliveryAddress), countryCode));
    const country = address != 0 ? address : buyerCountry;
    const options = property(group, deliveryOptions);
    const kinds: i32[] = [];
    const costs: f64[] = [];
    const optionCount = elementsOf(options);
    for (let i = 0; i < optionCount; i++) {
      const option = element(options, i);
      kinds.push(kindOf(property(option, deliveryMethodType)));
      costs.push(max(minorOf(property(property(option, cost), amount), exponent), 0));
    }
    const free = new Uint8Array(optionCount);
    for (let o = 0; o < policy.offers.length; o++) {
      if (isGoodFor(policy.offers[o], country)) freeOptions(policy.offers[o], kinds, costs, free);
    }
    for (let i = 0; i < optionCount; i++) {
      if (free[i] != 0) handles.push(property(element(options, i), handle));
    }
  }
  return handles;
}

function kindOf(method: Value): i32 {
  if (isText(method, "SHIPPING")) return SHIPPING;
  if (isText(method, "LOCAL")) return LOCAL_DELIVERY;
  return isText(method, "PICK_UP") || isText(method, "PICKUP_POINT") ? PICK_UP : OTHER_DELIVERY;
}

function writeOperation(handles: Value[], message: Uint8Array): void {
  beginOutput(1);
  beginOperation("deliveryDiscountsAdd", "ALL", 1);
  beginObject(message.length > 0 ? 3 : 2);
  writeText("targets");
  beginArray(handles.length);
  const deliveryOption = nameOf("deliveryOption");
  const handle = nameOf("handle");
  for (let i = 0; i < handles.length; i++) {
    beginObject(1);
    writeName(deliveryOption);
    beginObject(1);
    writeName(handle);
    const length = min(lengthOf(handles[i]), SCRATCH.length);
    copyString(handles[i], length, SCRATCH, 0);
    writeBytes(SCRATCH, 0, length);
    endObject();
    endObject();
  }
  endArray();
  writeText("value");
  beginObject(1);
  writeText("percentage");
  beginObject(1);
  writeText("value");
  writeText("100.0");
  endObject();
  endObject();
  if (message.length > 0) {
    writeText("message");
    writeBytes(message, 0, message.length);
  }
  endObject();
  endOperation();
  endOutput();
}
