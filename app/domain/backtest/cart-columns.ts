import type { OfferProduct } from "./offer-products.ts";

/** A cart that is being priced, in columns that are used again for the next one. */
export class CartColumns {
  lines = 0;
  readonly product: number[] = [];
  readonly variant: number[] = [];
  readonly quantity: number[] = [];
  readonly unitPrice: number[] = [];
  readonly giftCard: boolean[] = [];
  readonly ships: boolean[] = [];
  /** What the offer that is replayed has to do with the line's product; see `OfferProducts`. */
  readonly about: (OfferProduct | null)[] = [];

  clear(): void {
    this.lines = 0;
  }

  /** @param product 0 for a custom item. */
  add(
    product: number,
    unitPrice: number,
    { variant = 0, quantity = 1, giftCard = false, ships = true, about = null }: Partial<AddedLine> = {},
  ): void {
    const line = this.lines++;
    this.product[line] = product;
    this.variant[line] = variant;
    this.quantity[line] = quantity;
    this.unitPrice[line] = unitPrice;
    this.giftCard[line] = giftCard;
    this.ships[line] = ships;
    this.about[line] = about;
  }

  /** Adds a line of another cart. */
  addFrom(cart: CartColumns, from: number): void {
    const line = this.lines++;
    this.product[line] = cart.product[from]!;
    this.variant[line] = cart.variant[from]!;
    this.quantity[line] = cart.quantity[from]!;
    this.unitPrice[line] = cart.unitPrice[from]!;
    this.giftCard[line] = cart.giftCard[from]!;
    this.ships[line] = cart.ships[from]!;
    this.about[line] = cart.about[from]!;
  }

  /** Takes the last line off. */
  removeLast(): void {
    this.lines--;
  }

  has(product: number): boolean {
    for (let line = 0; line < this.lines; line++) if (this.product[line] === product) return true;
    return false;
  }

  unitsOf(product: number): number {
    let units = 0;
    for (let line = 0; line < this.lines; line++) if (this.product[line] === product) units += this.quantity[line]!;
    return units;
  }

  allUnits(): number {
    let units = 0;
    for (let line = 0; line < this.lines; line++) units += this.quantity[line]!;
    return units;
  }

  valueMinor(): number {
    let value = 0;
    for (let line = 0; line < this.lines; line++) value += this.quantity[line]! * this.unitPrice[line]!;
    return value;
  }
}

interface AddedLine {
  readonly variant: number;
  readonly quantity: number;
  readonly giftCard: boolean;
  readonly ships: boolean;
  readonly about: OfferProduct | null;
}
