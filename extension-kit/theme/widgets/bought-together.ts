import { tierPriceMinor } from "../../domain.ts";
import { AddingWidget, unitsOf } from "../core/adding-widget.ts";
import type { AjaxCart, AjaxLine } from "../core/ajax-cart.ts";
import { discounted, type Hundredths, readTiers } from "../core/money.ts";
import { productForm, type ProductForm } from "../core/product-form.ts";
import { readSoon } from "../core/watch-cart.ts";
import { put, putLast } from "../core/widget.ts";
import { SetItem } from "./set-item.ts";

/** A bought-together set. With nothing ticked, its button adds everything. */
export class BoughtTogether extends AddingWidget {
  #items: SetItem[] = [];
  #own!: SetItem;
  #page!: ProductForm;
  #lines?: readonly AjaxLine[];

  protected override prepare() {
    this.#items = this.all("item").map((item, index) => new SetItem(item, index ? this.dataset.claim : undefined));
    this.#own = this.#items[0]!;
    super.prepare();
  }

  protected override start() {
    super.start();
    this.#page = productForm(this, this.#own);
    this.pageChanged();
  }

  override pageChanged() {
    const own = this.#own;
    const { variant, quantity } = this.#page.read();
    if (own.knows(variant) && variant !== own.id) {
      own.choose(variant);
      if (!this.#lines) readSoon();
    }
    own.quantity = quantity || own.minimum;
    own.isAdded = own.isIn(this.#lines);
    this.show();
  }

  protected override takeCart(cart: AjaxCart) {
    this.#lines = cart.items;
    for (const item of this.#items) item.isAdded = item.isIn(cart.items);
    this.show();
  }

  /** What the button adds; never what is in the cart. */
  protected override get chosen(): SetItem[] {
    const open = this.#items.filter((item) => !item.isAdded);
    return open.some((item) => item.tick?.checked) ? open.filter(({ tick }) => !tick || tick.checked) : open;
  }

  protected show() {
    const chosen = this.chosen;
    const own = this.#own;
    // Each unit of a companion lowers one unit of this item, those in the cart as well.
    const most = chosen.length + this.#items.filter((item) => item.isAdded).length - 1;
    let before = 0;
    let off = 0;
    for (const item of this.#items) {
      const { amount, quantity, element } = item;
      const together = discounted(amount, Number(this.dataset.off), this.unit);
      item.show();
      this.showPrice(element, amount, quantity > most ? amount : together);
      if (!chosen.includes(item)) continue;
      before += amount * quantity;
      off += (amount - together) * Math.min(quantity, most);
    }
    const setOff = this.#setOff(chosen);
    const note = this.at("set-note");
    if (note) note.hidden = setOff <= 0;
    putLast(this.at("title").parentElement!, "quantity", own.quantity > 1 ? `× ${own.quantity}` : "");
    const isAll = chosen[2] && !chosen.some((item) => item.tick?.checked);
    const units = unitsOf(chosen);
    const total = this.at("total");
    put(
      total.firstElementChild!,
      this.words(isAll ? TEXTS.bought_together.all_together : TEXTS.bought_together.total, units),
    );
    this.showPrice(total, before, before - off - setOff);
    total.hidden = !chosen[0];
    const label = this.words(
      isAll ? TEXTS.bought_together.add_all : chosen[0] ? TEXTS.bought_together.add : TEXTS.bought_together.all_in_cart,
      units,
    );
    this.showButton(this.at("add"), label, !!chosen[0]);
    this.hidden = !own.available;
  }

  /** What the whole set takes off, one unit of each; 0 where a product of it is in the cart or is not chosen. */
  #setOff(chosen: readonly SetItem[]): Hundredths {
    const price = chosen.reduce((sum, { amount }) => sum + this.minor(amount), 0);
    return chosen.length < this.#items.length
      ? 0
      : (price - tierPriceMinor(readTiers(this.dataset.reward ?? ""), 1, price)) * this.unit;
  }

  protected override afterAdding() {
    for (const tick of this.all<HTMLInputElement>("tick")) tick.checked = false;
  }
}
