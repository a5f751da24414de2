import { until } from "./until.ts";
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

/** The page's own product form. */
export interface ProductForm {
  read(): PageChoice;
  /** Writes a quantity into the form, as if it had been typed, where the form has a field for one. */
  setQuantity(quantity: number): void;
}

/**
 * Follows the page's own product form, by everything that themes do when the shopper chooses: events, the address, and
 * fields that a script writes without an event.
 *
 * @param widget Whatever happens inside it is not the page's choice.
 * @param own The variants of the widget's product.
 * @param changed Called after each occasion until the signal.
 */
export function followForm(
  widget: HTMLElement,
  own: Pick<VariantChoice, "knows">,
  changed: () => void,
  signal: AbortSignal,
): ProductForm {
  let lastForm: HTMLFormElement | null = null;
  /** The page's own form for this product. */
  const find = () =>
    [lastForm, ...document.querySelectorAll<HTMLFormElement>("form[action*='/cart/add']")].find(
      (form) => form?.isConnected && !form.closest(WIDGETS) && own.knows(fieldOf(form, "id")?.value ?? ""),
    );
  const hear = (event: Event & { promise?: unknown }) => {
    const target = event.target as (Node & { form?: HTMLFormElement }) | null;
    if (target?.nodeType && widget.contains(target)) return;
    if (target?.form) lastForm = target.form;
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
  const section = (find() ?? widget).closest(".shopify-section");
  if (section) {
    observer.observe(section, { subtree: true, childList: true, attributes: true, attributeFilter: ["value"] });
  }
  until(signal, () => observer.disconnect());
  return {
    read() {
      const form = find();
      const inAddress = () => new URLSearchParams(location.search).get("variant");
      const quantity = Math.floor(Number(fieldOf(form, "quantity")?.value)) || 0;
      return { variant: fieldOf(form, "id")?.value ?? inAddress() ?? "", quantity: Math.max(0, quantity) };
    },
    setQuantity(quantity) {
      const field = fieldOf(find(), "quantity");
      if (!field) return;
      field.value = String(quantity);
      for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    },
  };
}

function fieldOf(form: HTMLFormElement | null | undefined, name: string) {
  return form?.elements.namedItem(name) as HTMLInputElement | null | undefined;
}
