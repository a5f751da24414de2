import type { DevDiscountAllocation, DevOrder } from "./state.ts";

/** What a discount takes something off. */
export type DiscountTarget = "LINE_ITEM" | "SHIPPING_LINE";

/** A discount of an order: Shopify lists it once, whatever it took something off, but lines and shipping apart. */
export interface DiscountApplication extends Pick<DevDiscountAllocation, "title" | "code" | "ofOrder"> {
  target: DiscountTarget;
}

/** The discounts of an order, those of its lines first. What was allocated names them by their places. */
export function discountApplications({ lines, shippingDiscounts = [] }: DevOrder): DiscountApplication[] {
  const found = new Map<string, DiscountApplication>();
  const add = (target: DiscountTarget) => (allocation: DevDiscountAllocation) => {
    const key = keyOf(allocation, target);
    const { title, code, ofOrder } = allocation;
    if (!found.has(key)) {
      found.set(key, { target, title, ...(code && { code }), ...(ofOrder && { ofOrder }) });
    }
  };
  for (const { discounts } of lines) discounts.forEach(add("LINE_ITEM"));
  shippingDiscounts.forEach(add("SHIPPING_LINE"));
  return [...found.values()];
}

/** The codes that took something off an order or off its shipping. */
export function enteredCodes(order: DevOrder): string[] {
  return [...new Set(discountApplications(order).flatMap(({ code }) => code ?? []))];
}

/** The place of what was allocated among {@link discountApplications}. */
export function applicationIndex(allocation: DevDiscountAllocation, target: DiscountTarget, order: DevOrder): number {
  const key = keyOf(allocation, target);
  return discountApplications(order).findIndex((each) => keyOf(each, each.target) === key);
}

function keyOf({ title, code = "" }: Pick<DevDiscountAllocation, "title" | "code">, target: DiscountTarget): string {
  return `${target}\n${code}\n${title}`;
}

/** Whether something of an order is sent: only then has it a shipping line, even where that costs nothing. */
export function hasShippingLine({ shippingMinor, sourceName, lines }: DevOrder): boolean {
  return shippingMinor > 0 || (sourceName !== "pos" && lines.some(({ requiresShipping }) => requiresShipping));
}
