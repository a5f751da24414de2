import { BOUGHT_TOGETHER, Cart, PERCENT, PricedOffer, RulesReader, Stopped } from "./domain.ts";
import { CartLines } from "./cart-lines.ts";
import { element, elementsOf, isObject, numberOf, property, Value } from "./host.ts";
import { nameOf } from "./names.ts";
import { ProductRules } from "./product-rules.ts";
import { copyToScratch, numberInScratch } from "./text.ts";

/** How many of an offer's companions take part in its discount: `LISTED_COMPANIONS` of the domain. */
const LISTED: i32 = 8;

/** Reads the offers of a cart's products: each product's once, however many lines it has. */
export class ProductOffers {
  private readonly rules: u32 = nameOf("rules");
  private readonly offer: u32 = nameOf("offer");
  private readonly json: u32 = nameOf("json");
  private readonly stopped: Stopped;
  private readonly offers: PricedOffer[];

  constructor(stopped: Stopped, offers: PricedOffer[]) {
    this.stopped = stopped;
    this.offers = offers;
  }

  read(lines: CartLines): void {
    const cart = lines.cart;
    const reader = new RulesReader(cart.products, cart.currency, this.stopped, this.offers);
    const texts = new ProductRules(reader);
    for (let place = 0; place < cart.products.count; place++) {
      const product = lines.products[cart.order[cart.firstOf[place]]];
      const rules = property(product, this.rules);
      if (isObject(rules)) {
        if (texts.read(property(rules, this.json), place, cart.units[place])) cart.close(place);
      } else this.readVersion1(property(property(product, this.offer), this.json), place, cart);
    }
  }

  /** Reads an offer as the release before published it. */
  private readVersion1(json: Value, place: i32, cart: Cart): void {
    if (!isObject(json) || numberOf(property(json, nameOf("version"))) != 1) return;
    const offer = new PricedOffer();
    offer.type = BOUGHT_TOGETHER;
    offer.anchor = place;
    offer.reward = PERCENT;
    offer.value = numberOf(property(json, nameOf("discountBasisPoints")));
    if (!(offer.value > 0 && offer.value <= 10000 && offer.value == Math.floor(offer.value))) return;
    if (this.stopped.stops(offer.type, offer.number)) return;
    const companions = nameOf("companions");
    const segments = property(json, nameOf("segments"));
    const count = elementsOf(segments);
    offer.reservePartners(LISTED * (count + 1));
    addListed(property(json, companions), LISTED, cart, offer);
    for (let i = 0; i < count; i++) addListed(property(element(segments, i), companions), LISTED, cart, offer);
    if (offer.partnerCount > 0) this.offers.push(offer);
  }
}

function addListed(companions: Value, most: i32, cart: Cart, offer: PricedOffer): void {
  const count = min(elementsOf(companions), most);
  const name = nameOf("product");
  for (let i = 0; i < count; i++) {
    const length = copyToScratch(property(element(companions, i), name));
    const place = cart.products.placeOf(numberInScratch(0, length));
    if (place >= 0) offer.addPartner(place);
  }
}
