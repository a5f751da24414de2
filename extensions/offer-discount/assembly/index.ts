import {
  collectDiscounts,
  fitIntoOutput,
  GIFT,
  ORDER_REWARD,
  priceLines,
  rankOffers,
  RATE_DIGITS,
  reachedOrderRewards,
} from "./domain.ts";
import { readBuyer } from "./buyer.ts";
import { CartLines, exponentOf, minorOf } from "./cart-lines.ts";
import { writeFreeDelivery } from "./delivery.ts";
import { input } from "./host.ts";
import { Messages } from "./messages.ts";
import { propertyCalled } from "./names.ts";
import { hasClass, Policy } from "./policy.ts";
import { ProductOffers } from "./product-offers.ts";
import { currencyOf } from "./text.ts";
import { beginOutput, CandidateWriter, endOutput, writeNothing } from "./write-candidates.ts";
import { OrderWriter } from "./write-order.ts";

/** Most bytes of output that this Function writes for up to 200 lines; Shopify's limit is 20,000, above in proportion. */
const OUTPUT_BYTES: i32 = 18000;
const LINES_IN_LIMIT: i32 = 200;

/**
 * Target `cart.lines.discounts.generate.run`: so much off each unit, and off the order, in the buyer's currency. No
 * operation where the discount has no product class, its policy is absent, or no offer applies.
 */
export function cart_lines_discounts_generate_run(): void {
  const root = input();
  const cart = propertyCalled(root, "cart");
  const discount = propertyCalled(root, "discount");
  const currency = currencyOf(
    propertyCalled(propertyCalled(propertyCalled(cart, "cost"), "subtotalAmount"), "currencyCode"),
  );
  const json = propertyCalled(propertyCalled(discount, "policy"), "jsonValue");
  const language = propertyCalled(propertyCalled(propertyCalled(root, "localization"), "language"), "isoCode");
  if (currency == 0 || !hasClass(discount, "PRODUCT")) return writeNothing();

  const exponent = exponentOf(currency);
  const lines = new CartLines(propertyCalled(cart, "lines"), currency, exponent);
  const buyer = readBuyer(root, currency);
  buyer.value = lines.cart.value;
  buyer.units = lines.cart.allUnits;
  const policy = new Policy(buyer);
  if (!policy.read(json, currency, language)) return writeNothing();
  new ProductOffers(policy.stopped, policy.offers).read(lines);
  if (policy.offers.length == 0) return writeNothing();
  lines.readVariants(policy.offers);
  if (policy.has(GIFT) || policy.has(ORDER_REWARD)) lines.readGiftCards();
  const offers = rankOffers(policy.offers);
  const benefits = priceLines(lines.cart, offers);
  const messages = new Messages(policy);
  const rewards = hasClass(discount, "ORDER") ? reachedOrderRewards(lines.cart, offers, benefits) : [];
  const rate = rewards.length == 0 ? -1 : minorOf(propertyCalled(root, "presentmentCurrencyRate"), RATE_DIGITS);
  const orderWriter = new OrderWriter(lines, offers, rewards, exponent, rate, messages);
  const discounts = collectDiscounts(lines.cart, offers, benefits);
  const messageBytes = new Int32Array(discounts.count);
  for (let i = 0; i < discounts.count; i++) {
    const isSame = i > 0 && discounts.type[i] == discounts.type[i - 1];
    messageBytes[i] = isSame ? messageBytes[i - 1] : messages.bytesOf(discounts.type[i]);
  }
  const most = lines.cart.lines > LINES_IN_LIMIT ? (OUTPUT_BYTES * lines.cart.lines) / LINES_IN_LIMIT : OUTPUT_BYTES;
  const kept = fitIntoOutput(lines.cart, discounts, messageBytes, most - orderWriter.bytes);
  const writer = new CandidateWriter(lines, discounts, kept, exponent, messages);
  const candidates = writer.count();
  const hasOrder = orderWriter.count > 0;
  beginOutput((candidates > 0 ? 1 : 0) + (hasOrder ? 1 : 0));
  if (candidates > 0) writer.write(candidates);
  if (hasOrder) orderWriter.write();
  endOutput();
}

/** Target `cart.delivery-options.discounts.generate.run`: see `delivery.ts`. */
export function cart_delivery_options_discounts_generate_run(): void {
  writeFreeDelivery();
}

/** Ends the run where the code has a fault, such as a place outside an array: Shopify then applies no discount. */
function _abort(_message: string | null, _file: string | null, _line: u32, _column: u32): void {
  unreachable();
}
