import { collectDiscounts, fitIntoOutput, priceLines, rankOffers } from "./domain.ts";
import { CartLines, exponentOf } from "./cart-lines.ts";
import { writeFreeDelivery } from "./delivery.ts";
import { input, intern, property } from "./host.ts";
import { Messages } from "./messages.ts";
import { hasClass, Policy } from "./policy.ts";
import { ProductOffers } from "./product-offers.ts";
import { currencyOf } from "./text.ts";
import { CandidateWriter, writeNothing } from "./write-candidates.ts";

/** Most bytes of output that this Function writes for up to 200 lines; Shopify's limit is 20,000, above in proportion. */
const OUTPUT_BYTES: i32 = 18000;
const LINES_IN_LIMIT: i32 = 200;

/**
 * Target `cart.lines.discounts.generate.run`: so much off each unit, in the buyer's currency. No operation where the
 * discount has no product class, its policy is absent, or no offer applies.
 */
export function cart_lines_discounts_generate_run(): void {
  const root = input();
  const cart = property(root, intern("cart"));
  const discount = property(root, intern("discount"));
  const currency = currencyOf(
    property(property(property(cart, intern("cost")), intern("subtotalAmount")), intern("currencyCode")),
  );
  const policy = new Policy();
  const json = property(property(discount, intern("policy")), intern("jsonValue"));
  const language = property(property(property(root, intern("localization")), intern("language")), intern("isoCode"));
  if (currency == 0 || !hasClass(discount, "PRODUCT") || !policy.read(json, currency, language)) return writeNothing();

  const exponent = exponentOf(currency);
  const lines = new CartLines(property(cart, intern("lines")), currency, exponent);
  new ProductOffers(policy.stopped, policy.offers).read(lines);
  if (policy.offers.length == 0) return writeNothing();
  lines.readVariants(policy.offers);
  const offers = rankOffers(policy.offers);
  const discounts = collectDiscounts(lines.cart, offers, priceLines(lines.cart, offers));
  if (discounts.count == 0) return writeNothing();

  const messages = new Messages(policy);
  const messageBytes = new Int32Array(discounts.count);
  for (let i = 0; i < discounts.count; i++) messageBytes[i] = bytesInJson(messages.of(discounts.type[i]));
  const most = lines.cart.lines > LINES_IN_LIMIT ? (OUTPUT_BYTES * lines.cart.lines) / LINES_IN_LIMIT : OUTPUT_BYTES;
  const kept = fitIntoOutput(lines.cart, discounts, messageBytes, most);
  new CandidateWriter(lines, discounts, kept, exponent, messages).write();
}

/** Bytes that a text takes in JSON, without its quotes. */
function bytesInJson(text: Uint8Array): i32 {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    if (text[i] == 34 || text[i] == 92) bytes += 1;
    else if (text[i] < 32) bytes += 5;
  }
  return bytes;
}

/** Target `cart.delivery-options.discounts.generate.run`: see `delivery.ts`. */
export function cart_delivery_options_discounts_generate_run(): void {
  writeFreeDelivery();
}

/** Ends the run where the code has a fault, such as a place outside an array: Shopify then applies no discount. */
function _abort(_message: string | null, _file: string | null, _line: u32, _column: u32): void {
  unreachable();
}
