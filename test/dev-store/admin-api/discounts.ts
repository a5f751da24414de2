import { GraphQLError } from "graphql";
import { gidOf, parseGid } from "../shop/gid.ts";
import { discountStatus } from "../shop/native-discounts.ts";
import type { DevDiscountNode, DevNativeDiscount } from "../shop/state.ts";
import type { AdminContext } from "./context.ts";
import { iso, list, requireScope, typed, type Fields, type TypeFields } from "./fields.ts";
import { canonicalOwner, inlineMetafieldProblem, metafieldFields, writeMetafields } from "./metafields.ts";
import { nativeDiscount, nativeType } from "./native-discounts.ts";
import { matchesText, searchItems, type SearchTerm } from "./search.ts";

const MAX_ACTIVE_APP_DISCOUNTS = 25;

interface DiscountInput {
  title?: string | null;
  functionHandle?: string | null;
  functionId?: string | null;
  startsAt?: string | null;
  endsAt?: string | null;
  discountClasses?: DevDiscountNode["discountClasses"] | null;
  combinesWith?: Partial<DevDiscountNode["combinesWith"]> | null;
  appliesOnOneTimePurchase?: boolean | null;
  appliesOnSubscription?: boolean | null;
  metafields?: { namespace?: string | null; key?: string | null; type?: string | null; value?: string | null }[] | null;
}

interface DiscountError {
  field: string[] | null;
  message: string;
  code: string;
  extraInfo: null;
}

const INPUT = "automaticAppDiscount";

function error(field: string | null, message: string, code: string): DiscountError {
  return { field: field === null ? [INPUT] : [INPUT, field], message, code, extraInfo: null };
}

function identifierProblem(input: DiscountInput, context: AdminContext, required: boolean): DiscountError | null {
  if (input.functionHandle && input.functionId) {
    const message = "Only one of functionId or functionHandle is allowed, not both.";
    return error(null, message, "MULTIPLE_FUNCTION_IDENTIFIERS");
  }
  if (!input.functionHandle && !input.functionId) {
    return required
      ? error(null, "Either functionId or functionHandle must be provided.", "MISSING_FUNCTION_IDENTIFIER")
      : null;
  }
  const handle = input.functionHandle ?? input.functionId ?? "";
  if (context.app.functionHandles.includes(handle)) return null;
  const field = input.functionHandle ? "functionHandle" : "functionId";
  const message = `Function ${handle} not found. Ensure that it is released in the current app (${context.app.numericId}), and that the app is installed.`;
  return error(field, message, "INVALID");
}

function classesProblem(input: DiscountInput): DiscountError | null {
  const classes = input.discountClasses;
  if (classes === undefined || classes === null) return null;
  if (classes.length === 0) return error("discountClasses", "Discount classes can't be blank", "BLANK");
  return null;
}

function problemsOf(input: DiscountInput, context: AdminContext, existing: DevDiscountNode | null): DiscountError[] {
  const problems: (DiscountError | null)[] = [
    identifierProblem(input, context, existing === null),
    classesProblem(input),
  ];
  const title = input.title ?? existing?.title ?? "";
  if (title.trim() === "") problems.push(error("title", "Title can't be blank", "BLANK"));
  if (title.length > 255) problems.push(error("title", "Title is too long (maximum is 255 characters)", "TOO_LONG"));
  const automatic = allDiscounts(context).filter((other) => !isByCode(other));
  const taken = automatic.some(
    (other) => other.title === title && other.id !== existing?.id && discountStatus(other, context.now()) !== "EXPIRED",
  );
  if (taken) problems.push(error("title", "Title must be unique for automatic discount", "TAKEN"));
  if (existing === null && !input.startsAt) problems.push(error("startsAt", "Starts at can't be blank", "BLANK"));
  const startsAt = input.startsAt ? Date.parse(input.startsAt) : (existing?.startsAt ?? 0);
  const endsAt = input.endsAt ? Date.parse(input.endsAt) : null;
  if (Number.isNaN(startsAt)) problems.push(error("startsAt", "Starts at is invalid", "INVALID"));
  if (endsAt !== null && endsAt <= startsAt) {
    problems.push(error("endsAt", "Ends at needs to be after starts_at", "END_DATE_BEFORE_START_DATE"));
  }
  const metafields = inlineMetafieldProblem(input.metafields ?? [], context);
  if (metafields !== null) problems.push(error("metafields", metafields, "INVALID"));
  const active = [...context.shop.discounts.values()].filter(
    (each) => discountStatus(each, context.now()) === "ACTIVE",
  );
  if (existing === null && active.length >= MAX_ACTIVE_APP_DISCOUNTS) {
    const message = `The active automatic app discounts limit of ${MAX_ACTIVE_APP_DISCOUNTS} has been reached.`;
    problems.push(error(null, message, "MAX_APP_DISCOUNTS"));
  }
  return problems.filter((problem) => problem !== null);
}

function written(input: DiscountInput, existing: DevDiscountNode | null, id: string, now: number): DevDiscountNode {
  const startsAt = input.startsAt ? Date.parse(input.startsAt) : (existing?.startsAt ?? now);
  const endsAt =
    input.endsAt === undefined ? (existing?.endsAt ?? null) : input.endsAt === null ? null : Date.parse(input.endsAt);
  return {
    id,
    title: input.title ?? existing?.title ?? "",
    functionHandle: input.functionHandle ?? input.functionId ?? existing?.functionHandle ?? "",
    status: discountStatus({ startsAt, endsAt }, now),
    startsAt,
    endsAt,
    discountClasses: input.discountClasses ?? existing?.discountClasses ?? ["PRODUCT"],
    combinesWith: {
      orderDiscounts: input.combinesWith?.orderDiscounts ?? existing?.combinesWith.orderDiscounts ?? false,
      productDiscounts: input.combinesWith?.productDiscounts ?? existing?.combinesWith.productDiscounts ?? false,
      shippingDiscounts: input.combinesWith?.shippingDiscounts ?? existing?.combinesWith.shippingDiscounts ?? false,
    },
    // The schema fills in true where an input says nothing, in updates as well.
    appliesOnOneTimePurchase: input.appliesOnOneTimePurchase ?? true,
    appliesOnSubscription: input.appliesOnSubscription ?? true,
  };
}

function save(input: DiscountInput, existing: DevDiscountNode | null, context: AdminContext) {
  const userErrors = problemsOf(input, context, existing);
  if (userErrors.length > 0) return { automaticAppDiscount: null, userErrors };
  const node = written(input, existing, existing?.id ?? context.changes.nextId("discount"), context.now());
  context.changes.putDiscount(node);
  const ownerId = gidOf("DiscountNode", node.id);
  writeMetafields(
    (input.metafields ?? []).map(({ namespace, key, type, value }) => ({
      ownerId,
      namespace,
      key: key ?? "",
      type: type ?? null,
      value: value ?? "",
    })),
    context,
  );
  return { automaticAppDiscount: node, userErrors: [] };
}

function discountById(id: unknown, context: AdminContext): DevDiscountNode | null {
  const gid = parseGid(canonicalOwner(String(id)));
  if (gid?.resource !== "DiscountNode") throw new GraphQLError(`Invalid global id '${String(id)}'`);
  return context.shop.discounts.get(gid.id) ?? null;
}

const numberIn = (id: unknown) => parseGid(String(id))?.id ?? "";

const missing = { field: ["id"], message: "Discount does not exist", code: "INVALID", extraInfo: null };

const mutation: Fields<null> = {
  discountAutomaticAppCreate: (_source, args, context) => {
    requireScope(context, "discountAutomaticAppCreate", "write_discounts");
    return save(args[INPUT] as DiscountInput, null, context);
  },
  discountAutomaticAppUpdate: (_source, args, context) => {
    requireScope(context, "discountAutomaticAppUpdate", "write_discounts");
    const existing = discountById(args.id, context);
    if (existing === null) return { automaticAppDiscount: null, userErrors: [missing] };
    return save(args[INPUT] as DiscountInput, existing, context);
  },
  discountAutomaticDelete: (_source, args, context) => {
    requireScope(context, "discountAutomaticDelete", "write_discounts");
    const existing = discountById(args.id, context) ?? nativeDiscount(numberIn(args.id), false, context);
    if (existing === null) return { deletedAutomaticDiscountId: null, userErrors: [missing] };
    if (isNative(existing)) context.changes.deleteNativeDiscount(existing.id);
    else context.changes.deleteDiscount(existing.id);
    return { deletedAutomaticDiscountId: gidOf("DiscountAutomaticNode", existing.id), userErrors: [] };
  },
  discountAutomaticActivate: (_source, args, context) => toggle(args, context, { endsAt: null }),
  discountAutomaticDeactivate: (_source, args, context) => toggle(args, context, { endsAt: context.now() }),
};

function toggle(args: Readonly<Record<string, unknown>>, context: AdminContext, { endsAt }: { endsAt: number | null }) {
  requireScope(context, "discountAutomaticActivate", "write_discounts");
  const existing = discountById(args.id, context);
  if (existing === null) return { automaticDiscountNode: null, userErrors: [missing] };
  const startsAt = Math.min(existing.startsAt, context.now());
  const node = { ...existing, startsAt, endsAt, status: discountStatus({ startsAt, endsAt }, context.now()) };
  context.changes.putDiscount(node);
  return { automaticDiscountNode: node, userErrors: [] };
}

type AnyDiscount = DevDiscountNode | DevNativeDiscount;

const isNative = (node: AnyDiscount): node is DevNativeDiscount => "off" in node;
const isByCode = (node: AnyDiscount) => isNative(node) && node.code !== null;

function matchesDiscount(node: AnyDiscount, term: SearchTerm, context: AdminContext) {
  if (term.field === "status") return matchesText(term, discountStatus(node, context.now()));
  if (term.field === "title" || term.field === null) return matchesText(term, node.title);
  if (term.field === "method") return term.value === (isByCode(node) ? "code" : "automatic");
  if (term.field === "type" || term.field === "discount_type") return matchesText(term, kindOf(node));
  return undefined;
}

/** What searches call a kind of discount. */
function kindOf(node: AnyDiscount): string {
  if (!isNative(node)) return "app";
  if (node.off === "free-shipping") return "free_shipping";
  return "percent" in node.off ? "percentage" : "fixed_amount";
}

/** The app's discounts, then the merchant's own. */
function allDiscounts({ shop }: AdminContext): AnyDiscount[] {
  return [...shop.discounts.values(), ...(shop.nativeDiscounts?.values() ?? [])];
}

const typedDiscount = (source: AnyDiscount) =>
  isNative(source) ? nativeType(source) : typed("DiscountAutomaticApp", source);

const discountNode: Fields<AnyDiscount> = {
  id: (source) => gidOf(isByCode(source) ? "DiscountCodeNode" : "DiscountAutomaticNode", source.id),
  discount: typedDiscount,
  ...metafieldFields<AnyDiscount>(({ id }) => gidOf("DiscountNode", id)),
};

const automaticNode: Fields<AnyDiscount> = {
  id: ({ id }) => gidOf("DiscountAutomaticNode", id),
  automaticDiscount: typedDiscount,
  ...metafieldFields<AnyDiscount>(({ id }) => gidOf("DiscountNode", id)),
};

const automaticApp: Fields<DevDiscountNode> = {
  discountId: ({ id }) => gidOf("DiscountAutomaticNode", id),
  title: ({ title }) => title,
  status: (source, _args, context) => discountStatus(source, context.now()),
  discountClasses: ({ discountClasses }) => discountClasses,
  combinesWith: ({ combinesWith }) => combinesWith,
  startsAt: ({ startsAt }) => iso(startsAt),
  endsAt: ({ endsAt }) => (endsAt === null ? null : iso(endsAt)),
  createdAt: ({ startsAt }) => iso(startsAt),
  updatedAt: ({ startsAt }) => iso(startsAt),
  asyncUsageCount: () => 0,
  appliesOnOneTimePurchase: ({ appliesOnOneTimePurchase }) => appliesOnOneTimePurchase ?? true,
  appliesOnSubscription: ({ appliesOnSubscription }) => appliesOnSubscription ?? true,
  recurringCycleLimit: () => 1,
  tags: () => [],
  errorHistory: () => null,
  appDiscountType: ({ functionHandle, discountClasses }, _args, { app }) => ({
    // A Function that this app has not got belongs to another app.
    appKey: app.functionHandles.includes(functionHandle) ? app.apiKey : "another-app",
    functionId: functionHandle,
    title: functionHandle,
    description: null,
    discountClasses,
    targetType: "LINE_ITEM",
  }),
};

const query: Fields<null> = {
  discountNodes: list((_source, args, context) => {
    requireScope(context, "discountNodes", "read_discounts");
    return searchItems(allDiscounts(context), args.query, (node, term) => matchesDiscount(node, term, context));
  }),
  discountNode: (_source, args, context) => {
    requireScope(context, "discountNode", "read_discounts");
    return discountById(args.id, context) ?? context.shop.nativeDiscounts?.get(numberIn(args.id)) ?? null;
  },
  automaticDiscountNode: (_source, args, context) => {
    requireScope(context, "automaticDiscountNode", "read_discounts");
    return discountById(args.id, context) ?? nativeDiscount(numberIn(args.id), false, context);
  },
  automaticDiscountNodes: list((_source, args, context) => {
    requireScope(context, "automaticDiscountNodes", "read_discounts");
    const automatic = allDiscounts(context).filter((node) => !isByCode(node));
    return searchItems(automatic, args.query, (node, term) => matchesDiscount(node, term, context));
  }),
};

export const discountFields: TypeFields = {
  QueryRoot: query,
  Mutation: mutation,
  DiscountNode: discountNode,
  DiscountAutomaticNode: automaticNode,
  DiscountAutomaticApp: automaticApp,
};
