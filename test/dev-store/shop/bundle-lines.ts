import { allocateMinor } from "../../../app/domain/money/allocate.ts";
import type { DevComponent, DevLineGroup, DevProduct, DevVariant, OrderDraft } from "./state.ts";

type Line = OrderDraft["lines"][number];

/** Where components are looked up. */
interface Catalogue {
  variant(id: string): DevVariant | null;
  product(id: string): DevProduct | undefined;
  nextGroup(): string;
}

/** Units of one component that cost the same. */
interface PricedUnits {
  variant: DevVariant;
  quantity: number;
  unitPriceMinor: number;
}

/**
 * Orders list the components of a bundle, each with its part of the bundle's price, and name the bundle as their group.
 * What stood on the bundle's line in the cart stands on the group. A line that is no bundle stays as it is.
 */
export function expandBundles(lines: readonly Line[], catalogue: Catalogue): Line[] {
  return lines.flatMap((line) => {
    const components = line.variantId === null ? undefined : catalogue.variant(line.variantId)?.components;
    return components === undefined ? [line] : expanded(line, components, catalogue);
  });
}

function expanded(line: Line, components: readonly DevComponent[], catalogue: Catalogue): Line[] {
  const group: DevLineGroup = {
    ...{ id: catalogue.nextGroup(), title: line.title, quantity: line.quantity },
    ...{ productId: line.productId, variantId: line.variantId, properties: line.properties },
  };
  const units = pricedUnits(line.unitPriceMinor, components, catalogue);
  // What components cost in the buyer's currency is converted: the bundle's own price there is that of the whole.
  const { paidUnitPriceMinor: _, ...ofLine } = line;
  const weights = units.map(({ quantity, unitPriceMinor }) => quantity * unitPriceMinor);
  const discounts = line.discounts.map(({ paidMinor: _, ...each }) => ({
    ...each,
    parts: allocateMinor(each.amountMinor, weights),
  }));
  return units.map(({ variant, quantity, unitPriceMinor }, place): Line => {
    const product = catalogue.product(variant.productId);
    return {
      ...ofLine,
      ...{ productId: variant.productId, variantId: variant.id, title: product?.title ?? variant.title },
      ...{ sku: variant.sku, quantity: quantity * line.quantity, unitPriceMinor },
      discounts: discounts.flatMap(({ parts, ...each }) =>
        parts[place] === 0 ? [] : [{ ...each, amountMinor: parts[place]! }],
      ),
      ...{ isGiftCard: false, requiresShipping: variant.requiresShipping, properties: {}, group },
    };
  });
}

/** A bundle's price over its units by what they cost apart, to the smallest unit; evenly where they cost nothing. */
function pricedUnits(priceMinor: number, components: readonly DevComponent[], catalogue: Catalogue): PricedUnits[] {
  const units = components.flatMap(({ variantId, quantity }) => {
    const variant = catalogue.variant(variantId);
    return variant === null ? [] : Array.from({ length: quantity }, () => variant);
  });
  const worth = units.map((variant) => variant.priceMinor);
  const isFree = worth.every((price) => price === 0);
  const prices = allocateMinor(priceMinor, isFree ? worth.map(() => 1) : worth);
  const priced: PricedUnits[] = [];
  for (const [place, variant] of units.entries()) {
    const same = priced.find((one) => one.variant.id === variant.id && one.unitPriceMinor === prices[place]);
    if (same === undefined) priced.push({ variant, quantity: 1, unitPriceMinor: prices[place]! });
    else same.quantity += 1;
  }
  return priced;
}
