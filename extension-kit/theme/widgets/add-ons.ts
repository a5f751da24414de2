import { claimOf } from "../core/adding-widget.ts";
import { joinAdditions } from "../core/join-addition.ts";
import { Widget } from "../core/widget.ts";

/** Where themes put the buttons that buy at once. */
const PAY_BUTTON = ".shopify-payment-button";

/** Add-ons: what is ticked is added with the page's product, whichever way the theme adds that. */
export class AddOns extends Widget {
  protected override prepare() {
    this.addEventListener("change", () => this.#showPayButton());
  }

  protected start() {
    joinAdditions((variant, quantity) => this.#linesFor(variant, quantity), this.signal);
    this.#showPayButton();
  }

  get #ticked(): HTMLInputElement[] {
    return this.all<HTMLInputElement>("tick").filter(({ checked }) => checked);
  }

  #linesFor(variant: string, quantity: number) {
    if (!this.dataset.variants!.split(",").includes(variant)) return [];
    const ticked = this.#ticked;
    if (ticked[0]) this.did("added");
    return ticked.map((tick) => ({
      // Where there are variants to choose from, a select stands behind the label.
      id: Number((tick.parentElement!.nextElementSibling as HTMLSelectElement | null)?.value ?? tick.value),
      parent_id: Number(variant),
      quantity,
      properties: { _tsuide: claimOf(this)! },
    }));
  }

  /** The buttons that buy at once cannot take nested lines along: they go as long as something is ticked. */
  #showPayButton() {
    const section = this.closest(".shopify-section") ?? document;
    for (const button of section.querySelectorAll<HTMLElement>(PAY_BUTTON)) {
      button.style.display = this.#ticked.length > 0 ? "none" : "";
    }
  }
}
