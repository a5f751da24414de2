import { type Addable, AddingWidget, claimOf } from "./adding-widget.ts";
import { fetchPage } from "./ajax-cart.ts";
import { discounted } from "./money.ts";
import { VariantChoice } from "./variant-choice.ts";

/** What the shop renders again after a change of the cart, in whichever widget has it. */
const PARTS = "list plan text bar tiers gap".split(" ");

/** A widget of rows as the snippet `tsuide-suggestion` renders them, each with a button that adds its product. */
export class RowWidget extends AddingWidget {
  #asked = 0;

  /** Takes its parts over from the widget as a page of the shop has it now; hides it where that page has none. */
  protected async renew(address: string) {
    const asked = ++this.#asked;
    const page = await fetchPage(address);
    // An older answer never replaces a newer one.
    if (asked !== this.#asked) return;
    const fresh = page && (page.getElementById(this.id) ?? page.querySelector<HTMLElement>(this.localName));
    if (!fresh) return (this.hidden = true);
    Object.assign(this.dataset, fresh.dataset);
    for (const name of PARTS) {
      const old = this.at(name);
      const now = this.at(name, fresh);
      if (!old || old.outerHTML === now?.outerHTML) continue;
      // What had the focus is going: the sentence that says why is there.
      if (old.contains(document.activeElement)) this.at("status").focus();
      // Another widget may take its parts from the same page.
      old.replaceWith(now?.cloneNode(true) ?? "");
    }
    this.show();
    this.follow();
  }

  /** Adds all that a form holds, of which each product has a `data-variant` and a `data-title`. */
  protected override submit(form: HTMLFormElement): Promise<unknown> {
    const claimed = claimOf(form);
    const titles = form.querySelectorAll("[data-title]");
    const wanted = [...form.querySelectorAll<HTMLSelectElement>("[data-variant]")].map((field, place): Addable => {
      const { id, amount } = new VariantChoice(field);
      return { id, title: titles[place]!.textContent, amount, quantity: 1, claimed };
    });
    return this.add(wanted, this.at("add", form));
  }

  protected show() {
    for (const form of this.all("item").filter(({ dataset }) => dataset.off)) {
      const { amount } = new VariantChoice(this.at<HTMLSelectElement>("variant", form));
      this.showPrice(form, amount, discounted(amount, Number(form.dataset.off), this.unit));
    }
    for (const button of this.all("add")) this.showButton(button);
  }
}
