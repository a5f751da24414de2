import { convertMinor, shortDecimal } from "../shop/money.ts";
import type { DevOrder } from "../shop/state.ts";

export function moneyV2(amountMinor: number, currency: string): { amount: string; currencyCode: string } {
  return { amount: shortDecimal(amountMinor, currency), currencyCode: currency };
}

/** An amount in the shop's and in the buyer's currency; each is made only where it is asked for. */
export class MoneyBag {
  readonly #amountMinor: number;
  readonly #order: DevOrder;
  constructor(amountMinor: number, order: DevOrder) {
    this.#amountMinor = amountMinor;
    this.#order = order;
  }
  get shopMoney() {
    return moneyV2(this.#amountMinor, this.#order.currency);
  }
  get presentmentMoney() {
    const { currency, presentmentCurrency, presentmentRate } = this.#order;
    const minor = convertMinor(this.#amountMinor, currency, presentmentCurrency, presentmentRate);
    return moneyV2(minor, presentmentCurrency);
  }
}
