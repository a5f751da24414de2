import { createHash } from "node:crypto";
import { Drop } from "liquidjs";
import type { DevProduct, DevVariant } from "../../shop/state.ts";
import { isAvailable } from "../../storefront/catalog.ts";

/** The id of an option's value, as it stands in `option_values=` of an address. */
export function optionValueId(product: DevProduct, position: number, value: string): number {
  const hash = createHash("md5").update(`${product.id}/${position}/${value}`).digest("hex");
  return Number.parseInt(hash.slice(0, 10), 16);
}

/** One value of a product's option: prints and compares as its name. */
export class OptionValue extends Drop {
  readonly id: number;
  readonly name: string;
  readonly selected: boolean;
  readonly available: boolean;
  readonly swatch = null;
  readonly product_url = null;
  readonly #variant: () => object | null;

  constructor(given: {
    id: number;
    name: string;
    selected: boolean;
    available: boolean;
    variant: () => object | null;
  }) {
    super();
    this.id = given.id;
    this.name = given.name;
    this.selected = given.selected;
    this.available = given.available;
    this.#variant = given.variant;
  }
  /** The variant that choosing this value leads to, the other options staying as they are. */
  get variant(): object | null {
    return this.#variant();
  }
  override toString(): string {
    return this.name;
  }
  override valueOf(): string {
    return this.name;
  }
  toJSON(): unknown {
    return this.name;
  }
}

/** The variant that has the chosen values of a product's options; null where some id is unknown or none has them. */
export function variantOfValues(product: DevProduct, ids: string): DevVariant | null {
  const wanted = ids.split(",");
  const has = (variant: DevVariant) =>
    variant.options.every((value, index) => String(optionValueId(product, index, value)) === wanted[index]);
  return product.variants.find(has) ?? null;
}

/** The values of one option of a product, with what is chosen and what can be bought. */
export function optionValues(
  product: DevProduct,
  position: number,
  chosen: DevVariant | undefined,
  toObject: (variant: DevVariant) => object,
): OptionValue[] {
  const names = [...new Set(product.variants.map((variant) => variant.options[position] ?? ""))];
  return names.map((name) => {
    const isWith = (variant: DevVariant) =>
      variant.options.every((value, index) => value === (index === position ? name : chosen?.options[index]));
    const variant = product.variants.find(isWith);
    // As at Shopify, a value is available where any variant with the options before it and this value is.
    const earlier = (each: DevVariant) =>
      each.options.every((value, index) => {
        if (index < position) return value === chosen?.options[index];
        return index > position || value === name;
      });
    return new OptionValue({
      id: optionValueId(product, position, name),
      name,
      selected: chosen?.options[position] === name,
      available: product.variants.some((each) => earlier(each) && isAvailable(each)),
      variant: () => (variant ? toObject(variant) : null),
    });
  });
}
