import type { DevProduct, DevSellingPlan, DevVariant, StoreContext } from "../shop/state.ts";
import { applyOrderDiscounts, applyProductDiscounts, type DiscountAnswer } from "../functions/apply-discounts.ts";
import { combinations, discountParts, narrowed, partKey } from "../functions/combine-discounts.ts";
import { askDiscountFunctions } from "../functions/discount-cart.ts";
import type { CartToDiscount } from "../functions/function-input.ts";
import { nativeAnswers } from "../functions/native-answers.ts";
import { classOf, discountOfCode } from "../shop/native-discounts.ts";
import { variantById } from "./catalog.ts";
import { planById, unitPriceMinor } from "./selling-plans.ts";
import type { Cart, CartLine } from "./cart.ts";
import { cartToDiscount, lineGid } from "./cart-to-discount.ts";
import { deliveryOptions } from "./delivery-options.ts";
import type { EnteredCode, PricedCart, PricedLine, PricedWithout } from "./priced-cart.ts";
import { present, type Visitor } from "./visitor.ts";

/** What lines cost with some of the discounts that were answered. */
function priceWith(
  { visitor, cart, known, input }: ToPrice,
  answers: DiscountAnswer[],
  combination: ReadonlySet<string>,
): Omit<PricedWithout, "combination"> {
  const inForce = narrowed(answers, combination);
  const allocations = applyProductDiscounts(input, inForce);
  const ownLines = known.map(({ line, product, variant, plan, unitMinor }, index) => {
    const own = allocations.filter((allocation) => allocation.lineId === input.lines[index]!.id);
    const originalMinor = unitMinor * line.quantity;
    const discountMinor = own.reduce((sum, allocation) => sum + allocation.amountMinor, 0);
    return {
      line,
      product,
      variant,
      unitMinor,
      allocations: own,
      originalMinor,
      discountMinor,
      finalMinor: originalMinor - discountMinor,
      sellingPlan: plan,
    };
  });
  const totals = new Map(ownLines.map((line, index) => [input.lines[index]!.id, line.finalMinor]));
  const orderAllocations = applyOrderDiscounts(input, inForce, totals);
  const lines = ownLines.map((line, index): PricedLine => {
    const shares = orderAllocations.map(({ shares, title, code }) => ({
      amountMinor: shares.get(input.lines[index]!.id) ?? 0,
      title,
      code,
    }));
    return { ...line, orderShares: shares.filter(({ amountMinor }) => amountMinor > 0) };
  });
  const subtotalMinor = lines.reduce((sum, line) => sum + line.finalMinor, 0);
  return {
    cart,
    currency: visitor.currency,
    lines,
    originalMinor: lines.reduce((sum, line) => sum + line.originalMinor, 0),
    subtotalMinor,
    orderAllocations,
    totalMinor: subtotalMinor - orderAllocations.reduce((sum, each) => sum + each.amountMinor, 0),
    itemCount: lines.reduce((sum, { line }) => sum + line.quantity, 0),
    requiresShipping: lines.some(({ variant }) => variant.requiresShipping),
  };
}

interface ToPrice {
  visitor: Visitor;
  cart: Cart;
  known: {
    line: CartLine;
    product: DevProduct;
    variant: DevVariant;
    plan: DevSellingPlan | null;
    unitMinor: number;
  }[];
  input: CartToDiscount;
}

/**
 * Works out what a cart costs this visitor: live prices in their currency, then the discounts of the shop's active
 * Functions and the merchant's own, as far as they may be combined. Of several combinations the one that saves most is
 * applied, with the first way to deliver the cart: "the best discount or combination of discounts automatically applies"
 * (https://help.shopify.com/en/manual/discounts/discount-combinations). Lines whose product has gone are left out.
 */
export async function priceCart(context: StoreContext, visitor: Visitor, cart: Cart): Promise<PricedCart> {
  const { shop } = context;
  const known = cart.lines.flatMap((line) => {
    const found = variantById(shop, line.variantId);
    if (!found) return [];
    const plan = planById(found.product, line.sellingPlanId);
    return [{ line, ...found, plan, unitMinor: unitPriceMinor(shop, visitor, found.variant, plan) }];
  });
  const asInput = known.map(({ line, product, variant, plan, unitMinor }, index) => ({
    id: lineGid(index, line),
    quantity: line.quantity,
    product,
    variant,
    unitMinor,
    compareAtMinor: variant.compareAtMinor === null ? null : present(variant.compareAtMinor, shop, visitor.market),
    totalMinor: unitMinor * line.quantity,
    properties: line.properties,
    sellingPlan: plan,
  }));
  const input = cartToDiscount(context, visitor, cart, asInput, []);
  const target = "cart.lines.discounts.generate.run";
  const answers = [
    ...(await askDiscountFunctions(target, input, context.extensionsDir)),
    ...nativeAnswers(target, input, cart.discountCodes),
  ];
  const price = (combination: ReadonlySet<string>): PricedWithout => ({
    ...priceWith({ visitor, cart, known, input }, answers, combination),
    combination,
  });
  const possible = combinations(discountParts(answers)).map((parts) =>
    price(new Set(parts.map(({ answer, as }) => partKey({ ...answer, as })))),
  );
  const best = await bestOf(context, visitor, possible);
  const codes: EnteredCode[] = [];
  for (const code of cart.discountCodes)
    codes.push({ code, state: await stateOf(context, visitor, code, best, price) });
  return { ...best, codes };
}

async function bestOf(context: StoreContext, visitor: Visitor, possible: PricedWithout[]): Promise<PricedWithout> {
  if (possible.length === 1) return possible[0]!;
  const saved: number[] = [];
  for (const priced of possible) {
    const [delivery] = await deliveryOptions(context, visitor, priced);
    saved.push(priced.originalMinor - priced.totalMinor + (delivery?.discountMinor ?? 0));
  }
  return possible[saved.indexOf(Math.max(...saved))]!;
}

async function stateOf(
  context: StoreContext,
  visitor: Visitor,
  code: string,
  best: PricedWithout,
  price: (combination: ReadonlySet<string>) => PricedWithout,
): Promise<EnteredCode["state"]> {
  const discount = discountOfCode(context.shop, code, context.now());
  if (discount === null) return "unknown";
  if (await gives(context, visitor, best, discount.id)) return "applied";
  const alone = price(new Set([partKey({ discountId: discount.id, as: classOf(discount) })]));
  return (await gives(context, visitor, alone, discount.id)) ? "not-combined" : "not-applicable";
}

/** Whether a discount takes anything off a priced cart or off its delivery. */
async function gives(context: StoreContext, visitor: Visitor, priced: PricedWithout, id: string): Promise<boolean> {
  const taken = [...priced.lines.flatMap(({ allocations }) => allocations), ...priced.orderAllocations];
  if (taken.some(({ discountId }) => discountId === id)) return true;
  return (await deliveryOptions(context, visitor, priced)).some(({ discountId }) => discountId === id);
}
