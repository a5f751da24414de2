import type { DiscountClass } from "../shop/native-discounts.ts";
import type { DiscountAnswer } from "./apply-discounts.ts";

/** What one discount does as one of its classes. The parts of one discount always go together. */
export interface DiscountPart {
  readonly answer: DiscountAnswer;
  readonly as: DiscountClass;
}

const OPERATION = { PRODUCT: "productDiscountsAdd", ORDER: "orderDiscountsAdd" } as const;

/** What discounts do in a cart. What they do about delivery is not known before the rest is. */
export function discountParts(answers: readonly DiscountAnswer[]): DiscountPart[] {
  return answers.flatMap((answer) =>
    answer.classes
      .filter((as) => as === "SHIPPING" || answer.operations.some((operation) => operation[OPERATION[as]]))
      .map((as) => ({ answer, as })),
  );
}

function allows({ answer: { combinesWith } }: DiscountPart, as: DiscountClass): boolean {
  if (as === "PRODUCT") return combinesWith.productDiscounts;
  return as === "ORDER" ? combinesWith.orderDiscounts : combinesWith.shippingDiscounts;
}

/** Whether two parts may be in one order: both discounts must allow the other's class, and shipping has one at most. */
function mayCombine(one: DiscountPart, other: DiscountPart): boolean {
  if (one.answer.discountId === other.answer.discountId) return true;
  if (one.as === "SHIPPING" && other.as === "SHIPPING") return false;
  return allows(one, other.as) && allows(other, one.as);
}

/**
 * The sets of parts that may be in one order and to which none can be added: the maximal cliques of the graph of what may
 * be combined, by Bron and Kerbosch's algorithm with a pivot. Sets with earlier parts come first.
 */
export function combinations(parts: readonly DiscountPart[]): DiscountPart[][] {
  const found: DiscountPart[][] = [];
  const extend = (chosen: DiscountPart[], open: DiscountPart[], passed: DiscountPart[]): void => {
    if (open.length === 0 && passed.length === 0) found.push(chosen);
    const reach = (part: DiscountPart) => open.filter((other) => mayCombine(part, other)).length;
    const pivot = [...open, ...passed].sort((a, b) => reach(b) - reach(a))[0];
    for (const part of open.filter((each) => each === pivot || !mayCombine(each, pivot!))) {
      const fits = (other: DiscountPart) => other !== part && mayCombine(other, part);
      extend([...chosen, part], open.filter(fits), passed.filter(fits));
      open = open.filter((other) => other !== part);
      passed = [...passed, part];
    }
  };
  extend([], [...parts], []);
  const place = (part: DiscountPart) => parts.indexOf(part);
  const ordered = found.map((each) => each.sort((a, b) => place(a) - place(b)));
  return ordered.sort((a, b) => {
    const at = a.findIndex((part, index) => part !== b[index]);
    return at === -1 ? 0 : place(a[at]!) - place(b[at] ?? a[at]!);
  });
}

/** What identifies a part. */
export function partKey({ discountId, as }: { readonly discountId: string; readonly as: DiscountClass }): string {
  return `${discountId} ${as}`;
}

/** The answers without what is not in a combination. */
export function narrowed(answers: readonly DiscountAnswer[], combination: ReadonlySet<string>): DiscountAnswer[] {
  return answers.map((answer) => ({
    ...answer,
    classes: answer.classes.filter((as) => combination.has(partKey({ ...answer, as }))),
  }));
}
