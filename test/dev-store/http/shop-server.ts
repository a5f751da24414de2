import { join } from "node:path";
import type { AdminContext } from "../admin-api/context.ts";
import type { DeclaredTrigger } from "../admin-api/declared-triggers.ts";
import { executeAdmin, type AdminRequest } from "../admin-api/execute.ts";
import { CostBucket } from "../admin-api/throttle.ts";
import type { AppDeclaration } from "../shop/app-toml.ts";
import { BulkOperations } from "../bulk/bulk.ts";
import type { BulkOperation } from "../bulk/bulk-operation.ts";
import { expandBundles } from "../shop/bundle-lines.ts";
import { ShopChanges } from "../shop/changes.ts";
import type { Journal } from "../shop/journal.ts";
import { orderTotals, refundShareMinor } from "../shop/order-totals.ts";
import type { DevOrder, DevProduct, DevRefund, DevShop, OrderDraft } from "../shop/state.ts";
import {
  orderEditedPayload,
  orderPayload,
  productPayload,
  refundCreatedPayload,
} from "../webhooks/webhook-payloads.ts";
import type { WebhookSender } from "../webhooks/webhooks.ts";

/** The app's number at Shopify, as in `app--<number>` namespaces. */
const APP_NUMBER = "184927361";

export interface ShopServerOptions {
  shop: DevShop;
  app: { apiKey: string };
  declaration: AppDeclaration;
  functionHandles: readonly string[];
  pixelSettings: readonly string[] | null;
  flowTriggers: readonly DeclaredTrigger[];
  journal: Journal;
  webhooks: WebhookSender;
  origin: string;
  filesOrigin: string;
  filesFolder: string;
  now(): number;
  newToken(): string;
}

/** A change that the shop refuses: an unknown order, more units than were sold. */
export class RefusedChange extends Error {}

/** One shop with everything Shopify does for it: the Admin API, bulk operations, orders, stock and webhooks. */
export class ShopServer {
  readonly shop: DevShop;
  readonly changes: ShopChanges;
  /** What the Admin API answers instead of doing anything, as for a shop that has not paid (402) or is locked (423). */
  refusal: { status: number; body: string } | null = null;
  readonly bulk: BulkOperations;
  readonly bucket: CostBucket;
  readonly #options: ShopServerOptions;
  #lastOrderNumber: number | null = null;

  constructor(options: ShopServerOptions) {
    const { shop, journal, declaration, now } = options;
    this.#options = options;
    this.shop = shop;
    this.changes = new ShopChanges(shop, journal, declaration.metafieldDefinitions, now);
    this.bucket = new CostBucket(now);
    this.bulk = new BulkOperations({
      shop: shop.domain,
      journal,
      filesOrigin: options.filesOrigin,
      folder: join(options.filesFolder, shop.domain),
      now,
      contextFor: (scopes) => this.contextFor(scopes),
      finish: (operation) => this.#bulkFinished(operation),
    });
  }

  contextFor(scopes: ReadonlySet<string>): AdminContext {
    const { shop, changes, bulk } = this;
    const { app, declaration, functionHandles, pixelSettings, flowTriggers, origin, now } = this.#options;
    const extensions = { functionHandles, pixelSettings, flowTriggers };
    const known = { apiKey: app.apiKey, name: declaration.name, numericId: APP_NUMBER, ...extensions };
    const saveProduct = (product: DevProduct) => this.#saveProduct(product);
    return { shop, changes, bulk, scopes, app: known, origin, now, saveProduct };
  }

  graphql(request: AdminRequest, scopes: ReadonlySet<string>): Promise<object> {
    return executeAdmin(request, this.contextFor(scopes), this.bucket);
  }

  #send(topic: string, payload: Record<string, unknown>): void {
    if (this.shop.installation.installed) this.#options.webhooks.send(topic, this.shop.domain, payload);
  }

  #bulkFinished(operation: BulkOperation): void {
    this.#send("bulk_operations/finish", {
      admin_graphql_api_id: `gid://shopify/BulkOperation/${operation.id}`,
      completed_at: new Date(operation.completedAt ?? this.#options.now()).toISOString(),
      created_at: new Date(operation.createdAt).toISOString(),
      error_code: operation.errorCode?.toLowerCase() ?? null,
      status: operation.status.toLowerCase(),
      type: "query",
    });
  }

  #nextOrderName(): string {
    if (this.#lastOrderNumber === null) {
      this.#lastOrderNumber = 1000;
      for (const { name } of this.shop.orders.values()) {
        this.#lastOrderNumber = Math.max(this.#lastOrderNumber, Number(/\d+/.exec(name)?.[0] ?? 0));
      }
    }
    return `#${++this.#lastOrderNumber}`;
  }

  /** Moves stock; sends a webhook for each product of which a variant is sold out by it or comes back, bundles included. */
  #moveStock(variantId: string, units: number): void {
    const moved = [variantId, ...this.changes.bundlesWith(variantId)];
    const buyable = (id: string) => (this.changes.variant(id)?.inventoryQuantity ?? 0) > 0;
    const before = moved.map(buyable);
    this.changes.moveStock(variantId, units);
    for (const [place, id] of moved.entries()) {
      const variant = this.changes.variant(id);
      if (variant?.tracked === true && before[place] !== buyable(id)) this.updateProduct(variant.productId, {});
    }
  }

  /** Appends the order, takes its items from stock, and sends `orders/create`. */
  placeOrder(draft: OrderDraft): DevOrder {
    const now = draft.at ?? this.#options.now();
    const lines = expandBundles(draft.lines, {
      variant: (id) => this.changes.variant(id),
      product: (id) => this.shop.products.get(id),
      nextGroup: () => this.changes.nextId("group"),
    });
    const order: DevOrder = {
      id: this.changes.nextId("order"),
      name: this.#nextOrderName(),
      createdAt: now,
      processedAt: now,
      updatedAt: now,
      cancelledAt: null,
      test: false,
      sourceName: draft.sourceName,
      customerId: draft.customerId,
      currency: this.shop.currency,
      presentmentCurrency: draft.presentmentCurrency,
      presentmentRate: draft.presentmentRate,
      lines: lines.map((line) => ({ ...line, id: this.changes.nextId("line"), currentQuantity: line.quantity })),
      shippingMinor: draft.shippingMinor,
      ...(draft.paidShippingMinor === undefined ? {} : { paidShippingMinor: draft.paidShippingMinor }),
      ...(draft.shippingDiscounts === undefined ? {} : { shippingDiscounts: draft.shippingDiscounts }),
      refunds: [],
      cartToken: draft.cartToken,
      checkoutToken: draft.checkoutToken,
      financialStatus: draft.isPending === true ? "PENDING" : "PAID",
      ...(this.shop.taxes === undefined ? {} : { taxes: this.shop.taxes }),
    };
    const isOfNow = draft.at === undefined;
    for (const { variantId, quantity } of order.lines)
      if (isOfNow && variantId !== null) this.#moveStock(variantId, -quantity);
    this.changes.putOrder(order);
    this.#send("orders/create", orderPayload(order, this.shop));
    return order;
  }

  #order(id: string): DevOrder {
    const order = this.shop.orders.get(id);
    if (order === undefined) throw new RefusedChange(`There is no order ${id}.`);
    return order;
  }

  /** Always later than before by a second, which is what Shopify's times can tell apart. */
  #laterThan(order: DevOrder, at: number): number {
    return Math.max(at, order.updatedAt + 1000);
  }

  /**
   * Refunds units and puts them back into stock, and an amount without lines; sends `refunds/create` and
   * `orders/updated`. Throws `RefusedChange`. `at`: when, in a shop whose past is being made; now where absent.
   */
  refund(
    orderId: string,
    units: readonly { lineId: string; quantity: number }[],
    withoutLinesMinor = 0,
    at?: number,
  ): DevRefund {
    const before = this.#order(orderId);
    const { order, refund } = this.#refunded(before, units, at ?? this.#options.now(), withoutLinesMinor);
    this.changes.putOrder(order);
    this.#send("refunds/create", refundCreatedPayload(refund, order, this.shop));
    this.#send("orders/updated", orderPayload(order, this.shop));
    return refund;
  }

  #refunded(
    order: DevOrder,
    units: readonly { lineId: string; quantity: number }[],
    at: number,
    withoutLinesMinor = 0,
  ): { order: DevOrder; refund: DevRefund } {
    if (!Number.isInteger(withoutLinesMinor) || withoutLinesMinor < 0) throw new RefusedChange("Not an amount.");
    if (units.length === 0 && withoutLinesMinor === 0) throw new RefusedChange("A refund needs lines or an amount.");
    const lines = order.lines.map((line) => ({ ...line }));
    const refund: DevRefund = { id: this.changes.nextId("refund"), createdAt: at, lines: [] };
    for (const { lineId, quantity } of units) {
      const line = lines.find(({ id }) => id === lineId);
      if (line === undefined) throw new RefusedChange(`Order ${order.name} has no line ${lineId}.`);
      if (!Number.isInteger(quantity) || quantity < 1 || quantity > line.currentQuantity) {
        throw new RefusedChange(`Of line ${lineId}, ${line.currentQuantity} can be refunded, not ${quantity}.`);
      }
      refund.lines.push({ lineId, quantity, subtotalMinor: refundShareMinor(line, quantity, line.currentQuantity) });
      line.currentQuantity -= quantity;
    }
    for (const { lineId, quantity } of refund.lines) {
      const variantId = lines.find(({ id }) => id === lineId)?.variantId;
      if (variantId) this.#moveStock(variantId, quantity);
    }
    const all = lines.every(({ currentQuantity }) => currentQuantity === 0);
    if (withoutLinesMinor > 0) {
      refund.withoutLinesMinor = withoutLinesMinor;
      const { currentSubtotalMinor, withoutLinesMinor: before } = orderTotals({ ...order, lines });
      const left = currentSubtotalMinor - before;
      if (withoutLinesMinor > left) throw new RefusedChange(`Of the goods ${left} is left, not ${withoutLinesMinor}.`);
    }
    const changed: DevOrder = {
      ...order,
      lines,
      refunds: [...order.refunds, refund],
      financialStatus: all ? "REFUNDED" : "PARTIALLY_REFUNDED",
      updatedAt: this.#laterThan(order, at),
    };
    return { order: changed, refund };
  }

  /** Takes an order as paid, as staff do when a bank transfer has arrived; sends `orders/updated`. */
  markPaid(orderId: string): DevOrder {
    const before = this.#order(orderId);
    if (before.financialStatus !== "PENDING") throw new RefusedChange(`Order ${before.name} is paid already.`);
    const order: DevOrder = {
      ...before,
      financialStatus: "PAID",
      updatedAt: this.#laterThan(before, this.#options.now()),
    };
    this.changes.putOrder(order);
    this.#send("orders/updated", orderPayload(order, this.shop));
    return order;
  }

  /** Cancels an order and refunds what is left of it. `at`: as for {@link refund}. */
  cancel(orderId: string, at = this.#options.now()): DevOrder {
    const before = this.#order(orderId);
    if (before.cancelledAt !== null) throw new RefusedChange(`Order ${before.name} is cancelled already.`);
    const left = before.lines.filter(({ currentQuantity }) => currentQuantity > 0);
    const units = left.map(({ id, currentQuantity }) => ({ lineId: id, quantity: currentQuantity }));
    const refunded = units.length === 0 ? null : this.#refunded(before, units, at);
    const order = {
      ...(refunded?.order ?? before),
      cancelledAt: at,
      updatedAt: this.#laterThan(before, at),
    };
    this.changes.putOrder(order);
    if (refunded !== null) this.#send("refunds/create", refundCreatedPayload(refunded.refund, order, this.shop));
    this.#send("orders/cancelled", orderPayload(order, this.shop));
    this.#send("orders/updated", orderPayload(order, this.shop));
    return order;
  }

  /** Takes units off an order without giving money back, as an order edit does; sends `orders/edited`. */
  edit(orderId: string, left: readonly { lineId: string; quantity: number }[]): DevOrder {
    const before = this.#order(orderId);
    const lines = before.lines.map((line) => ({ ...line }));
    const removals: { id: number; delta: number }[] = [];
    for (const { lineId, quantity } of left) {
      const line = lines.find(({ id }) => id === lineId);
      if (line === undefined) throw new RefusedChange(`Order ${before.name} has no line ${lineId}.`);
      if (!Number.isInteger(quantity) || quantity < 0 || quantity >= line.currentQuantity) {
        throw new RefusedChange(`Of line ${lineId}, fewer than ${line.currentQuantity} can be left, not ${quantity}.`);
      }
      removals.push({ id: Number(lineId), delta: line.currentQuantity - quantity });
      line.currentQuantity = quantity;
    }
    for (const { id, delta } of removals) {
      const variantId = lines.find((line) => line.id === String(id))?.variantId;
      if (variantId) this.#moveStock(variantId, delta);
    }
    const order = { ...before, lines, updatedAt: this.#laterThan(before, this.#options.now()) };
    this.changes.putOrder(order);
    this.#send("orders/edited", orderEditedPayload(order, removals));
    this.#send("orders/updated", orderPayload(order, this.shop));
    return order;
  }

  /** Deletes an order, as a merchant may a test order or a cancelled one; sends `orders/delete`. */
  deleteOrder(id: string): void {
    this.#order(id);
    this.changes.deleteOrder(id);
    this.#send("orders/delete", { id: Number(id) });
  }

  /** Changes the shop's name, currency or time zone; sends `shop/update`. */
  updateShop(facts: Partial<Pick<DevShop, "name" | "currency" | "timezone">>): void {
    this.changes.setFacts(facts);
    const { id, name, currency, timezone, domain } = this.shop;
    const email = `owner@${domain}`;
    const updatedAt = new Date(this.#options.now()).toISOString();
    this.#send("shop/update", {
      id: Number(id),
      name,
      currency,
      iana_timezone: timezone,
      email,
      updated_at: updatedAt,
    });
  }

  updateProduct(id: string, change: Partial<DevProduct>): DevProduct {
    const product = this.shop.products.get(id);
    if (product === undefined) throw new RefusedChange(`There is no product ${id}.`);
    const updated = { ...product, ...change, updatedAt: Math.max(this.#options.now(), product.updatedAt + 1000) };
    this.changes.putProduct(updated);
    this.#send("products/update", productPayload(updated, this.shop));
    return updated;
  }

  #saveProduct(product: DevProduct): DevProduct {
    if (this.shop.products.has(product.id)) return this.updateProduct(product.id, product);
    this.createProduct(product);
    return product;
  }

  createProduct(product: DevProduct): void {
    this.changes.putProduct(product);
    this.#send("products/create", productPayload(product, this.shop));
  }

  deleteProduct(id: string): void {
    if (!this.shop.products.has(id)) throw new RefusedChange(`There is no product ${id}.`);
    this.changes.deleteProduct(id);
    this.#send("products/delete", { id: Number(id) });
  }

  /** Installs the app, as opening it for the first time does under Shopify-managed installation. */
  install(): void {
    this.changes.setInstalled(true);
  }

  /** Removes the app: its discounts stop, the webhook goes out. The caller revokes the tokens. */
  uninstall(): void {
    if (!this.shop.installation.installed) return;
    this.#send("app/uninstalled", {
      id: Number(this.shop.id),
      name: this.shop.name,
      myshopify_domain: this.shop.domain,
      domain: this.shop.domain,
    });
    for (const { id } of [...this.shop.discounts.values()]) this.changes.deleteDiscount(id);
    if (this.shop.webPixel) this.changes.setWebPixel(null);
    this.changes.setInstalled(false);
  }

  setScopes(scopes: string[]): void {
    const previous = this.shop.installation.scopes;
    this.changes.setScopes(scopes);
    this.#send("app/scopes_update", {
      id: Number(APP_NUMBER),
      previous,
      current: scopes,
      updated_at: new Date(this.#options.now()).toISOString(),
    });
  }

  /** Compliance webhooks come also after the app is gone. */
  sendCompliance(topic: string, payload: Record<string, unknown>): void {
    this.#options.webhooks.send(topic, this.shop.domain, payload);
  }
}
