import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type * as GraphQL from "graphql";
import { parseDecimal } from "../../app/domain/money/money.ts";
import { boughtTogetherRules } from "../../app/domain/offers/types/bought-together/rules.ts";
import type { BuyerFacts } from "../../app/domain/pricing/buyer-facts.ts";
import { numberOfTag } from "../../app/domain/pricing/customer-tags.ts";
import type { CartToDeliver } from "../../app/domain/pricing/price-delivery.ts";
import type { CartToPrice, LineToPrice, OrderDiscount } from "../../app/domain/pricing/price-cart.ts";
import { encodeProductRules, encodeShopRules } from "../../app/domain/pricing/rules.ts";
import { parseProductOffer } from "../../app/domain/offers/types/bought-together/published.ts";
import { parsePolicy, type PublishedPolicy } from "./policy-version-1.ts";

// The copy that Node's own packages get: a test runner may resolve the import to another, and two do not mix.
const { buildClientSchema, execute, parse } = createRequire(import.meta.url)("graphql") as typeof GraphQL;

/**
 * Golden carts: a cart, what is published, and the operations that must come out, in a folder for each type of offer. One
 * corpus for the discount rules, the compiled Function and the dev store.
 */
export interface GoldenCart {
  /** Its folder and file, without the ending. */
  name: string;
  about: string;
  currency: string;
  /** As Shopify writes it, such as "EN". */
  language: string;
  discountClasses: ("PRODUCT" | "ORDER" | "SHIPPING")[];
  /** The country that the shop is shown for; "US" where it is absent. */
  country?: string;
  /** Who buys; somebody who is not logged in, in the online shop, where it is absent. */
  buyer?: {
    /** Orders of a customer who is known, by a login or by an e-mail address that was typed. */
    orders?: number;
    /** Tags of that customer; none where they are absent. */
    tags?: readonly string[];
    signedIn?: boolean;
    business?: boolean;
    counter?: boolean;
  };
  /** The arms of experiments that the cart's attribute names; without one where it is absent. */
  arms?: string;
  /** Units of the cart's currency for one of the shop's; 1 where it is absent. */
  rate?: string;
  /** The country of the delivery address; absent before there is one. */
  address?: string;
  policy: unknown;
  /** The tags that Shopify is asked about; none where they are absent. */
  asked?: readonly string[];
  /** What products carry: compact rules, or the offer as the release before published it. */
  products: Record<string, { rules?: unknown; offer?: unknown; giftCard?: boolean }>;
  lines: {
    id: string;
    /** Null for a custom item. */
    product: string | null;
    /** Number of its variant; made from the product's where it is absent. */
    variant?: string;
    quantity: number;
    /** Of one unit, as Shopify writes a decimal. */
    price: string;
    subscription?: boolean;
    requiresShipping?: boolean;
    properties?: Record<string, string>;
  }[];
  /** Ways to deliver; {@link DELIVERY_OPTIONS} where they are absent. */
  deliveryOptions?: WayToDeliver[];
  /** Where it is sent in several parcels: the ways and the address of each; one parcel of the two above where absent. */
  parcels?: { address?: string; deliveryOptions: WayToDeliver[] }[];
  lineOperations: LineOperation[];
  deliveryOperations: unknown[];
}

interface WayToDeliver {
  handle: string;
  deliveryMethodType: string;
  amount: string;
}

interface LineOperation {
  productDiscountsAdd?: { candidates: LineCandidate[] };
  orderDiscountsAdd?: { candidates: OrderCandidate[] };
}

interface LineCandidate {
  /** Without a quantity the whole line. */
  targets: { cartLine: { id: string; quantity?: number } }[];
  value: { fixedAmount: { amount: string } };
}

interface OrderCandidate {
  targets: { orderSubtotal: { excludedCartLineIds: string[] } }[];
  value: { percentage?: { value: string }; fixedAmount?: { amount: string } };
  conditions: { orderMinimumSubtotal: { minimumAmount: string; excludedCartLineIds: string[] } }[];
}

const FOLDER = import.meta.dirname;

/** All golden carts, by folder and file name. */
export function readGoldenCarts(): GoldenCart[] {
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => ({ ...JSON.parse(readFileSync(join(FOLDER, file), "utf8")), name: file.replace(/\.json$/, "") }));
}

/** Shopify's own schema of discount Functions. */
export function readFunctionSchema(): GraphQL.GraphQLSchema {
  const file = join(FOLDER, "../../.cache/schemas/functions_discount_2026-07.json.gz");
  return buildClientSchema(
    (JSON.parse(gunzipSync(readFileSync(file)).toString()) as { data: GraphQL.IntrospectionQuery }).data,
  );
}

/** The input that the query gets for a golden cart, by executing it against the schema. Throws on any error. */
export function functionInput(cart: GoldenCart, query: string, schema: GraphQL.GraphQLSchema): Record<string, unknown> {
  const variableValues = cart.asked === undefined ? {} : { tags: cart.asked };
  const result = execute({ schema, document: parse(query), rootValue: rootOf(cart), variableValues });
  if (result instanceof Promise) throw new Error("A golden cart resolves at once");
  if (result.errors) throw result.errors[0]!;
  return JSON.parse(JSON.stringify(result.data)) as Record<string, unknown>;
}

function rootOf(cart: GoldenCart) {
  const amount = (value: string) => ({ amount: value, currencyCode: cart.currency });
  const metafield = (known: Record<string, unknown>) => (selector: { namespace: string; key: string }) => {
    const value = selector.namespace === "$app" ? known[selector.key] : undefined;
    return value === undefined || value === null
      ? null
      : { jsonValue: value, value: JSON.stringify(value), type: "json" };
  };
  const lines = cart.lines.map((line) => ({
    id: line.id,
    quantity: line.quantity,
    attribute: ({ key }: { key: string }) => {
      const value = line.properties?.[key];
      return value === undefined ? null : { key, value };
    },
    cost: { amountPerQuantity: amount(line.price), totalAmount: amount(totalOf(cart, line)) },
    sellingPlanAllocation: line.subscription ? { sellingPlan: { id: "gid://shopify/SellingPlan/1" } } : null,
    merchandise:
      line.product === null
        ? { __typename: "CustomProduct", requiresShipping: line.requiresShipping ?? true, isGiftCard: false }
        : {
            __typename: "ProductVariant",
            id: `gid://shopify/ProductVariant/${line.variant ?? `${line.product}1`}`,
            requiresShipping: line.requiresShipping ?? true,
            product: {
              id: `gid://shopify/Product/${line.product}`,
              isGiftCard: cart.products[line.product]?.giftCard ?? false,
              metafield: metafield({ ...cart.products[line.product] }),
            },
          },
  }));
  const { orders, tags = [], signedIn = false, business = false, counter = false } = cart.buyer ?? {};
  return {
    cart: {
      lines,
      attribute: ({ key }: { key: string }) =>
        key === "_tsuide_arms" && cart.arms !== undefined ? { key, value: cart.arms } : null,
      buyerIdentity: cart.buyer && {
        customer: orders === undefined ? null : { numberOfOrders: orders, hasTags: answersAbout(tags) },
        isAuthenticated: signedIn,
        purchasingCompany: business ? { company: { id: "gid://shopify/Company/1" } } : null,
      },
      retailLocation: counter ? { id: "gid://shopify/Location/1" } : null,
      cost: { subtotalAmount: amount("0.0") },
      deliveryGroups: parcelsOf(cart).map(({ address, deliveryOptions }) => ({
        deliveryAddress: address === undefined ? null : { countryCode: address },
        deliveryOptions: deliveryOptions.map(deliveryOption),
      })),
    },
    discount: { discountClasses: cart.discountClasses, metafield: metafield({ policy: cart.policy }) },
    localization: { country: { isoCode: cart.country ?? "US" }, language: { isoCode: cart.language } },
    presentmentCurrencyRate: cart.rate ?? "1.0",
  };
}

/** What Shopify answers about each tag that it is asked about, whose case does not matter. */
function answersAbout(own: readonly string[]) {
  const plain = own.map((tag) => tag.toLowerCase());
  return ({ tags }: { tags: readonly string[] }) =>
    tags.map((tag) => ({ tag, hasTag: plain.includes(tag.toLowerCase()) }));
}

/** What every golden cart can be delivered by: the buyer's own way to collect it, and two ways to ship. */
const DELIVERY_OPTIONS: WayToDeliver[] = [
  { handle: "pick-up", deliveryMethodType: "PICK_UP", amount: "0.0" },
  { handle: "express", deliveryMethodType: "SHIPPING", amount: "1390.0" },
  { handle: "standard", deliveryMethodType: "SHIPPING", amount: "695.0" },
];
const deliveryOption = ({ amount, ...option }: WayToDeliver) => ({ ...option, cost: { amount } });

function parcelsOf({ lines, address, deliveryOptions = DELIVERY_OPTIONS, parcels }: GoldenCart) {
  return lines.length === 0 ? [] : (parcels ?? [{ address, deliveryOptions }]);
}

/** What Shopify charges for a line once the expected discounts are applied, in thousandths to hold every currency. */
function totalOf(cart: GoldenCart, line: GoldenCart["lines"][number]): string {
  const thousandths = (decimal: string) => Math.round(Number(decimal) * 1000);
  const off = cart.lineOperations
    .flatMap((operation) => operation.productDiscountsAdd?.candidates ?? [])
    .flatMap((candidate) =>
      candidate.targets.map(({ cartLine }) => ({ ...cartLine, each: candidate.value.fixedAmount })),
    )
    .filter(({ id }) => id === line.id)
    .reduce((total, { quantity, each }) => total + (quantity ?? line.quantity) * thousandths(each.amount), 0);
  return ((line.quantity * thousandths(line.price) - off) / 1000).toFixed(3);
}

/** The same cart with everything published as version 2, for a cart whose offers are still of version 1. */
export function inVersion2(cart: GoldenCart): GoldenCart {
  const policy = parsePolicy(cart.policy);
  const rulesOf = (published: unknown) => {
    const offer = parseProductOffer(published);
    return offer === null ? undefined : (encodeProductRules([boughtTogetherRules(offer)]) ?? undefined);
  };
  return {
    ...cart,
    policy: policy === null ? cart.policy : policyInVersion2(policy),
    products: Object.fromEntries(
      Object.entries(cart.products).map(([product, { offer, ...more }]) => [
        product,
        { rules: rulesOf(offer), ...more },
      ]),
    ),
  };
}

function policyInVersion2({ sets, goal, messages }: PublishedPolicy) {
  const own = { type: "goal", number: 1, priority: 0, localDelivery: false, pickUp: false, countries: null } as const;
  return {
    version: 2,
    rules: encodeShopRules(
      goal === null ? [] : [{ ...own, amounts: goal }],
      sets ? [] : [{ type: "bought-together", number: null }],
    ),
    messages: Object.fromEntries(
      Object.entries(messages).map(([language, { set, shipping }]) => [
        language,
        { "bought-together": set, goal: shipping },
      ]),
    ),
  };
}

/** What the Function's input says of the buyer. */
function buyerOf({ buyer = {}, country = "US", language, arms = "" }: GoldenCart): BuyerFacts {
  const { orders, tags = [], signedIn = false, business = false, counter = false } = buyer;
  const customer = { orders: signedIn ? (orders ?? null) : null, tags: signedIn ? tags.map(numberOfTag) : [] };
  return { country, language, signedIn, ...customer, business, counter, arms };
}

/** The cart as the domain prices it, without the Function. */
export function cartToPrice(cart: GoldenCart): CartToPrice {
  const policy = cart.policy as { rules?: unknown } | null;
  return {
    currency: cart.currency,
    buyer: buyerOf(cart),
    shopRules: typeof policy?.rules === "string" ? policy.rules : null,
    lines: cart.lines.map((line): LineToPrice => {
      const rules = line.product === null ? undefined : cart.products[line.product]?.rules;
      return {
        id: line.id,
        product: line.product,
        variant: line.product === null ? null : (line.variant ?? `${line.product}1`),
        quantity: line.quantity,
        unitPriceMinor: parseDecimal(line.price, cart.currency, "half-up")!.amountMinor,
        subscription: line.subscription ?? false,
        giftCard: line.product !== null && cart.products[line.product]?.giftCard === true,
        rules: typeof rules === "string" ? rules : null,
      };
    }),
  };
}

/** The cart as the domain sees its delivery. */
export function cartToDeliver(cart: GoldenCart): CartToDeliver {
  const minor = (decimal: string) => parseDecimal(decimal, cart.currency, "half-up")!.amountMinor;
  const option = ({ handle, deliveryMethodType, amount }: WayToDeliver) => ({
    ...{ handle, method: deliveryMethodType, costMinor: minor(amount) },
  });
  return {
    currency: cart.currency,
    buyer: buyerOf(cart),
    country: cart.country ?? "US",
    valueMinor: cart.lines.reduce((sum, { price, quantity }) => sum + minor(price) * quantity, 0),
    units: cart.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    shopRules: cartToPrice(cart).shopRules,
    productRules: new Map(
      Object.entries(cart.products).flatMap(([product, { rules }]) =>
        typeof rules === "string" ? [[product, rules]] : [],
      ),
    ),
    lines: cart.lines.map((line) => ({
      ...{ product: line.product, subscription: line.subscription ?? false },
      requiresShipping: line.requiresShipping ?? true,
      totalMinor: minor(totalOf(cart, line)),
    })),
    groups: parcelsOf(cart).map(({ address, deliveryOptions }) => ({
      ...{ country: address ?? null, options: deliveryOptions.map(option) },
    })),
  };
}

/** The ways to deliver that the expected operations make free. */
export function expectedHandles(cart: GoldenCart): string[] {
  const operations = cart.deliveryOperations as {
    deliveryDiscountsAdd: { candidates: { targets: { deliveryOption: { handle: string } }[] }[] };
  }[];
  return operations
    .flatMap((operation) => operation.deliveryDiscountsAdd.candidates)
    .flatMap(({ targets }) => targets.map(({ deliveryOption }) => deliveryOption.handle));
}

/** What the expected operations take off each line, in the form in which the domain says it. */
export function expectedDiscounts(cart: GoldenCart): { lineId: string; quantity: number; amountOffMinor: number }[] {
  return cart.lineOperations
    .flatMap((operation) => operation.productDiscountsAdd?.candidates ?? [])
    .flatMap(({ targets, value }) =>
      targets.map(({ cartLine }) => ({
        lineId: cartLine.id,
        quantity: cartLine.quantity ?? cart.lines.find(({ id }) => id === cartLine.id)!.quantity,
        amountOffMinor: parseDecimal(value.fixedAmount.amount, cart.currency)!.amountMinor,
      })),
    )
    .sort((a, b) => (a.lineId < b.lineId ? -1 : a.lineId > b.lineId ? 1 : b.amountOffMinor - a.amountOffMinor));
}

/** The discounts on the order that the expected operations hold, in the form in which the domain says them. */
export function expectedOrderDiscounts(cart: GoldenCart): Omit<OrderDiscount, "offer" | "amountOffMinor">[] {
  const minor = (decimal: string) => parseDecimal(decimal, cart.currency)!.amountMinor;
  return cart.lineOperations
    .flatMap((operation) => operation.orderDiscountsAdd?.candidates ?? [])
    .map(({ targets, value, conditions }) => ({
      fromMinor: minor(conditions[0]!.orderMinimumSubtotal.minimumAmount),
      reward: value.percentage
        ? { kind: "percent", basisPoints: Math.round(Number(value.percentage.value) * 100) }
        : { kind: "amount-off", amountMinor: minor(value.fixedAmount!.amount) },
      notCounted: conditions[0]!.orderMinimumSubtotal.excludedCartLineIds,
      leftOut: targets[0]!.orderSubtotal.excludedCartLineIds,
    }));
}
