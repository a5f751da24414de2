import type { DevProduct, DevSellingPlan, DevVariant, StoreContext } from "../shop/state.ts";
import {
  applyDeliveryDiscounts,
  applyOrderDiscounts,
  applyProductDiscounts,
  type LineAllocation,
  type OrderAllocation,
} from "../functions/apply-discounts.ts";
import { askDiscountFunctions } from "../functions/discount-cart.ts";
import type { CartToDiscount, LineToDiscount, OptionToDiscount } from "../functions/function-input.ts";
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
  orderShares: { amountMinor: number; title: string }[];
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
}

export interface DeliveryOption {
  handle: string;
  costMinor: number;
  discountMinor: number;
  discountTitle: string | null;
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

/**
 * Works out what a cart costs this visitor: live prices in their currency, then the discounts of the shop's active
 * Functions. Lines whose product has gone are left out.
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
  const answers = await askDiscountFunctions("cart.lines.discounts.generate.run", input, context.extensionsDir);
  const allocations = applyProductDiscounts(input, answers);
  const ownLines = known.map(({ line, product, variant, unitMinor }, index) => {
    const own = allocations.filter((allocation) => allocation.lineId === asInput[index]!.id);
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
      sellingPlan: asInput[index]!.sellingPlan,
    };
  });
  const totals = new Map(ownLines.map((line, index) => [asInput[index]!.id, line.finalMinor]));
  const orderAllocations = applyOrderDiscounts(input, answers, totals);
  const lines = ownLines.map((line, index): PricedLine => {
    const shares = orderAllocations.map(({ shares, title }) => ({
      amountMinor: shares.get(asInput[index]!.id) ?? 0,
      title,
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

/** How much dearer the fast way is than the standard one. */
const EXPRESS_FACTOR = 2;

/** What the shop offers a visitor before any discount: first what is chosen unless the buyer chooses another. */
function optionsFor({ shop }: StoreContext, visitor: Visitor, priced: PricedCart): OptionToDiscount[] {
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
  priced: PricedCart,
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
  const applied = applyDeliveryDiscounts(input, await askDiscountFunctions(target, input, context.extensionsDir));
  return options.map(({ handle, costMinor }) => {
    const discount = applied.find((each) => each.handle === handle);
    return {
      handle,
      costMinor,
      discountMinor: discount?.amountMinor ?? 0,
      discountTitle: discount?.title ?? null,
    };
  });
}
