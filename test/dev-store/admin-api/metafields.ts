import type { MetafieldDefinition } from "../shop/app-toml.ts";
import { parseGid, gidOf } from "../shop/gid.ts";
import { metafieldKey, type DevMetafield } from "../shop/state.ts";
import type { AdminContext } from "./context.ts";
import { iso, list, requireScope, typed, type Fields, type TypeFields } from "./fields.ts";
import { checkMetafieldValue } from "./metafield-values.ts";

const MAX_PER_CALL = 25;
const MAX_CALL_BYTES = 10_000_000;

/** `$app`, `$app:x`, `app--<our id>` and nothing at all mean the app's reserved namespace; null: another app's. */
export function storedNamespace(namespace: string | null | undefined, appNumericId: string): string | null {
  if (namespace === null || namespace === undefined || namespace === "$app") return "$app";
  if (namespace.startsWith("$app:")) return namespace;
  const reserved = /^app--(\d+)(?:--(.+))?$/.exec(namespace);
  if (reserved === null) return namespace;
  if (reserved[1] !== appNumericId) return null;
  return reserved[2] === undefined ? "$app" : `$app:${reserved[2]}`;
}

function shownNamespace(stored: string, appNumericId: string): string {
  if (!stored.startsWith("$app")) return stored;
  return stored === "$app" ? `app--${appNumericId}` : `app--${appNumericId}--${stored.slice("$app:".length)}`;
}

/** Discounts answer to several resource names; their metafields are kept under `DiscountNode`. */
export function canonicalOwner(gid: string): string {
  return gid.replace(/\/Discount(Automatic|Code)Node\//, "/DiscountNode/");
}

function ownerExists(ownerId: string, context: AdminContext): boolean {
  const gid = parseGid(ownerId);
  if (gid === null) return false;
  switch (gid.resource) {
    case "Product":
      return context.shop.products.has(gid.id);
    case "ProductVariant":
      return context.changes.variant(gid.id) !== null;
    case "Order":
      return context.shop.orders.has(gid.id);
    case "Customer":
      return context.changes.ordersOfCustomer(gid.id) > 0;
    case "DiscountNode":
      return context.shop.discounts.has(gid.id);
    case "AppInstallation":
      return context.shop.installation.id === gid.id;
    case "Shop":
      return context.shop.id === gid.id;
    default:
      return false;
  }
}

const WRITE_SCOPES: Readonly<Record<string, string>> = {
  Product: "write_products",
  ProductVariant: "write_products",
  Order: "write_orders",
  Customer: "write_customers",
  DiscountNode: "write_discounts",
};

interface SetInput {
  ownerId: string;
  namespace?: string | null;
  key: string;
  type?: string | null;
  value: string;
  compareDigest?: string | null;
}

interface SetError {
  field: string[];
  message: string;
  code: string;
  elementIndex: number | null;
}

/** The first thing wrong with one metafield of a call, in Shopify's words; null where it may be written. */
function problemOf(input: SetInput, context: AdminContext): { field: string; message: string; code: string } | null {
  const ownerId = canonicalOwner(input.ownerId);
  if (!ownerExists(ownerId, context)) return { field: "ownerId", message: "Owner does not exist.", code: "INVALID" };
  const namespace = storedNamespace(input.namespace, context.app.numericId);
  if (namespace === null) {
    return {
      field: "namespace",
      message: "Access to this namespace and key on Metafields for this resource type is not allowed.",
      code: "APP_NOT_AUTHORIZED",
    };
  }
  if (!namespace.startsWith("$app") && !/^[\w-]{3,255}$/.test(namespace)) {
    return { field: "namespace", message: "Namespace is too short (minimum is 3 characters)", code: "TOO_SHORT" };
  }
  if (input.key.length < 2) {
    return { field: "key", message: "Key is too short (minimum is 2 characters)", code: "TOO_SHORT" };
  }
  if (input.key.length > 64) {
    return { field: "key", message: "Key is too long (maximum is 64 characters)", code: "TOO_LONG" };
  }
  if (!/^[\w-]+$/.test(input.key)) return { field: "key", message: "Key is invalid", code: "INVALID" };
  const existing = context.shop.metafields.get(metafieldKey(ownerId, namespace, input.key));
  const definition = context.changes.metafieldDefinition(parseGid(ownerId)?.resource ?? "", namespace, input.key);
  const type = input.type ?? definition?.type ?? existing?.type;
  if (type === undefined) return { field: "type", message: "Type can't be blank", code: "BLANK" };
  if (definition !== null && definition.type !== type) {
    return {
      field: "type",
      message: `Type '${type}' must be consistent with the definition's type: '${definition.type}'.`,
      code: "INVALID_TYPE",
    };
  }
  const wrong = checkMetafieldValue(type, input.value, (gid) => ownerExists(gid, context));
  if (wrong !== null) return wrong;
  return staleness(input, existing);
}

function staleness(input: SetInput, existing: DevMetafield | undefined) {
  if (input.compareDigest === undefined) return null;
  const expected = existing?.compareDigest ?? null;
  if (input.compareDigest === expected) return null;
  if (input.compareDigest !== null && !/^[0-9a-f]{64}$/.test(input.compareDigest)) {
    return { field: "compareDigest", message: "Invalid compareDigest value.", code: "INVALID_COMPARE_DIGEST" };
  }
  return {
    field: "compareDigest",
    message: "The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.",
    code: "STALE_OBJECT",
  };
}

function metafieldsSet(args: Readonly<Record<string, unknown>>, context: AdminContext) {
  const inputs = args.metafields as SetInput[];
  const refuse = (errors: SetError[]) => ({ metafields: null, userErrors: errors });
  if (inputs.length > MAX_PER_CALL) {
    const message = `Exceeded the maximum metafields input limit of ${MAX_PER_CALL}.`;
    return refuse([{ field: ["metafields"], message, code: "LESS_THAN_OR_EQUAL_TO", elementIndex: null }]);
  }
  if (inputs.reduce((sum, { value }) => sum + Buffer.byteLength(value), 0) > MAX_CALL_BYTES) {
    const message = "The total size of the metafields input exceeds 10MB.";
    return refuse([{ field: ["metafields"], message, code: "LESS_THAN_OR_EQUAL_TO", elementIndex: null }]);
  }
  for (const { ownerId } of inputs) {
    const scope = WRITE_SCOPES[parseGid(canonicalOwner(ownerId))?.resource ?? ""];
    if (scope !== undefined) requireScope(context, "metafieldsSet", scope);
  }
  const errors: SetError[] = [];
  inputs.forEach((input, index) => {
    const problem = problemOf(input, context);
    if (problem === null) return;
    const field = ["metafields", String(index), problem.field];
    errors.push({ field, message: problem.message, code: problem.code, elementIndex: index });
  });
  // All or nothing: one bad metafield leaves the other 24 unwritten.
  if (errors.length > 0) return refuse(errors);
  return { metafields: writeMetafields(inputs, context), userErrors: [] };
}

/** Writes what has been checked. Also used for metafields that come with a discount. */
export function writeMetafields(inputs: SetInput[], context: AdminContext): DevMetafield[] {
  return inputs.map((input) => {
    const ownerId = canonicalOwner(input.ownerId);
    const namespace = storedNamespace(input.namespace, context.app.numericId) ?? "$app";
    const definition = context.changes.metafieldDefinition(parseGid(ownerId)?.resource ?? "", namespace, input.key);
    const existing = context.shop.metafields.get(metafieldKey(ownerId, namespace, input.key));
    const type = input.type ?? definition?.type ?? existing?.type ?? "json";
    return context.changes.putMetafield({ ownerId, namespace, key: input.key, type, value: input.value });
  });
}

/** Problems of metafields given inside another input (a discount's), with the owner not yet there. */
export function inlineMetafieldProblem(
  inputs: readonly { namespace?: string | null; key?: string | null; type?: string | null; value?: string | null }[],
  context: AdminContext,
): string | null {
  for (const { namespace, key, type, value } of inputs) {
    if (storedNamespace(namespace, context.app.numericId) === null) return "Access to this namespace is not allowed.";
    if (!key) return "Key can't be blank";
    if (!value) return "Value can't be blank";
    const wrong = checkMetafieldValue(type ?? "json", value, (gid) => ownerExists(gid, context));
    if (wrong !== null) return wrong.message;
  }
  return null;
}

function metafieldsDelete(args: Readonly<Record<string, unknown>>, context: AdminContext) {
  const identifiers = args.metafields as { ownerId: string; namespace: string; key: string }[];
  for (const { ownerId } of identifiers) {
    const scope = WRITE_SCOPES[parseGid(canonicalOwner(ownerId))?.resource ?? ""];
    if (scope !== undefined) requireScope(context, "metafieldsDelete", scope);
  }
  const deletedMetafields = identifiers.map((identifier) => {
    const namespace = storedNamespace(identifier.namespace, context.app.numericId);
    if (namespace === null) return null;
    const deleted = context.changes.deleteMetafield(
      metafieldKey(canonicalOwner(identifier.ownerId), namespace, identifier.key),
    );
    return deleted ? { ownerId: identifier.ownerId, namespace: identifier.namespace, key: identifier.key } : null;
  });
  return { deletedMetafields, userErrors: [] };
}

/** `metafield` and `metafields` of whatever owns metafields. */
export function metafieldFields<Source>(ownerOf: (source: Source) => string): Fields<Source> {
  return {
    metafield: (source, args, context) => {
      const namespace = storedNamespace(args.namespace as string | null | undefined, context.app.numericId);
      if (namespace === null) return null;
      return context.shop.metafields.get(metafieldKey(ownerOf(source), namespace, String(args.key))) ?? null;
    },
    metafields: list((source, args, context) => {
      const ownerId = ownerOf(source);
      const namespace = args.namespace ? storedNamespace(String(args.namespace), context.app.numericId) : null;
      const keys = args.keys as string[] | null | undefined;
      return [...context.shop.metafields.values()].filter(
        (each) =>
          each.ownerId === ownerId &&
          (namespace === null || each.namespace === namespace) &&
          (!keys || keys.includes(each.key) || keys.includes(`${each.namespace}.${each.key}`)),
      );
    }),
  };
}

const OWNER_TYPES: Readonly<Record<string, string>> = {
  Product: "PRODUCT",
  ProductVariant: "PRODUCTVARIANT",
  Order: "ORDER",
  Customer: "CUSTOMER",
  DiscountNode: "DISCOUNT",
  AppInstallation: "API_PERMISSION",
  Shop: "SHOP",
};

/** What Shopify calls the kinds of types. */
const TYPE_CATEGORIES: Readonly<Record<string, string>> = {
  ...{ json: "JSON", boolean: "TRUE_FALSE", rating: "RATING", number_integer: "NUMBER", number_decimal: "NUMBER" },
  ...{ dimension: "MEASUREMENT", weight: "MEASUREMENT", volume: "MEASUREMENT" },
  ...{ product_reference: "REFERENCE", variant_reference: "REFERENCE" },
};
const JSON_TYPES = new Set(["json", "boolean", "rating", "dimension", "weight", "volume"]);

const metafield: Fields<DevMetafield> = {
  id: ({ id }) => gidOf("Metafield", id),
  legacyResourceId: ({ id }) => id,
  namespace: ({ namespace }, _args, { app }) => shownNamespace(namespace, app.numericId),
  key: ({ key }) => key,
  type: ({ type }) => type,
  value: ({ value }) => value,
  definition: ({ ownerId, namespace, key }, _args, context) => {
    const definition = context.changes.metafieldDefinition(parseGid(ownerId)?.resource ?? "", namespace, key);
    return definition === null ? null : shownDefinition(definition, context);
  },
  jsonValue: ({ type, value }) =>
    JSON_TYPES.has(type) || type.startsWith("list.") || type.startsWith("number")
      ? (JSON.parse(value) as unknown)
      : value,
  compareDigest: ({ compareDigest }) => compareDigest,
  sizeInBytes: ({ value }) => Buffer.byteLength(value),
  createdAt: ({ updatedAt }) => iso(updatedAt),
  updatedAt: ({ updatedAt }) => iso(updatedAt),
  ownerType: ({ ownerId }) => OWNER_TYPES[parseGid(ownerId)?.resource ?? ""],
  owner: ({ ownerId }, _args, { shop }) => {
    const gid = parseGid(ownerId);
    if (gid?.resource === "Product") return typed("Product", shop.products.get(gid.id) ?? {});
    if (gid?.resource === "DiscountNode") return typed("DiscountNode", shop.discounts.get(gid.id) ?? {});
    return typed("AppInstallation", shop);
  },
};

/** A definition as the Admin API shows it; its id tells its place among all. */
function shownDefinition(definition: MetafieldDefinition, context: AdminContext) {
  const place = context.changes.metafieldDefinitions().indexOf(definition);
  return {
    id: gidOf("MetafieldDefinition", String(place + 1)),
    namespace: shownNamespace(definition.namespace, context.app.numericId),
    key: definition.key,
    name: definition.name,
    ownerType: OWNER_TYPES[definition.owner],
    pinnedPosition: definition.pinnedPosition ?? null,
    type: { name: definition.type, category: TYPE_CATEGORIES[definition.type.replace(/^list\./, "")] ?? "TEXT" },
  };
}

const query: Fields<null> = {
  metafieldDefinitions: list((_source, args, context) => {
    const pinned = args.pinnedStatus as "ANY" | "PINNED" | "UNPINNED" | null | undefined;
    const namespace = args.namespace ? storedNamespace(String(args.namespace), context.app.numericId) : null;
    return context.changes
      .metafieldDefinitions()
      .filter((each) => OWNER_TYPES[each.owner] === String(args.ownerType))
      .filter((each) => namespace === null || each.namespace === namespace)
      .filter((each) => !args.key || each.key === args.key)
      .filter((each) => pinned == null || pinned === "ANY" || (pinned === "PINNED") === (each.pinnedPosition != null))
      .map((each) => shownDefinition(each, context));
  }),
};

export const metafieldTypeFields: TypeFields = {
  QueryRoot: query,
  Metafield: metafield,
  Mutation: {
    metafieldsSet: (_source: null, args, context) => metafieldsSet(args, context),
    metafieldsDelete: (_source: null, args, context) => metafieldsDelete(args, context),
  },
};
