import { toHundredths } from "../../../app/domain/money/hundredths.ts";
import type {
  DevPriceAdjustment,
  DevProduct,
  DevSellingPlan,
  DevShop,
  DevVariant,
  StoreContext,
} from "../shop/state.ts";
import { present, presentPrice, type Visitor } from "./visitor.ts";

/** What the plans of a product are grouped under where nothing else is said. */
const GROUP_NAME = "Subscription";
const OPTION_NAME = "Delivery";

/** A plan of a product; null where it has no such plan. */
export function planById(product: DevProduct, id: string | null): DevSellingPlan | null {
  return product.sellingPlans?.find((plan) => plan.id === id) ?? null;
}

/** A price after a plan's adjustment, in the shop's minor units; the price itself where it adjusts nothing. */
function adjusted(priceMinor: number, adjustment: DevPriceAdjustment | undefined): number {
  if (adjustment === undefined) return priceMinor;
  const { valueType, value } = adjustment;
  if (valueType === "price") return value;
  if (valueType === "fixed_amount") return Math.max(0, priceMinor - value);
  return Math.round((priceMinor * (100 - value)) / 100);
}

/** What a variant costs with a plan from one of its adjustments on, in the shop's minor units: all that is paid at once. */
export function planPriceMinor(variant: DevVariant, plan: DevSellingPlan, at = 0): number {
  return adjusted(variant.priceMinor, plan.adjustments?.[at]) * (plan.deliveriesPerPayment ?? 1);
}

/** A variant's price for a visitor, in presentment minor units, with a plan or bought once. */
export function unitPriceMinor(shop: DevShop, visitor: Visitor, variant: DevVariant, plan: DevSellingPlan | null) {
  if (plan === null) return presentPrice(variant, shop, visitor.market);
  return present(planPriceMinor(variant, plan), shop, visitor.market);
}

/** `selling_plan`, as Liquid and the Ajax API have it. */
function planShape(context: StoreContext, visitor: Visitor, product: DevProduct, plan: DevSellingPlan) {
  const valueOf = ({ valueType, value }: DevPriceAdjustment) =>
    valueType === "percentage" ? value : hundredths(context, visitor, value);
  return {
    id: Number(plan.id),
    name: plan.name,
    description: null,
    group_id: groupId(product),
    options: [{ name: OPTION_NAME, position: 1, value: plan.name }],
    recurring_deliveries: plan.recurring ?? true,
    price_adjustments: (plan.adjustments ?? []).map((each, index) => ({
      order_count: each.orderCount,
      position: index + 1,
      value_type: each.valueType,
      value: valueOf(each),
    })),
  };
}

/** `selling_plan_allocation`: what a plan makes of one variant's price. Amounts in hundredths of the visitor's currency. */
export function planAllocation(
  context: StoreContext,
  visitor: Visitor,
  { product, variant, plan }: { product: DevProduct; variant: DevVariant; plan: DevSellingPlan },
) {
  const deliveries = plan.deliveriesPerPayment ?? 1;
  const priceMinor = planPriceMinor(variant, plan);
  const price = hundredths(context, visitor, priceMinor);
  return {
    price_adjustments: (plan.adjustments ?? []).map((_each, index) => ({
      position: index + 1,
      price: hundredths(context, visitor, planPriceMinor(variant, plan, index)),
    })),
    price,
    compare_at_price: hundredths(context, visitor, variant.priceMinor * deliveries),
    per_delivery_price: Math.round(price / deliveries),
    checkout_charge_amount: price,
    selling_plan_group_id: groupId(product),
    selling_plan: planShape(context, visitor, product, plan),
  };
}

/** `variant.selling_plan_allocations`: of every plan of its product. */
export function planAllocations(context: StoreContext, visitor: Visitor, product: DevProduct, variant: DevVariant) {
  return (product.sellingPlans ?? []).map((plan) => planAllocation(context, visitor, { product, variant, plan }));
}

/** `product.selling_plan_groups`: one group with all plans of the product; none without a plan. */
export function planGroups(context: StoreContext, visitor: Visitor, product: DevProduct) {
  const plans = product.sellingPlans ?? [];
  if (plans.length === 0) return [];
  return [
    {
      id: groupId(product),
      name: GROUP_NAME,
      app_id: "dev-subscriptions",
      options: [{ name: OPTION_NAME, position: 1, values: plans.map(({ name }) => name) }],
      selling_plans: plans.map((plan) => planShape(context, visitor, product, plan)),
    },
  ];
}

/** The groups of a product, as the Admin API has them. */
export function adminPlanGroups(product: DevProduct): { id: string; name: string; plans: DevSellingPlan[] }[] {
  const plans = product.sellingPlans ?? [];
  return plans.length === 0 ? [] : [{ id: product.id, name: GROUP_NAME, plans }];
}

const groupId = ({ id }: DevProduct) => `group-${id}`;

function hundredths(context: StoreContext, visitor: Visitor, amountMinor: number): number {
  return toHundredths({
    amountMinor: present(amountMinor, context.shop, visitor.market),
    currency: visitor.currency,
  });
}
