import type { DevProduct, DevSellingPlan, DevVariant, StoreContext } from "../shop/state.ts";
import {
  applyDeliveryDiscounts,
  applyOrderDiscounts,
  applyProductDiscounts,
  type DiscountAnswer,
  type LineAllocation,
  type OrderAllocation,
} from "../functions/apply-discounts.ts";
import { combinations, discountParts, narrowed, partKey } from "../functions/combine-discounts.ts";
import { askDiscountFunctions } from "../functions/discount-cart.ts";
import type { CartToDiscount, LineToDiscount, OptionToDiscount } from "../functions/function-input.ts";
import { nativeAnswers } from "../functions/native-answers.ts";
import { classOf, discountOfCode } from "../shop/native-discounts.ts";
import { variantById } from "./catalog.ts";
import { planById, unitPriceMinor } from "./selling-plans.ts";
import type { Cart, CartLine } from "./cart.ts";
import { type Customer, customerById } from "./customers.ts";
import { homeCountry, present, type Visitor } from "./visitor.ts";

/** A cart line with what it costs now. Amounts in presentment minor units. */
export interface PricedLine {
  line: CartLine;
  product: DevProduct;
  variant: DevVariant;
  unitMinor: number;
  allocations: LineAllocation[];
  /** What discounts on the order take off the line; not in `finalMinor`. */
  orderShares: { amountMinor: number; title: string; code: string | null }[];
  originalMinor: number;
  discountMinor: number;
  /** After line discounts. */
  finalMinor: number;
  sellingPlan: DevSellingPlan | null;
}

export interface PricedCart {
  cart: Cart;
  currency: string;
  lines: PricedLine[];
  originalMinor: number;
  /** After line discounts, before order discounts. */
  subtotalMinor: number;
  orderAllocations: OrderAllocation[];
  /** After all discounts, before delivery. */
  totalMinor: number;
  itemCount: number;
  requiresShipping: boolean;
  /** What of the discounts is in the combination that saves most: see `partKey`. */
  combination: ReadonlySet<string>;
  /** What became of each code that the buyer entered. */
  codes: EnteredCode[];
}

export interface EnteredCode {
  /** As the buyer wrote it. */
  code: string;
  /** Without a discount; with one that gives this cart nothing; with one that others keep out; or applied. */
  state: "unknown" | "not-applicable" | "not-combined" | "applied";
}

export interface DeliveryOption {
  handle: string;
  costMinor: number;
  discountMinor: number;
  discountTitle: string | null;
  /** What the shopper entered for the discount; null for an automatic one and for none. */
  discountCode: string | null;
  discountId: string | null;
}

const lineGid = (index: number, line: CartLine) => `gid://shopify/CartLine/${index}-${line.key.replace(":", "-")}`;

function buyer({ id, orders, business, tags }: Customer): CartToDiscount["customer"] {
  return { id, orders: orders.length, business, tags };
}

function toDiscount(
  context: StoreContext,
  visitor: Visitor,
  cart: Cart,
  lines: LineToDiscount[],
  deliveryOptions: OptionToDiscount[],
): CartToDiscount {
  return {
    shop: context.shop,
    market: visitor.market,
    country: visitor.country,
    customer: visitor.customerId === null ? null : buyer(customerById(context.shop, visitor.customerId)),
    locale: visitor.locale,
    now: context.now(),
    attributes: cart.attributes,
    lines,
    deliveryOptions,
  };
}

/** A cart priced with one combination of discounts, of which it is not asked what became of each code. */
type PricedWithout = Omit<PricedCart, "codes">;

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
  const input = toDiscount(context, visitor, cart, asInput, []);
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

/** How much dearer the fast way is than the standard one. */
const EXPRESS_FACTOR = 2;

/** What the shop offers a visitor before any discount: first what is chosen unless the buyer chooses another. */
function optionsFor({ shop }: StoreContext, visitor: Visitor, priced: PricedWithout): OptionToDiscount[] {
  const { flatMinor, freeFromMinor, freeCountries, localMinor, pickUpMinor } = shop.shipping;
  const cost = (amountMinor: number) => present(amountMinor, shop, visitor.market);
  const isFreeHere = freeCountries?.includes(visitor.country) ?? true;
  const isFree = isFreeHere && freeFromMinor !== null && priced.totalMinor >= cost(freeFromMinor);
  const options: OptionToDiscount[] = [
    { handle: "standard", title: "Standard", method: "SHIPPING", costMinor: isFree ? 0 : cost(flatMinor) },
    { handle: "express", title: "Express", method: "SHIPPING", costMinor: cost(flatMinor) * EXPRESS_FACTOR },
  ];
  if (visitor.country !== homeCountry(shop)) return options;
  if (localMinor !== undefined) {
    options.push({ handle: "local", title: "Local delivery", method: "LOCAL", costMinor: cost(localMinor) });
  }
  if (pickUpMinor !== undefined) {
    options.push({ handle: "pick-up", title: "Pick-up in store", method: "PICK_UP", costMinor: cost(pickUpMinor) });
  }
  return options;
}

/**
 * The ways a cart can be delivered and what each costs, the delivery Function's discounts taken off. The Function
 * sees the subtotal after product discounts. Nothing for a cart that does not ship.
 */
export async function deliveryOptions(
  context: StoreContext,
  visitor: Visitor,
  priced: PricedWithout,
): Promise<DeliveryOption[]> {
  if (!priced.requiresShipping) return [];
  const options = optionsFor(context, visitor, priced);
  const lines = priced.lines.map(({ line, product, variant, unitMinor, finalMinor, sellingPlan }, index) => ({
    id: lineGid(index, line),
    quantity: line.quantity,
    product,
    variant,
    unitMinor,
    compareAtMinor: null,
    totalMinor: finalMinor,
    properties: line.properties,
    sellingPlan,
  }));
  const input = toDiscount(context, visitor, priced.cart, lines, options);
  const target = "cart.delivery-options.discounts.generate.run";
  const answers = [
    ...(await askDiscountFunctions(target, input, context.extensionsDir)),
    ...nativeAnswers(target, input, priced.cart.discountCodes),
  ];
  const applied = applyDeliveryDiscounts(input, narrowed(answers, priced.combination));
  return options.map(({ handle, costMinor }) => {
    const discount = applied.find((each) => each.handle === handle);
    return {
      handle,
      costMinor,
      discountMinor: discount?.amountMinor ?? 0,
      discountTitle: discount?.title ?? null,
      discountCode: discount?.code ?? null,
      discountId: discount?.discountId ?? null,
    };
  });
}
