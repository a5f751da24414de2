import { tierPriceMinor } from "../../domain.ts";
import { type Addable, AddingWidget, claimOf } from "../core/adding-widget.ts";
import { readTiers } from "../core/money.ts";
import { productForm, type ProductForm } from "../core/product-form.ts";
import { VariantChoice } from "../core/variant-choice.ts";

/** Buy X get Y: one button adds what is bought and what is got; the page's variant is followed. */
export class BuyXGetY extends AddingWidget {
  #own!: VariantChoice;
  /** What is got; the page's own product where it is the same. */
  #got!: VariantChoice;
  #page!: ProductForm;

  protected override prepare() {
    const field = this.at<HTMLSelectElement>("variant");
    const got = this.at<HTMLSelectElement>("got");
    this.#own = new VariantChoice(field);
    this.#got = got ? new VariantChoice(got) : this.#own;
    super.prepare();
  }

  protected override start() {
    this.#page = productForm(this, this.#own);
    super.start();
  }

  override pageChanged() {
    this.show();
  }

  /** What is in the cart changes nothing here: the offer may apply several times. */
  protected override get chosen(): Addable[] {
    const item = ({ id, amount, option }: VariantChoice, quantity: string | undefined) => ({
      ...{ id, amount, title: option.textContent.trim() || option.title, quantity: Number(quantity) },
    });
    const { units, offUnits } = this.dataset;
    const bought = item(this.#own, units);
    if (this.#got === this.#own) return [bought];
    return [bought, { ...item(this.#got, offUnits), claimed: claimOf(this) }];
  }

  protected show() {
    this.#own.id = this.#page.read().variant;
    const { amount } = this.#got;
    const each = amount - tierPriceMinor(readTiers(this.dataset.reward!), 1, this.minor(amount)) * this.unit;
    const before = this.chosen.reduce((sum, item) => sum + item.amount * item.quantity, 0);
    this.showPrice(this.at("total"), before, before - each * Number(this.dataset.offUnits));
    this.showButton(this.at("add"));
    this.hidden = !this.#own.available;
  }
}
