import type { Hundredths } from "./money.ts";

type Choice = HTMLOptionElement | HTMLInputElement | HTMLSelectElement;

/**
 * The variant that a widget's own field holds: a select with an option for each, or an input where there is one. The
 * price is in `data-amount` of the option, or in `data-variant` of the field for all options that have none.
 */
export class VariantChoice {
  declare readonly field: HTMLSelectElement | HTMLInputElement;

  constructor(field: HTMLSelectElement | HTMLInputElement) {
    this.field = field;
  }

  get option(): Choice {
    return (this.field as HTMLSelectElement).selectedOptions?.[0] ?? this.field;
  }

  get id(): string {
    return this.option.value;
  }

  /**
   * An id of another product changes nothing. A hidden input's value is an attribute: writing it again would wake whoever
   * watches the form, this widget too.
   */
  set id(id: string) {
    if (id !== this.id && this.knows(id)) this.field.value = id;
  }

  get amount(): Hundredths {
    return Number(this.option.dataset.amount ?? this.field.dataset.variant);
  }

  /** Units that can be bought. */
  get most(): number {
    return Number(this.option.dataset.most ?? Infinity);
  }

  get available(): boolean {
    return this.field === this.option || !this.option.disabled;
  }

  /** Its title; null where there is only one. */
  get variantTitle(): string | null {
    return this.field === this.option ? null : this.option.textContent;
  }

  all(): Choice[] {
    return [...((this.field as HTMLSelectElement).options ?? [this.field])];
  }

  knows(id: string | undefined): boolean {
    return !!id && this.all().some(({ value }) => value === id);
  }
}
