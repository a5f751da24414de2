import type { VariantChoice } from "./variant-choice.ts";

/** Occasions on which the variant or the quantity of the page's own form may have changed. */
const CHANGE_EVENTS = [
  "change",
  "input",
  "shopify:product:select",
  "variant:change",
  "variant:changed",
  "variantChange",
];

/** Widgets have forms of their own. */
const WIDGETS = ".ts-widget";

/** What the page's own product form, or its address, says at the moment. */
export interface PageChoice {
  /** Variant id as text; "" where nothing says it. */
  readonly variant: string;
  /** 0 where the page has no usable quantity. */
  readonly quantity: number;
}

/**
 * Follows the page's own product form, by everything that themes do when the shopper chooses: events, the address, and
 * fields that a script writes without an event.
 */
export class ProductForm {
  readonly #widget: HTMLElement;
  readonly #own: Pick<VariantChoice, "knows">;
  #lastForm: HTMLFormElement | null = null;

  /**
   * @param widget Whatever happens inside it is not the page's choice.
   * @param own The variants of the widget's product.
   */
  constructor(widget: HTMLElement, own: Pick<VariantChoice, "knows">) {
    this.#widget = widget;
    this.#own = own;
  }

  /** Calls back after each occasion until the signal. */
  start(changed: () => void, signal: AbortSignal) {
    const hear = (event: Event & { promise?: unknown }) => {
      const target = event.target as (Node & { form?: HTMLFormElement }) | null;
      if (target?.nodeType && this.#widget.contains(target)) return;
      if (target?.form) this.#lastForm = target.form;
      queueMicrotask(changed);
      Promise.resolve(event.promise).then(changed, changed);
    };
    for (const name of CHANGE_EVENTS) document.addEventListener(name, hear, { signal });
    addEventListener("popstate", hear, { signal });
    window.navigation?.addEventListener("currententrychange", hear, { signal });
    // What widgets write answers the page's choice: two of them would answer each other for ever.
    const observer = new MutationObserver((records) => {
      if (records.some(({ target }) => !(target as Element).closest(WIDGETS))) queueMicrotask(changed);
    });
    const section = (this.#find() ?? this.#widget).closest(".shopify-section");
    const watched = { subtree: true, childList: true, attributes: true, attributeFilter: ["value"] };
    if (section) observer.observe(section, watched);
    signal.addEventListener("abort", () => observer.disconnect());
  }

  /** The page's own form for this product. */
  #find(): HTMLFormElement | undefined {
    const forms = [this.#lastForm, ...document.querySelectorAll<HTMLFormElement>("form[action*='/cart/add']")];
    return forms.find(
      (form): form is HTMLFormElement =>
        !!form?.isConnected && !form.closest(WIDGETS) && this.#own.knows(fieldOf(form, "id")?.value ?? ""),
    );
  }

  read(): PageChoice {
    const form = this.#find();
    const inAddress = new URLSearchParams(location.search).get("variant");
    const variant = (form ? fieldOf(form, "id")?.value : inAddress) ?? "";
    const quantity = Math.floor(Number(form && fieldOf(form, "quantity")?.value)) || 0;
    return { variant, quantity: Math.max(0, quantity) };
  }

  /** Writes a quantity into the page's form, as if it had been typed; false where the form has no field for one. */
  setQuantity(quantity: number): boolean {
    const form = this.#find();
    const field = form && fieldOf(form, "quantity");
    if (!field) return false;
    field.value = String(quantity);
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    return true;
  }
}

function fieldOf(form: HTMLFormElement, name: string) {
  return form.elements.namedItem(name) as HTMLInputElement | null;
}
