import { Buyer, LONGEST_ARMS, MET, tagNumber, UNMET } from "./domain.ts";
import {
  copyString,
  element,
  elementsOf,
  isObject,
  isString,
  isTrue,
  lengthOf,
  numberOf,
  property,
  Value,
} from "./host.ts";
import { nameOf, propertyCalled } from "./names.ts";
import { copyToScratch, countryOf, SCRATCH } from "./text.ts";

/**
 * Reads what the input says of the buyer. A customer who is only recognised, by an e-mail address that anyone can type,
 * counts as not logged in.
 *
 * @param currency Of the cart, packed.
 */
export function readBuyer(root: Value, currency: i32): Buyer {
  const buyer = new Buyer();
  const cart = propertyCalled(root, "cart");
  const localization = propertyCalled(root, "localization");
  buyer.currency = currency;
  buyer.country = countryOf(propertyCalled(propertyCalled(localization, "country"), "isoCode"));
  buyer.language = languageTag(propertyCalled(propertyCalled(localization, "language"), "isoCode"));
  const arms = propertyCalled(cart, "arms");
  if (isObject(arms)) buyer.arms = armsIn(propertyCalled(arms, "value"));
  buyer.counter = isObject(propertyCalled(cart, "retailLocation")) ? MET : UNMET;
  const identity = propertyCalled(cart, "buyerIdentity");
  const isKnown = isObject(identity);
  buyer.signedIn = isKnown && isTrue(propertyCalled(identity, "isAuthenticated")) ? MET : UNMET;
  buyer.business = isKnown && isObject(propertyCalled(identity, "purchasingCompany")) ? MET : UNMET;
  const customer = isKnown ? propertyCalled(identity, "customer") : identity;
  if (buyer.signedIn == MET && isObject(customer)) {
    buyer.orders = numberOf(propertyCalled(customer, "numberOfOrders"));
    readTags(propertyCalled(customer, "hasTags"), buyer);
  }
  return buyer;
}

/** Each answer names its tag: their order, and what the query was given before, do not matter. */
function readTags(answers: Value, buyer: Buyer): void {
  const count = elementsOf(answers);
  if (count == 0) return;
  const tag = nameOf("t");
  const hasTag = nameOf("is");
  for (let i = 0; i < count; i++) {
    const answer = element(answers, i);
    const length = copyToScratch(property(answer, tag));
    if (length < 0) continue;
    const numbers = isTrue(property(answer, hasTag)) ? buyer.tags : buyer.otherTags;
    numbers.push(tagNumber(SCRATCH, length));
  }
}

/** The arms that a cart names; none where it names more than our script writes. */
function armsIn(text: Value): Uint8Array {
  const length = isString(text) ? lengthOf(text) : 0;
  const arms = new Uint8Array(length > LONGEST_ARMS ? 0 : length);
  copyString(text, arms.length, arms, 0);
  return arms;
}

/** "PT_BR" as "pt-br". */
function languageTag(code: Value): Uint8Array {
  const length = copyToScratch(code);
  const tag = new Uint8Array(max(length, 0));
  for (let i = 0; i < length; i++) {
    const byte = SCRATCH[i];
    tag[i] = byte == 95 ? 45 : byte >= 65 && byte <= 90 ? byte + 32 : byte;
  }
  return tag;
}
