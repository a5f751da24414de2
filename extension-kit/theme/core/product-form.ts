import type { VariantChoice } from "./variant-choice.ts";
import { type Widget, widgets } from "./widget.ts";

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

/** What the shopper has used last. */
let lastForm: HTMLFormElement | undefined;

const changed = () => queueMicrotask(() => widgets.forEach((widget) => widget.pageChanged()));

// What widgets write answers the page's choice: two of them would answer each other for ever.
const observer = new MutationObserver((records) => {
  if (records.some(({ target }) => !(target as Element).closest(WIDGETS))) changed();
});

/** Notifies all widgets of everything that themes do when the shopper chooses: events, and another address. */
export function watchPage() {
  const hear = ({ target, promise }: Event & { promise?: unknown }) => {
    const field = target as (Element & { form?: HTMLFormElement }) | null;
    if (field?.closest?.(WIDGETS)) return;
    lastForm = field?.form ?? lastForm;
    changed();
    Promise.resolve(promise).then(changed, changed);
  };
  for (const name of CHANGE_EVENTS) document.addEventListener(name, hear);
  addEventListener("popstate", hear);
  window.navigation?.addEventListener("currententrychange", hear);
}

/**
 * The page's own product form, whose fields are followed as well: a script may write them without an event.
 *
 * @param own The variants of the widget's product.
 */
export function productForm(widget: Widget, own: Pick<VariantChoice, "knows">): ProductForm {
  /** The page's own form for this product. */
  const find = () =>
    [lastForm, ...document.querySelectorAll<HTMLFormElement>("form[action*='/cart/add']")].find(
      (form) => form?.isConnected && !form.closest(WIDGETS) && own.knows(fieldOf(form, "id")?.value),
    );
  const section = (find() ?? widget).closest(".shopify-section");
  if (section) {
    observer.observe(section, { subtree: true, childList: true, attributeFilter: ["value"] });
  }
  return {
    read() {
      const form = find();
      const quantity = Math.floor(Number(fieldOf(form, "quantity")?.value));
      const inAddress = new URLSearchParams(location.search).get("variant");
      return { variant: fieldOf(form, "id")?.value ?? inAddress ?? "", quantity: quantity > 0 ? quantity : 0 };
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
