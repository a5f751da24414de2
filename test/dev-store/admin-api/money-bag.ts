import { convertMinor, shortDecimal } from "../shop/money.ts";
import { paidLine, paidOrder } from "../shop/paid-order.ts";
import type { DevOrder, DevOrderLine } from "../shop/state.ts";

export function moneyV2(amountMinor: number, currency: string): { amount: string; currencyCode: string } {
  return { amount: shortDecimal(amountMinor, currency), currencyCode: currency };
}

/** An amount in the shop's and in the buyer's currency; each is made only where it is asked for. */
export class MoneyBag {
  readonly #amountMinor: number;
  readonly #order: DevOrder;
  readonly #paidMinor: (() => number) | null;

  /** `paidMinor`: what the buyer paid; the amount, converted, where it is absent. */
  constructor(amountMinor: number, order: DevOrder, paidMinor: (() => number) | null = null) {
    this.#amountMinor = amountMinor;
    this.#order = order;
    this.#paidMinor = paidMinor;
  }

  /** An amount that follows from those of an order. */
  static ofOrder(order: DevOrder, amountMinor: (order: DevOrder) => number): MoneyBag {
    return new MoneyBag(amountMinor(order), order, () => amountMinor(paidOrder(order)));
  }

  /** An amount that follows from those of a line. */
  static ofLine(of: { line: DevOrderLine; order: DevOrder }, amountMinor: (line: DevOrderLine) => number): MoneyBag {
    const { line, order } = of;
    return new MoneyBag(amountMinor(line), order, () => amountMinor(paidLine(line, order)));
  }

  get shopMoney() {
    return moneyV2(this.#amountMinor, this.#order.currency);
  }

  get presentmentMoney() {
    const { currency, presentmentCurrency, presentmentRate } = this.#order;
    if (this.#paidMinor !== null && currency !== presentmentCurrency)
      return moneyV2(this.#paidMinor(), presentmentCurrency);
    const minor = convertMinor(this.#amountMinor, currency, presentmentCurrency, presentmentRate);
    return moneyV2(minor, presentmentCurrency);
  }
}
