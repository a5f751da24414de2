import { readQuantityBreaks, type TierInCurrency, tierPriceMinor, tiersIn } from "../../domain.ts";
import type { AjaxCart } from "../core/ajax-cart.ts";
import type { Hundredths } from "../core/money.ts";
import { ProductForm } from "../core/product-form.ts";
import { VariantChoice } from "../core/variant-choice.ts";
import { watchCart } from "../core/watch-cart.ts";
import { put, Widget } from "../core/widget.ts";

type Text = "each" | "savingEach" | "total" | "saving" | "inCart" | "next";

/**
 * Quantity breaks: the page's own quantity and these choices follow each other. Where the page has no field for a
 * quantity, the widget's own form adds what is chosen.
 */
export class QuantityBreaks extends Widget<Text> {
  private tiers: readonly TierInCurrency[] = [];
  private together = false;
  private choices: HTMLInputElement[] = [];
  private variant!: VariantChoice;
  private page!: ProductForm;
  /** Units in the cart by variant of this product. */
  private inCart = new Map<string, number>();
  private unwatch?: () => void;

  protected override prepare() {
    const offer = readQuantityBreaks(JSON.parse(this.at("offer").textContent) as never);
    this.tiers = tiersIn(offer?.tiers ?? [], this.dataset.currency!);
    this.together = offer?.together ?? false;
    this.choices = [...this.querySelectorAll<HTMLInputElement>("[data-break]")];
    this.variant = new VariantChoice(this.at<HTMLSelectElement>("variant"));
    this.page = new ProductForm(this, (variant) => this.variant.knows(variant));
    const counted = (this.dataset.inCart ?? "").split(",").map((entry) => entry.split(":"));
    for (const [id = "", quantity] of counted) this.count(id, Number(quantity));
    this.querySelector("form")!.addEventListener("change", () => {
      this.page.setQuantity(this.chosen);
      this.show();
    });
  }

  protected start() {
    this.page.start(() => this.show());
    this.unwatch = watchCart((cart) => this.takeCart(cart));
    this.show();
  }

  disconnectedCallback() {
    this.page?.stop();
    this.unwatch?.();
  }

  private takeCart(cart: AjaxCart | null) {
    if (!cart) return;
    this.inCart.clear();
    for (const { product_id, variant_id, quantity = 0 } of cart.items) {
      if (String(product_id) === this.dataset.product) this.count(String(variant_id), quantity);
    }
    this.show();
  }

  private count(variant: string, quantity: number) {
    if (quantity > 0) this.inCart.set(variant, (this.inCart.get(variant) ?? 0) + quantity);
  }

  /** Quantity of the choice that is selected. */
  private get chosen(): number {
    return Number(this.choices.find(({ checked }) => checked)?.value);
  }

  /** What one unit costs among so many. */
  private priceAt(units: number): Hundredths {
    return tierPriceMinor(this.tiers, units, Math.round(this.variant.amount / this.unit)) * this.unit;
  }

  private show() {
    const { variant, quantity } = this.page.read();
    if (this.variant.knows(variant)) this.variant.id = variant;
    // Its own form is for pages without a field for the quantity.
    this.toggleAttribute("data-own-form", quantity === 0);
    const units = quantity || this.chosen;
    const reached = this.choices.findLast(({ value }) => Number(value) <= units) ?? this.choices[0]!;
    reached.checked = true;
    for (const choice of this.choices) this.showChoice(choice);
    this.showCart();
    this.showTotal(units);
    this.hidden = !this.variant.available;
  }

  private get unitsInCart(): number {
    if (!this.together) return this.inCart.get(this.variant.id) ?? 0;
    return [...this.inCart.values()].reduce((sum, units) => sum + units, 0);
  }

  private showChoice(choice: HTMLInputElement) {
    const { amount } = this.variant;
    const each = this.priceAt(Number(choice.value));
    const row = choice.parentElement!;
    const at = (name: string) => row.querySelector<HTMLElement>(`[data-break-${name}]`)!;
    put(at("price"), this.text("each", this.money(each)));
    put(at("saving"), this.text("savingEach", this.money(amount - each)));
    put(at("regular").querySelector("s")!, this.money(amount));
    at("saving").hidden = at("regular").hidden = each >= amount;
  }

  private showCart() {
    const inCart = this.unitsInCart;
    const each = this.priceAt(inCart);
    const next = this.choices
      .map(({ value }) => Number(value))
      .find((units) => units > inCart && this.priceAt(units) < each);
    this.at("cart").hidden = inCart === 0;
    put(this.at("cart-reached"), this.withAmount("inCart", inCart, each));
    this.at("cart-next").hidden = next === undefined;
    if (next !== undefined) put(this.at("cart-next"), this.withAmount("next", next - inCart, this.priceAt(next)));
  }

  private showTotal(units: number) {
    const before = units * this.variant.amount;
    const now = units * this.priceAt(units + this.unitsInCart);
    put(this.at("total-label"), this.text("total", units));
    put(this.at("amount-now"), this.money(now));
    put(this.at("amount-before").querySelector("s")!, this.money(before));
    put(this.at("saving"), this.text("saving", this.money(before - now)));
    this.at("amount-before").hidden = this.at("saving").hidden = now >= before;
  }

  private withAmount(name: Text, value: number, amount: Hundredths): string {
    return this.text(name, value).replace("#", () => this.money(amount));
  }
}
