import type { DevOrder, DevOrderLine, DevProduct, DevShop, DevVariant } from "../shop/state.ts";
import { orderTotals, refundShareMinor } from "../shop/order-totals.ts";
import { hashText, seededRandom } from "../shop/random.ts";
import { Baskets, type Basket, type OrderSettings } from "./baskets.ts";
import type { Catalogue } from "./generate-catalogue.ts";
import { between } from "./random-choice.ts";

const DAY = 86_400_000;
const NO_DISCOUNTS: DevOrderLine["discounts"] = [];
const NO_PROPERTIES: DevOrderLine["properties"] = {};

/** The orders of a shop, oldest first, numbered as a shop would number them. */
export function generateOrders(shop: DevShop, catalogue: Catalogue, settings: OrderSettings): DevOrder[] {
  const baskets = new Baskets(catalogue, settings).generate();
  const writer = new OrderWriter(shop, settings);
  return baskets.map((basket, index) => writer.write(basket, index));
}

class OrderWriter {
  readonly #shop: DevShop;
  readonly #settings: OrderSettings;
  readonly #random: () => number;
  #lastLine = 12_400_000_000_000;
  #lastRefund = 890_000_000_000;

  constructor(shop: DevShop, settings: OrderSettings) {
    this.#shop = shop;
    this.#settings = settings;
    this.#random = settings.random;
  }

  write(basket: Basket, index: number): DevOrder {
    const random = this.#random;
    const source = random();
    const sourceName =
      source < 0.885 ? "web" : source < 0.97 ? "pos" : source < 0.99 ? "shopify_draft_order" : "184927361";
    const lines = basket.products.map((product) => this.#line(product));
    if (sourceName === "pos" && random() < 0.06) lines.push(this.#customLine());
    if (sourceName === "web" && random() < 0.07) this.#takeOffTenPercent(lines);
    const abroad = sourceName === "web" && random() < 0.06;
    const market = abroad ? this.#shop.markets[between(random, 1, this.#shop.markets.length - 1)] : undefined;
    const subtotal = lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0);
    const { flatMinor, freeFromMinor } = this.#shop.shipping;
    const ships = sourceName !== "pos" && lines.some((line) => line.requiresShipping);
    const order: DevOrder = {
      id: String(5_600_000_000_001 + index),
      name: `#${1001 + index}`,
      createdAt: basket.at,
      processedAt: basket.at,
      updatedAt: basket.at,
      cancelledAt: null,
      test: random() < 0.003,
      sourceName,
      customerId: sourceName === "pos" && random() < 0.7 ? null : basket.customerId,
      currency: this.#shop.currency,
      presentmentCurrency: market?.currency ?? this.#shop.currency,
      presentmentRate: market?.rate ?? 1,
      ...(this.#shop.taxes === undefined ? {} : { taxes: this.#shop.taxes }),
      lines,
      shippingMinor: !ships || (freeFromMinor !== null && subtotal >= freeFromMinor) ? 0 : flatMinor,
      refunds: [],
      cartToken: sourceName === "web" ? this.#token() : null,
      checkoutToken: sourceName === "web" ? this.#token() : null,
      financialStatus: "PAID",
    };
    this.#mishaps(order);
    this.#staffChanges(order);
    return order;
  }

  #token(): string {
    let token = "";
    for (let part = 0; part < 4; part++)
      token += Math.floor(this.#random() * 0xffffffff)
        .toString(16)
        .padStart(8, "0");
    return token;
  }

  #variant(product: DevProduct): DevVariant {
    const at = Math.min(product.variants.length - 1, Math.floor(this.#random() ** 1.6 * product.variants.length));
    return product.variants[at] as DevVariant;
  }

  #line(product: DevProduct): DevOrderLine {
    const variant = this.#variant(product);
    const many = /cup|bowl|plate|湯のみ|碗|皿|グラス|箸/i.test(product.title);
    const roll = this.#random();
    const quantity = many ? (roll < 0.45 ? 2 : roll < 0.55 ? 4 : 1) : roll < 0.1 ? 2 : roll < 0.12 ? 3 : 1;
    return {
      id: String(++this.#lastLine),
      productId: product.id,
      variantId: variant.id,
      title: product.title,
      sku: variant.sku,
      quantity,
      currentQuantity: quantity,
      unitPriceMinor: variant.priceMinor,
      discounts: NO_DISCOUNTS,
      isGiftCard: product.isGiftCard,
      requiresShipping: variant.requiresShipping,
      properties: NO_PROPERTIES,
      sellingPlan: null,
      group: null,
    };
  }

  /** What staff ring up by hand at the till. */
  #customLine(): DevOrderLine {
    const ja = this.#shop.locale === "ja";
    return {
      id: String(++this.#lastLine),
      productId: null,
      variantId: null,
      title: ja ? "ギフトラッピング" : "Gift wrapping",
      sku: "",
      quantity: 1,
      currentQuantity: 1,
      unitPriceMinor: this.#shop.currency === "JPY" ? 300 : 300,
      discounts: NO_DISCOUNTS,
      isGiftCard: false,
      requiresShipping: false,
      properties: NO_PROPERTIES,
      sellingPlan: null,
      group: null,
    };
  }

  #takeOffTenPercent(lines: DevOrderLine[]): void {
    const title = this.#shop.locale === "ja" ? "はじめての方10%オフ" : "WELCOME10";
    for (const line of lines) {
      const amountMinor = Math.round((line.unitPriceMinor * line.quantity) / 10);
      if (amountMinor > 0 && !line.isGiftCard) line.discounts = [{ amountMinor, title }];
    }
  }

  /** When something happened to an order at the latest. */
  #latest({ createdAt }: DevOrder): number {
    const { now, until } = this.#settings;
    return createdAt < until ? until : now;
  }

  /** Cancellations (2 %) and refunds (5 %, mostly of one line), never later than the clock. */
  #mishaps(order: DevOrder): void {
    const roll = this.#random();
    const later = (days: number) =>
      Math.min(this.#latest(order), order.createdAt + Math.round(this.#random() * days * DAY) + 600_000);
    if (roll < 0.02) {
      order.cancelledAt = later(1);
      order.updatedAt = order.cancelledAt;
      for (const line of order.lines) line.currentQuantity = 0;
      order.financialStatus = "VOIDED";
      return;
    }
    if (roll >= 0.07) return;
    const refundedAt = later(20);
    const all = this.#random() < 0.25;
    const chosen = all ? order.lines : [order.lines[between(this.#random, 0, order.lines.length - 1)] as DevOrderLine];
    const lines = chosen.map((line) => {
      const quantity = all || this.#random() < 0.7 ? line.currentQuantity : 1;
      const subtotalMinor = refundShareMinor(line, quantity, line.currentQuantity);
      line.currentQuantity -= quantity;
      return { lineId: line.id, quantity, subtotalMinor };
    });
    order.refunds = [{ id: String(++this.#lastRefund), createdAt: refundedAt, lines }];
    order.updatedAt = refundedAt;
    const gone = order.lines.every(({ currentQuantity }) => currentQuantity === 0);
    order.financialStatus = gone ? "REFUNDED" : "PARTIALLY_REFUNDED";
  }

  /**
   * What staff change afterwards: one order in fifty that holds several units of something has one taken off before it is
   * sent; of one in 300 some money is given back without naming a line, such as for a damaged box.
   */
  #staffChanges(order: DevOrder): void {
    // By numbers of their own, so that they change nothing else of the history.
    const random = seededRandom(hashText(`${order.id} changed by staff`));
    if (order.cancelledAt !== null || order.refunds.length > 0) return;
    const changedAt = Math.min(this.#latest(order), order.createdAt + Math.round(random() * 10 * DAY) + 600_000);
    const several = order.lines.find(({ currentQuantity }) => currentQuantity > 1);
    const roll = random();
    if (several !== undefined && roll < 0.02) several.currentQuantity--;
    else if (roll > 1 - 1 / 300) {
      const paid = orderTotals(order).currentSubtotalMinor;
      const withoutLinesMinor = Math.round((paid * between(random, 5, 30)) / 100);
      if (withoutLinesMinor === 0) return;
      order.refunds = [{ id: String(++this.#lastRefund), createdAt: changedAt, lines: [], withoutLinesMinor }];
      order.financialStatus = "PARTIALLY_REFUNDED";
    } else return;
    order.updatedAt = changedAt;
  }
}
