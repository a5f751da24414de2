import { gidOf, parseGid } from "../shop/gid.ts";
import type { DevShop } from "../shop/state.ts";
import type { AdminContext } from "./context.ts";
import { list, requireScope, typed, type Fields, type TypeFields } from "./fields.ts";
import { metafieldFields } from "./metafields.ts";
import { orderNode } from "./orders.ts";
import { creditTransactionNode } from "./store-credit.ts";
import { GraphQLError } from "graphql";

function timezoneOffset(timezone: string, now: number): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: timezone, timeZoneName: "longOffset" }).formatToParts(now);
  const offset = parts.find(({ type }) => type === "timeZoneName")?.value.replace("GMT", "") ?? "";
  return offset === "" ? "+00:00" : offset;
}

const shop: Fields<DevShop> = {
  id: ({ id }) => gidOf("Shop", id),
  name: ({ name }) => name,
  email: ({ domain }) => `owner@${domain}`,
  myshopifyDomain: ({ domain }) => domain,
  url: ({ domain }) => `https://${domain}`,
  primaryDomain: ({ domain }) => ({
    id: gidOf("Domain", "1"),
    host: domain,
    url: `https://${domain}`,
    sslEnabled: true,
  }),
  currencyCode: ({ currency }) => currency,
  shipsToCountries: ({ markets }) => [...new Set(markets.flatMap(({ countries }) => countries))],
  enabledPresentmentCurrencies: (source) => [
    ...new Set([source.currency, ...source.markets.map((market) => market.currency)]),
  ],
  ianaTimezone: ({ timezone }) => timezone,
  timezoneOffset: ({ timezone }, _args, context) => timezoneOffset(timezone, context.now()),
  customerTags: (source, args, context) => {
    requireScope(context, "customerTags", "read_customers");
    const all = new Set(Object.values(source.customerTags ?? {}).flat());
    return { nodes: [...all].sort().slice(0, Number(args.first)) };
  },
  taxesIncluded: ({ taxes }) => taxes?.included ?? false,
  weightUnit: () => "KILOGRAMS",
  plan: () => ({
    shopifyPlus: false,
    partnerDevelopment: true,
    publicDisplayName: "Developer Preview",
    displayName: "Developer Preview",
  }),
  features: ({ marketDrivenShipping, noBundles, products }) => ({
    marketDrivenShipping: marketDrivenShipping ?? false,
    storefront: true,
    giftCards: true,
    reports: true,
    eligibleForSubscriptions: true,
    sellsSubscriptions: false,
    unifiedMarkets: true,
    bundles: {
      eligibleForBundles: noBundles === undefined,
      ineligibilityReason: noBundles ?? null,
      sellsBundles: [...products.values()].some(({ variants }) => variants.some(({ components }) => components)),
    },
    cartTransform: { eligibleOperations: { expandOperation: true, mergeOperation: true, updateOperation: false } },
  }),
  ...metafieldFields<DevShop>(({ id }) => gidOf("Shop", id)),
};

const SCOPE_WORDS: Readonly<Record<string, string>> = { read: "Read", write: "Modify" };

const installation: Fields<DevShop> = {
  id: ({ installation: { id } }) => gidOf("AppInstallation", id),
  accessScopes: ({ installation: { scopes } }) =>
    scopes.map((handle) => {
      const [verb = "", ...what] = handle.split("_");
      return { handle, description: `${SCOPE_WORDS[verb] ?? verb} ${what.join(" ")}` };
    }),
  activeSubscriptions: () => [],
  allSubscriptions: list(() => []),
  launchUrl: ({ domain }, _args, { app }) => `https://${domain}/admin/apps/${app.name}`,
  uninstallUrl: () => null,
  app: (_source, _args, { app }) => ({
    id: gidOf("App", app.numericId),
    title: app.name,
    handle: app.name,
    apiKey: app.apiKey,
  }),
  ...metafieldFields<DevShop>(({ installation: { id } }) => gidOf("AppInstallation", id)),
};

/** Shopify takes no longer list as an argument. */
const MOST_IDS = 250;

/** The object behind a global id, as `node` and `nodes` give it; null for one that is not there. */
function nodeById(id: string, context: AdminContext): object | null {
  const gid = parseGid(id);
  if (gid === null) throw new GraphQLError(`Invalid global id '${id}'`);
  const { resource } = gid;
  if (resource === "Product") return asType("Product", context.shop.products.get(gid.id));
  if (resource === "ProductVariant") return asType("ProductVariant", context.changes.variant(gid.id));
  if (resource === "Order") return asType("Order", orderNode(gid.id, context));
  if (resource === "Customer") {
    requireScope(context, "node", "read_customers");
    return asType("Customer", context.changes.ordersOfCustomer(gid.id) > 0 ? { customerId: gid.id } : null);
  }
  if (resource.startsWith("StoreCreditAccount") && resource.endsWith("Transaction")) {
    return creditTransactionNode(gid.id, context);
  }
  if (resource === "Collection")
    return asType(
      "Collection",
      context.shop.collections.find((each) => each.id === gid.id),
    );
  if (resource === "DiscountAutomaticNode") return asType("DiscountAutomaticNode", context.shop.discounts.get(gid.id));
  if (resource === "DiscountNode") return asType("DiscountNode", context.shop.discounts.get(gid.id));
  if (resource === "BulkOperation") return asType("BulkOperation", context.bulk.operation(gid.id));
  if (resource === "Shop") return asType("Shop", gid.id === context.shop.id ? context.shop : null);
  if (resource === "AppInstallation") {
    return asType("AppInstallation", gid.id === context.shop.installation.id ? context.shop : null);
  }
  throw new GraphQLError(`The dev store has no nodes of the type ${resource}.`);
}

function asType(name: string, source: object | null | undefined): object | null {
  return source === null || source === undefined ? null : typed(name, source);
}

const query: Fields<null> = {
  shop: (_source, _args, context) => context.shop,
  currentAppInstallation: (_source, _args, context) => context.shop,
  appInstallation: (_source, _args, context) => context.shop,
  app: (_source, _args, { app }) => ({
    id: gidOf("App", app.numericId),
    title: app.name,
    handle: app.name,
    apiKey: app.apiKey,
  }),
  node: (_source, args, context) => nodeById(String(args.id), context),
  nodes: (_source, args, context) => {
    const ids = args.ids as string[];
    if (ids.length > MOST_IDS) {
      throw new GraphQLError(
        `The input array size of ${ids.length} is greater than the maximum allowed of ${MOST_IDS}.`,
        { extensions: { code: "MAX_INPUT_SIZE_EXCEEDED" } },
      );
    }
    return ids.map((id) => nodeById(id, context));
  },
};

export const shopFields: TypeFields = { QueryRoot: query, Shop: shop, AppInstallation: installation };
