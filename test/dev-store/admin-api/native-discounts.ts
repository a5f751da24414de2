import { GraphQLError } from "graphql";
import { gidOf, parseGid } from "../shop/gid.ts";
import { parseAmount } from "../shop/money.ts";
import { classOf, discountStatus } from "../shop/native-discounts.ts";
import type { DevNativeDiscount } from "../shop/state.ts";
import type { AdminContext } from "./context.ts";
import { iso, list, requireScope, typed, type Args, type Fields, type TypeFields } from "./fields.ts";
import { moneyV2 } from "./money-bag.ts";

/**
 * The merchant's own discounts: `discountCodeBasicCreate` and its three siblings, as far as the dev store's checkout
 * knows what they ask for. Anything else of their inputs is an error that names it.
 */

/** What of the four inputs is read; the rest is refused unless it says what is so anyway. */
interface NativeInput {
  title?: string | null;
  code?: string | null;
  startsAt?: string | null;
  endsAt?: string | null;
  combinesWith?: Partial<DevNativeDiscount["combinesWith"]> | null;
  customerGets?: {
    items?: { all?: boolean | null; products?: { productsToAdd?: string[] | null } | null } | null;
    value?: {
      percentage?: number | null;
      discountAmount?: { amount?: string | null; appliesOnEachItem?: boolean | null } | null;
    } | null;
  } | null;
  minimumRequirement?: {
    subtotal?: { greaterThanOrEqualToSubtotal?: string | null } | null;
    quantity?: { greaterThanOrEqualToQuantity?: string | number | null } | null;
  } | null;
}

/** What each part of an input may hold. A value instead of `true` is the only one that may be given. */
const KNOWN: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "": {
    ...{ title: true, code: true, startsAt: true, endsAt: true, combinesWith: true, customerGets: true },
    ...{ minimumRequirement: true, context: '{"all":"ALL"}', destination: '{"all":true}' },
    ...{ appliesOnOneTimePurchase: "true", appliesOnSubscription: "false", appliesOncePerCustomer: "false" },
  },
  combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true },
  customerGets: { items: true, value: true, appliesOnOneTimePurchase: "true", appliesOnSubscription: "false" },
  "customerGets.items": { all: true, products: true },
  "customerGets.items.products": { productsToAdd: true },
  "customerGets.value": { percentage: true, discountAmount: true },
};

function refuseUnknown(value: object, path: string): void {
  const known = KNOWN[path];
  if (known === undefined) return;
  for (const [key, part] of Object.entries(value)) {
    const at = path === "" ? key : `${path}.${key}`;
    const only = Object.hasOwn(known, key) ? known[key] : undefined;
    if (part === null || part === undefined) continue;
    if (only !== true && only !== JSON.stringify(part)) {
      throw new GraphQLError(`The dev store has no discounts with ${at} ${JSON.stringify(part)}.`);
    }
    if (typeof part === "object") refuseUnknown(part as object, at);
  }
}

interface Kind {
  readonly argument: string;
  readonly isCode: boolean;
  readonly isShipping: boolean;
}

const KINDS: Readonly<Record<string, Kind>> = {
  discountCodeBasicCreate: { argument: "basicCodeDiscount", isCode: true, isShipping: false },
  discountAutomaticBasicCreate: { argument: "automaticBasicDiscount", isCode: false, isShipping: false },
  discountCodeFreeShippingCreate: { argument: "freeShippingCodeDiscount", isCode: true, isShipping: true },
  discountAutomaticFreeShippingCreate: {
    ...{ argument: "freeShippingAutomaticDiscount", isCode: false, isShipping: true },
  },
};

function offOf({ customerGets }: NativeInput, currency: string): DevNativeDiscount["off"] | null {
  const { percentage, discountAmount } = customerGets?.value ?? {};
  if (typeof percentage === "number") return { percent: Math.round(percentage * 10_000) / 100 };
  if (!discountAmount?.amount) return null;
  return {
    minor: parseAmount(discountAmount.amount, currency),
    each: discountAmount.appliesOnEachItem === true,
  };
}

function minimumOf({ minimumRequirement }: NativeInput, currency: string): DevNativeDiscount["minimum"] {
  const subtotal = minimumRequirement?.subtotal?.greaterThanOrEqualToSubtotal;
  const quantity = minimumRequirement?.quantity?.greaterThanOrEqualToQuantity;
  if (subtotal) return { subtotalMinor: parseAmount(subtotal, currency) };
  return quantity ? { quantity: Number(quantity) } : null;
}

function productsOf({ customerGets }: NativeInput): string[] | null {
  const items = customerGets?.items;
  if (items === null || items === undefined || items.all === true) return null;
  return (items.products?.productsToAdd ?? []).map((id) => parseGid(id)?.id ?? id);
}

type Problem = [field: string | null, message: string, code: string];

/** Automatic discounts are known by their titles, codes by what shoppers enter. */
function namingProblems({ title, code }: NativeInput, { isCode }: Kind, context: AdminContext): Problem[] {
  const natives = [...(context.shop.nativeDiscounts?.values() ?? [])];
  if (isCode) {
    if (!code?.trim()) return [["code", "Code can't be blank", "BLANK"]];
    const taken = natives.some((other) => other.code?.toLowerCase() === code.toLowerCase());
    return taken ? [["code", "Code must be unique. Please try a different code.", "TAKEN"]] : [];
  }
  if (!title?.trim()) return [["title", "Title can't be blank", "BLANK"]];
  const automatic = [...natives.filter((other) => other.code === null), ...context.shop.discounts.values()];
  const taken = automatic.some((other) => other.title === title && discountStatus(other, context.now()) !== "EXPIRED");
  return taken ? [["title", "Title must be unique for automatic discount", "TAKEN"]] : [];
}

function problemsOf(input: NativeInput, kind: Kind, context: AdminContext): Problem[] {
  const problems = namingProblems(input, kind, context);
  const { startsAt, endsAt, minimumRequirement, combinesWith } = input;
  const starts = Date.parse(startsAt ?? "");
  if (!startsAt) problems.push(["startsAt", "Starts at can't be blank", "BLANK"]);
  if (startsAt && endsAt && Date.parse(endsAt) <= starts) {
    problems.push(["endsAt", "Ends at needs to be after starts_at", "END_DATE_BEFORE_START_DATE"]);
  }
  if (minimumRequirement?.subtotal && minimumRequirement.quantity) {
    const message = "Only one of minimum subtotal and minimum quantity can be present";
    problems.push(["minimumRequirement", message, "MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT"]);
  }
  if (kind.isShipping) {
    if (combinesWith?.shippingDiscounts !== true) return problems;
    const message = "The combinesWith settings are not valid for the discount class.";
    return [...problems, ["combinesWith", message, "INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS"]];
  }
  const off = offOf(input, context.shop.currency);
  if (off === null) problems.push(["customerGets", "Value can't be blank", "BLANK"]);
  if (off !== null && off !== "free-shipping" && "percent" in off && !(off.percent > 0 && off.percent <= 100)) {
    problems.push(["customerGets", "Value must be between 0.0 and 1.0", "VALUE_OUTSIDE_RANGE"]);
  }
  if (productsOf(input)?.some((id) => !context.shop.products.has(id))) {
    problems.push(["customerGets", "Products do not exist", "INVALID"]);
  }
  return problems;
}

function create(mutation: string, args: Args, context: AdminContext): object {
  requireScope(context, mutation, "write_discounts");
  const kind = KINDS[mutation]!;
  const input = args[kind.argument] as NativeInput;
  refuseUnknown(input, "");
  const answers = kind.isCode ? "codeDiscountNode" : "automaticDiscountNode";
  const problems = problemsOf(input, kind, context);
  if (problems.length > 0) {
    const userErrors = problems.map(([field, message, code]) => ({
      field: field === null ? [kind.argument] : [kind.argument, field],
      ...{ message, code, extraInfo: null },
    }));
    return { [answers]: null, userErrors };
  }
  const { currency } = context.shop;
  const { orderDiscounts = false, productDiscounts = false, shippingDiscounts = false } = input.combinesWith ?? {};
  const discount: DevNativeDiscount = {
    id: context.changes.nextId("discount"),
    title: input.title || (input.code ?? ""),
    code: kind.isCode ? input.code! : null,
    off: kind.isShipping ? "free-shipping" : offOf(input, currency)!,
    products: productsOf(input),
    minimum: minimumOf(input, currency),
    combinesWith: { orderDiscounts, productDiscounts, shippingDiscounts },
    startsAt: Date.parse(input.startsAt!),
    endsAt: input.endsAt ? Date.parse(input.endsAt) : null,
  };
  context.changes.putNativeDiscount(discount);
  return { [answers]: discount, userErrors: [] };
}

/** The merchant's own discount of a number, by code or automatic; null for none. */
export function nativeDiscount(id: string, isCode: boolean, { shop }: AdminContext): DevNativeDiscount | null {
  const found = shop.nativeDiscounts?.get(id);
  return found === undefined || (found.code !== null) !== isCode ? null : found;
}

/** A merchant's own discount as its GraphQL type. */
export function nativeType(discount: DevNativeDiscount): DevNativeDiscount & { __typename: string } {
  const method = discount.code === null ? "Automatic" : "Code";
  return typed(`Discount${method}${discount.off === "free-shipping" ? "FreeShipping" : "Basic"}`, discount);
}

const common: Fields<DevNativeDiscount> = {
  title: ({ title }) => title,
  status: (source, _args, context) => discountStatus(source, context.now()),
  discountClasses: (source) => [classOf(source)],
  combinesWith: ({ combinesWith }) => combinesWith,
  startsAt: ({ startsAt }) => iso(startsAt),
  endsAt: ({ endsAt }) => (endsAt === null ? null : iso(endsAt)),
  createdAt: ({ startsAt }) => iso(startsAt),
  updatedAt: ({ startsAt }) => iso(startsAt),
  asyncUsageCount: () => 0,
  minimumRequirement: ({ minimum }, _args, { shop }) => {
    if (minimum === null) return null;
    if ("quantity" in minimum) {
      return { __typename: "DiscountMinimumQuantity", greaterThanOrEqualToQuantity: String(minimum.quantity) };
    }
    return {
      __typename: "DiscountMinimumSubtotal",
      greaterThanOrEqualToSubtotal: moneyV2(minimum.subtotalMinor, shop.currency),
    };
  },
};

const basic: Fields<DevNativeDiscount> = {
  ...common,
  customerGets: ({ off, products }, _args, { shop }) => ({
    appliesOnOneTimePurchase: true,
    appliesOnSubscription: false,
    items:
      products === null
        ? { __typename: "AllDiscountItems", allItems: true }
        : typed("DiscountProducts", { productIds: products }),
    value:
      off === "free-shipping" || "percent" in off
        ? { __typename: "DiscountPercentage", percentage: off === "free-shipping" ? 1 : off.percent / 100 }
        : {
            ...{ __typename: "DiscountAmount", amount: moneyV2(off.minor, shop.currency) },
            appliesOnEachItem: off.each,
          },
  }),
};

const freeShipping: Fields<DevNativeDiscount> = {
  ...common,
  appliesOnOneTimePurchase: () => true,
  appliesOnSubscription: () => false,
  maximumShippingPrice: () => null,
  destinationSelection: () => ({ __typename: "DiscountCountryAll", allCountries: true }),
};

const ofCode: Fields<DevNativeDiscount> = {
  codes: list(({ id, code }) => [{ id: gidOf("DiscountRedeemCode", id), code, asyncUsageCount: 0 }]),
  appliesOncePerCustomer: () => false,
  usageLimit: () => null,
};

const codeNode: Fields<DevNativeDiscount> = {
  id: ({ id }) => gidOf("DiscountCodeNode", id),
  codeDiscount: nativeType,
};

const missing = { field: ["id"], message: "Code discount does not exist.", code: "INVALID", extraInfo: null };

const mutation: Fields<null> = {
  ...Object.fromEntries(
    Object.keys(KINDS).map((name) => [
      name,
      (_source: null, args: Args, context: AdminContext) => create(name, args, context),
    ]),
  ),
  discountCodeDelete: (_source, args, context) => {
    requireScope(context, "discountCodeDelete", "write_discounts");
    const existing = nativeDiscount(parseGid(String(args.id))?.id ?? "", true, context);
    if (existing === null) return { deletedCodeDiscountId: null, userErrors: [missing] };
    context.changes.deleteNativeDiscount(existing.id);
    return { deletedCodeDiscountId: gidOf("DiscountCodeNode", existing.id), userErrors: [] };
  },
};

const query: Fields<null> = {
  codeDiscountNodeByCode: (_source, args, context) => {
    requireScope(context, "codeDiscountNodeByCode", "read_discounts");
    const entered = String(args.code).toLowerCase();
    return (
      [...(context.shop.nativeDiscounts?.values() ?? [])].find(({ code }) => code?.toLowerCase() === entered) ?? null
    );
  },
};

export const nativeDiscountFields: TypeFields = {
  QueryRoot: query,
  Mutation: mutation,
  DiscountCodeNode: codeNode,
  DiscountCodeBasic: { ...basic, ...ofCode },
  DiscountCodeFreeShipping: { ...freeShipping, ...ofCode },
  DiscountAutomaticBasic: basic,
  DiscountAutomaticFreeShipping: freeShipping,
  DiscountProducts: {
    products: list<{ productIds: readonly string[] }>(({ productIds }, _args, { shop }) =>
      productIds.flatMap((id) => shop.products.get(id) ?? []),
    ),
  } satisfies Fields<{ productIds: readonly string[] }>,
};
