import { chosenPriceMinor, tierPriceMinor } from "../../domain.ts";
import { type Addable, AddingWidget } from "../core/adding-widget.ts";
import { readTiers } from "../core/money.ts";
import { VariantChoice } from "../core/variant-choice.ts";

/** Mix and match: shoppers choose so many units, each product as often as they like; one button adds them. */
export class MixAndMatch extends AddingWidget {
  /** Units that are missing until the group is complete. */
  #missing = 0;

  protected override prepare() {
    // Without a script, whoever chooses nothing buys nothing.
    for (const option of this.querySelectorAll('option[value=""]')) option.remove();
    super.prepare();
  }

  /** The line of the page's own product has no claim: the shopper was about to buy it. */
  get #items(): Addable[] {
    const variants = this.all<HTMLSelectElement>("variant").map((field) => new VariantChoice(field));
    return this.all<HTMLSelectElement>("count").flatMap((field, place) => {
      const { id, amount } = variants[place]!;
      const quantity = Number(field.value);
      const title = field.closest("li")!.querySelector("a")!.textContent;
      return quantity > 0 ? { id, amount, quantity, title, claimed: field.dataset.claim } : [];
    });
  }

  protected override get chosen(): Addable[] {
    return this.#missing > 0 ? [] : this.#items;
  }

  /** Units in the cart, as the page was loaded with it, have done their part. */
  protected override afterAdding() {
    this.dataset.left = "0";
    this.at("cart")?.remove();
    this.querySelector("form")!.reset();
  }

  protected show() {
    const { reward, size, left } = this.dataset;
    const tiers = readTiers(reward!);
    const units = this.#items.flatMap(({ amount, quantity }) => Array<number>(quantity).fill(this.minor(amount)));
    const price = (group: number) =>
      this.unit *
      chosenPriceMinor(group, units, tiers[0]!.kind === "percent", (amount) => tierPriceMinor(tiers, 1, amount));
    this.#missing = Number(size) - Number(left) - units.length;
    const total = this.at("total");
    total.hidden = units.length === 0;
    // Units of the cart in the group only lower what it costs.
    this.showPrice(total, price(Infinity), price(Number(size)));
    this.put("more", this.#missing > 0 ? this.words(TEXTS.mix_and_match.more, this.#missing) : "");
    this.showButton(this.at("add"), undefined, this.#missing <= 0);
  }
}
