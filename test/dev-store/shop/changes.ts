import { createHash } from "node:crypto";
import type { MetafieldDefinition } from "./app-toml.ts";
import { bundlesToCorrect } from "./bundle-stock.ts";
import type { Journal } from "./journal.ts";
import {
  metafieldKey,
  type DevCreditAccount,
  type DevDiscountNode,
  type DevMetafield,
  type DevNativeDiscount,
  type DevOrder,
  type DevProduct,
  type DevShop,
  type DevVariant,
  type DevWebPixel,
} from "./state.ts";

type IdKind =
  | "order"
  | "line"
  | "refund"
  | "discount"
  | "metafield"
  | "product"
  | "variant"
  | "group"
  | "credit-account"
  | "credit-transaction";

/** What tells whether a metafield is still the one that was read. */
export function metafieldDigest(type: string, value: string): string {
  return createHash("sha256").update(`${type}\n${value}`).digest("hex");
}

/**
 * The one way to change a shop. Orders and products are replaced, never altered in place, so that whoever holds one
 * (a bulk operation at work) keeps what it saw. Every change is recorded, so that a restarted store goes on.
 */
export class ShopChanges {
  readonly shop: DevShop;
  readonly #journal: Journal;
  readonly #definitions: readonly MetafieldDefinition[];
  readonly #now: () => number;
  readonly #lastIds = new Map<IdKind, number>();
  #variantOwners: Map<string, string> | null = null;
  #customerOrders: Map<string, number> | null = null;
  #hasBundles: boolean;

  constructor(shop: DevShop, journal: Journal, definitions: readonly MetafieldDefinition[], now: () => number) {
    this.shop = shop;
    this.#journal = journal;
    this.#definitions = definitions;
    this.#now = now;
    this.#hasBundles = [...shop.products.values()].some(({ variants }) =>
      variants.some(({ components }) => components),
    );
  }

  /** A number that no other thing of this kind has. */
  nextId(kind: IdKind): string {
    const next = (this.#lastIds.get(kind) ?? this.#highestId(kind)) + 1;
    this.#lastIds.set(kind, next);
    return String(next);
  }

  #highestId(kind: IdKind): number {
    let highest = 1_000_000;
    const see = (id: string) => {
      if (Number(id) > highest) highest = Number(id);
    };
    const ofDiscounts = [...this.shop.discounts.values(), ...(this.shop.nativeDiscounts?.values() ?? [])];
    if (kind === "discount") for (const { id } of ofDiscounts) see(id);
    if (kind === "metafield") for (const { id } of this.shop.metafields.values()) see(id);
    for (const product of kind === "product" || kind === "variant" ? this.shop.products.values() : []) {
      if (kind === "product") see(product.id);
      else for (const { id } of product.variants) see(id);
    }
    for (const account of kind.startsWith("credit") ? (this.shop.creditAccounts?.values() ?? []) : []) {
      if (kind === "credit-account") see(account.id);
      else for (const { id } of account.transactions) see(id);
    }
    const isOfOrders = kind === "order" || kind === "line" || kind === "refund" || kind === "group";
    for (const order of isOfOrders ? this.shop.orders.values() : []) {
      if (kind === "group") for (const { group } of order.lines) see(group?.id ?? "0");
      if (kind === "order") see(order.id);
      if (kind === "line") for (const { id } of order.lines) see(id);
      if (kind === "refund") for (const { id } of order.refunds) see(id);
    }
    return highest;
  }

  variant(id: string): DevVariant | null {
    if (this.#variantOwners === null) {
      this.#variantOwners = new Map();
      for (const product of this.shop.products.values()) {
        for (const variant of product.variants) this.#variantOwners.set(variant.id, product.id);
      }
    }
    const owner = this.#variantOwners.get(id);
    if (owner === undefined) return null;
    return this.shop.products.get(owner)?.variants.find((variant) => variant.id === id) ?? null;
  }

  ordersOfCustomer(customerId: string): number {
    if (this.#customerOrders === null) {
      this.#customerOrders = new Map();
      for (const { customerId: id } of this.shop.orders.values()) {
        if (id !== null) this.#customerOrders.set(id, (this.#customerOrders.get(id) ?? 0) + 1);
      }
    }
    return this.#customerOrders.get(customerId) ?? 0;
  }

  metafieldDefinitions(): readonly MetafieldDefinition[] {
    return [...this.#definitions, ...(this.shop.metafieldDefinitions ?? [])];
  }

  metafieldDefinition(owner: string, namespace: string, key: string): MetafieldDefinition | null {
    return (
      this.metafieldDefinitions().find(
        (each) => each.owner === owner && each.namespace === namespace && each.key === key,
      ) ?? null
    );
  }

  putMetafield(input: Pick<DevMetafield, "ownerId" | "namespace" | "key" | "type" | "value">): DevMetafield {
    const mapKey = metafieldKey(input.ownerId, input.namespace, input.key);
    const id = this.shop.metafields.get(mapKey)?.id ?? this.nextId("metafield");
    const compareDigest = metafieldDigest(input.type, input.value);
    const metafield: DevMetafield = { ...input, id, compareDigest, updatedAt: this.#now() };
    this.shop.metafields.set(mapKey, metafield);
    this.#journal.record(this.shop.domain, "metafields", mapKey, metafield);
    return metafield;
  }

  /** False where there was none. */
  deleteMetafield(mapKey: string): boolean {
    if (!this.shop.metafields.delete(mapKey)) return false;
    this.#journal.record(this.shop.domain, "metafields", mapKey, null);
    return true;
  }

  putDiscount(node: DevDiscountNode): void {
    this.shop.discounts.set(node.id, node);
    this.#journal.record(this.shop.domain, "discounts", node.id, node);
  }

  deleteDiscount(id: string): void {
    this.shop.discounts.delete(id);
    this.#journal.record(this.shop.domain, "discounts", id, null);
    this.#deleteMetafieldsOf(`gid://shopify/DiscountNode/${id}`);
  }

  putNativeDiscount(discount: DevNativeDiscount): void {
    (this.shop.nativeDiscounts ??= new Map()).set(discount.id, discount);
    this.#journal.record(this.shop.domain, "native-discounts", discount.id, discount);
  }

  deleteNativeDiscount(id: string): void {
    this.shop.nativeDiscounts?.delete(id);
    this.#journal.record(this.shop.domain, "native-discounts", id, null);
  }

  #deleteMetafieldsOf(ownerId: string): void {
    for (const [mapKey, metafield] of this.shop.metafields)
      if (metafield.ownerId === ownerId) this.deleteMetafield(mapKey);
  }

  putOrder(order: DevOrder): void {
    if (!this.shop.orders.has(order.id)) this.#customerOrders = null;
    this.shop.orders.set(order.id, order);
    this.#journal.record(this.shop.domain, "orders", order.id, order);
  }

  deleteOrder(id: string): void {
    this.#customerOrders = null;
    this.shop.orders.delete(id);
    this.#journal.record(this.shop.domain, "orders", id, null);
  }

  /** What a merchant changes about the shop itself. */
  setFacts(facts: Partial<Pick<DevShop, "name" | "currency" | "timezone">>): void {
    for (const [key, value] of Object.entries(facts)) {
      Object.assign(this.shop, { [key]: value });
      this.#journal.record(this.shop.domain, "facts", key, value);
    }
  }

  putProduct(product: DevProduct): void {
    this.#variantOwners = null;
    this.shop.products.set(product.id, product);
    this.#journal.record(this.shop.domain, "products", product.id, product);
    this.#hasBundles ||= product.variants.some(({ components }) => components !== undefined);
    this.#followComponents();
  }

  /** The bundles' variants that a variant is a component of. */
  bundlesWith(variantId: string): string[] {
    if (!this.#hasBundles) return [];
    const variants = [...this.shop.products.values()].flatMap((product) => product.variants);
    const isIn = (variant: DevVariant) => variant.components?.some((one) => one.variantId === variantId) === true;
    return variants.filter(isIn).map(({ id }) => id);
  }

  /** Gives bundles the stock that their components allow. */
  #followComponents(): void {
    if (!this.#hasBundles) return;
    for (const product of bundlesToCorrect(this.shop, (id) => this.variant(id))) {
      this.shop.products.set(product.id, product);
    }
  }

  /** Sets what a variant costs in a market's own price list, in minor units of its currency. */
  setFixedPrice(marketId: string, variantId: string, priceMinor: number): void {
    this.shop.markets.find(({ id }) => id === marketId)?.prices?.set(variantId, priceMinor);
    this.#journal.record(this.shop.domain, "fixed-prices", `${marketId} ${variantId}`, priceMinor);
  }

  deleteProduct(id: string): void {
    this.#variantOwners = null;
    this.shop.products.delete(id);
    this.#journal.record(this.shop.domain, "products", id, null);
    this.#deleteMetafieldsOf(`gid://shopify/Product/${id}`);
    this.#followComponents();
  }

  /** Adds to (or, below zero, takes from) a variant's stock, where it is counted at all. */
  moveStock(variantId: string, units: number): void {
    const variant = this.variant(variantId);
    const product = variant === null ? undefined : this.shop.products.get(variant.productId);
    if (variant === null || product === undefined || !variant.tracked) return;
    const moved = { ...variant, inventoryQuantity: variant.inventoryQuantity + units };
    const variants = product.variants.map((each) => (each.id === variantId ? moved : each));
    this.shop.products.set(product.id, { ...product, variants });
    this.#journal.record(this.shop.domain, "stock", variantId, moved.inventoryQuantity);
    this.#followComponents();
  }

  /** Notes that a customer opted out of the sale of their data, or back in. */
  setOptedOut(customerId: string, optedOut: boolean): void {
    this.shop.optedOut ??= new Set();
    if (optedOut) this.shop.optedOut.add(customerId);
    else this.shop.optedOut.delete(customerId);
    this.#journal.record(this.shop.domain, "opted-out", customerId, optedOut);
  }

  setInstalled(installed: boolean): void {
    if (this.shop.installation.installed === installed) return;
    this.shop.installation.installed = installed;
    this.#journal.record(this.shop.domain, "installation", "installed", installed);
  }

  /** The app's web pixel; null where it has none any more. */
  setWebPixel(pixel: DevWebPixel | null): void {
    this.shop.webPixel = pixel;
    this.#journal.record(this.shop.domain, "facts", "webPixel", pixel);
  }

  /** The app started the workflows that begin with a trigger. */
  receiveFlowTrigger(trigger: { handle: string; payload: Readonly<Record<string, unknown>> }): void {
    (this.shop.flowTriggers ??= []).push(trigger);
  }

  putCreditAccount(account: DevCreditAccount): void {
    (this.shop.creditAccounts ??= new Map()).set(account.id, account);
    this.#journal.record(this.shop.domain, "credit-accounts", account.id, account);
  }

  setScopes(scopes: string[]): void {
    this.shop.installation.scopes = scopes;
    this.#journal.record(this.shop.domain, "installation", "scopes", scopes);
  }

  /** Puts back what an earlier run of the store recorded. */
  restore(collection: string, key: string, value: unknown): void {
    this.#variantOwners = null;
    this.#customerOrders = null;
    if (collection === "installation") {
      Object.assign(this.shop.installation, { [key]: value });
      return;
    }
    if (collection === "facts") {
      Object.assign(this.shop, { [key]: value });
      return;
    }
    if (collection === "credit-accounts") {
      (this.shop.creditAccounts ??= new Map()).set(key, value as DevCreditAccount);
      return;
    }
    if (collection === "opted-out") {
      this.shop.optedOut ??= new Set();
      if (value === true) this.shop.optedOut.add(key);
      return;
    }
    if (collection === "stock") {
      const variant = this.variant(key);
      const product = variant === null ? undefined : this.shop.products.get(variant.productId);
      if (variant === null || product === undefined) return;
      const moved = { ...variant, inventoryQuantity: value as number };
      const variants = product.variants.map((each) => (each.id === key ? moved : each));
      this.shop.products.set(product.id, { ...product, variants });
      this.#followComponents();
      return;
    }
    if (collection === "fixed-prices") {
      const [marketId = "", variantId = ""] = key.split(" ");
      this.shop.markets.find(({ id }) => id === marketId)?.prices?.set(variantId, value as number);
      return;
    }
    const maps: Record<string, Map<string, unknown>> = {
      metafields: this.shop.metafields as Map<string, unknown>,
      discounts: this.shop.discounts as Map<string, unknown>,
      "native-discounts": (this.shop.nativeDiscounts ??= new Map()) as Map<string, unknown>,
      orders: this.shop.orders as Map<string, unknown>,
      products: this.shop.products as Map<string, unknown>,
    };
    const map = maps[collection];
    if (map === undefined) throw new Error(`The journal holds an unknown collection: ${collection}`);
    if (value === null) map.delete(key);
    else map.set(key, value);
    if (collection !== "products") return;
    this.#hasBundles ||= (value as DevProduct | null)?.variants.some(({ components }) => components) === true;
    this.#followComponents();
  }
}
