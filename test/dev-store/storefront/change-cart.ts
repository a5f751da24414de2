import type { DevProduct, StoreContext } from "../shop/state.ts";
import { isPublished, quantityRuleOf, sellableQuantity, variantById, type View } from "./catalog.ts";
import { planById } from "./selling-plans.ts";
import { lineKey, sessionOf } from "./shop-session.ts";
import type { Cart, CartLine } from "./cart.ts";
import { viewOf, type Visitor } from "./visitor.ts";

/** Why Shopify would refuse a change of the cart; the Ajax API answers it with this status and text. */
export interface CartRefusal {
  code:
    | "unknown-variant"
    | "sold-out"
    | "too-few"
    | "too-many"
    | "unknown-line"
    | "unknown-plan"
    | "plan-required"
    | "unknown-parent"
    | "malformed";
  status: number;
  message: string;
  description: string;
}

export type CartChange<T> = { ok: true; value: T } | { ok: false; refusal: CartRefusal };

export interface LineToAdd {
  variantId: string;
  quantity: number;
  properties: Record<string, string>;
  sellingPlanId: string | null;
  /** The line to be nested under: a variant that the same request adds, or the key of a line that is there. */
  parent?: { readonly variantId: string } | { readonly key: string };
}

function refuse(code: CartRefusal["code"], description: string, status = 422): { ok: false; refusal: CartRefusal } {
  const message = code === "unknown-line" || code === "malformed" ? description : "Cart Error";
  return { ok: false, refusal: { code, status, message, description } };
}

/** The most lines a cart may have, as at Shopify. */
const MAX_LINES = 500;

function save(context: StoreContext, cart: Cart): void {
  sessionOf(context.shop).carts.set(cart.token, cart);
}

function titleOf(product: { title: string; variants: unknown[] }, variant: { title: string }): string {
  return product.variants.length > 1 ? `${product.title} - ${variant.title}` : product.title;
}

function checkStock(context: StoreContext, lines: CartLine[], variantId: string, view: View): CartChange<null> {
  const found = variantById(context.shop, variantId);
  if (!found || !isPublished(found.product, view)) return refuse("unknown-variant", "Cannot find variant");
  const sellable = sellableQuantity(found.variant);
  const title = titleOf(found.product, found.variant);
  if (sellable === 0) return refuse("sold-out", `The product '${title}' is already sold out.`);
  const wanted = lines.filter((line) => line.variantId === variantId).reduce((sum, line) => sum + line.quantity, 0);
  const { min } = quantityRuleOf(found.variant);
  if (wanted < min) return refuse("too-few", `You must add at least ${min} of ${title} to the cart.`);
  if (wanted > sellable) return refuse("too-many", `You can only add ${sellable} ${title} to the cart.`);
  return { ok: true, value: null };
}

/** Whether a product is sold with a plan, or without one for null. */
function checkPlan(product: DevProduct, id: string | null, unknown: string): CartChange<null> {
  if (id !== null && planById(product, id) === null) return refuse("unknown-plan", unknown);
  if (id === null && product.requiresSellingPlan) {
    return refuse("plan-required", "Variant can only be purchased with a selling plan.");
  }
  return { ok: true, value: null };
}

/** The key of the line that an item is to be nested under; undefined where there is no such line, or it is nested itself. */
function parentOf({ parent, variantId }: LineToAdd, lines: CartLine[], touched: string[]): string | null | undefined {
  if (parent === undefined) return null;
  const isMeant = (line: CartLine) =>
    "key" in parent ? line.key === parent.key : line.variantId === parent.variantId && touched.includes(line.key);
  const found = lines.find((line) => line.parentKey === null && line.variantId !== variantId && isMeant(line));
  return found?.key;
}

/** Lines in the cart's order: a nested line stands behind its parent. */
function inOrder(lines: CartLine[]): CartLine[] {
  const nestedUnder = Map.groupBy(lines, ({ parentKey }) => parentKey);
  return (nestedUnder.get(null) ?? []).flatMap((line) => [line, ...(nestedUnder.get(line.key) ?? [])]);
}

/**
 * Puts items into a cart, all or none: one that is unknown or sold out refuses the whole request. Lines with the
 * same variant, properties, plan and parent are joined; new lines come first, nested ones behind their parent.
 */
export function addToCart(
  context: StoreContext,
  visitor: Visitor,
  cart: Cart,
  items: LineToAdd[],
): CartChange<CartLine[]> {
  let lines = cart.lines.map((line) => ({ ...line }));
  const touched: string[] = [];
  for (const item of items) {
    const found = variantById(context.shop, item.variantId);
    if (!found) return refuse("unknown-variant", "Cannot find variant");
    if (!Number.isSafeInteger(item.quantity) || item.quantity < 1) {
      return refuse("malformed", "Quantity must be a whole number of at least 1", 400);
    }
    const plan = checkPlan(found.product, item.sellingPlanId, "Cannot find selling plan");
    if (!plan.ok) return plan;
    const { parent: _parent, ...asked } = item;
    const parentKey = parentOf(item, lines, touched);
    if (parentKey === undefined)
      return refuse("unknown-parent", "Parent line does not match any existing or added lines");
    const key = lineKey({ ...asked, parentKey });
    const existing = lines.find((line) => line.key === key);
    if (existing) existing.quantity += item.quantity;
    else lines = [{ key, ...asked, parentKey }, ...lines];
    touched.push(key);
    const stock = checkStock(context, lines, item.variantId, viewOf(context, visitor));
    if (!stock.ok) return stock;
  }
  if (lines.length > MAX_LINES) return refuse("too-many", `The cart can hold ${MAX_LINES} lines at most.`);
  cart.lines = inOrder(lines);
  save(context, cart);
  return { ok: true, value: touched.map((key) => cart.lines.find((line) => line.key === key)!) };
}

export interface LineChange {
  quantity?: number;
  properties?: Record<string, string>;
  /** Null takes the plan off. */
  sellingPlanId?: string | null;
}

/** The line that an Ajax `id` (a key or a variant id) or a 1-based `line` means. */
export function findLine(cart: Cart, id: string | null, line: number | null): CartLine | null {
  if (line !== null) return cart.lines[line - 1] ?? null;
  return cart.lines.find((each) => each.key === id) ?? cart.lines.find((each) => each.variantId === id) ?? null;
}

/**
 * Changes one line; a quantity of 0 removes it, and what is nested under it. Lines that become alike are joined. A nested
 * line keeps its own quantity when that of its parent changes.
 */
export function changeLine(context: StoreContext, cart: Cart, key: string, change: LineChange): CartChange<null> {
  const at = cart.lines.findIndex((line) => line.key === key);
  const before = cart.lines[at];
  if (!before) return refuse("unknown-line", "no valid id or line parameter", 400);
  const quantity = change.quantity ?? before.quantity;
  if (!Number.isSafeInteger(quantity) || quantity < 0) {
    return refuse("malformed", "Quantity must be a whole number of at least 0", 400);
  }
  const properties = change.properties ?? before.properties;
  const sellingPlanId = change.sellingPlanId === undefined ? before.sellingPlanId : change.sellingPlanId;
  if (quantity > 0 && sellingPlanId !== before.sellingPlanId) {
    const product = variantById(context.shop, before.variantId)?.product;
    const plan = product && checkPlan(product, sellingPlanId, "Cannot apply selling plan to variant");
    if (plan?.ok === false) return plan;
  }
  const next: CartLine = {
    key: lineKey({ ...before, properties, sellingPlanId }),
    variantId: before.variantId,
    quantity,
    properties,
    sellingPlanId,
    parentKey: before.parentKey,
  };
  const lines = cart.lines.map((line) => ({ ...line }));
  const twin = lines.find((line, index) => index !== at && line.key === next.key);
  if (quantity === 0) lines.splice(at, 1);
  else if (twin) {
    twin.quantity += quantity;
    lines.splice(at, 1);
  } else lines[at] = next;
  if (quantity > before.quantity) {
    // What is in a cart stays there, whatever its market sells.
    const stock = checkStock(context, lines, before.variantId, { now: context.now(), excluded: undefined });
    if (!stock.ok) return stock;
  }
  cart.lines = inOrder(nestedAgain(lines, before.key, quantity === 0 ? null : next.key));
  save(context, cart);
  return { ok: true, value: null };
}

/** The lines once what was nested under one line is nested under another; null removes it. */
function nestedAgain(lines: CartLine[], parent: string, instead: string | null): CartLine[] {
  if (instead === parent) return lines;
  const moved: CartLine[] = [];
  for (const line of lines) {
    if (line.parentKey !== parent) moved.push(line);
    else if (instead !== null) {
      const parentKey = instead;
      moved.push({ ...line, parentKey, key: lineKey({ ...line, parentKey }) });
    }
  }
  return [...Map.groupBy(moved, ({ key }) => key).values()].map((alike) => ({
    ...alike[0]!,
    quantity: alike.reduce((sum, { quantity }) => sum + quantity, 0),
  }));
}

/** Takes every line out and keeps the cart. */
export function clearCart(context: StoreContext, cart: Cart): void {
  cart.lines = [];
  save(context, cart);
}

/** Sets the note and merges attributes; an attribute set to "" is removed. */
export function annotateCart(
  context: StoreContext,
  cart: Cart,
  note: string | null,
  attributes: Record<string, string>,
): void {
  if (note !== null) cart.note = note;
  const merged = Object.entries({ ...cart.attributes, ...attributes }).filter(([, value]) => value !== "");
  cart.attributes = Object.fromEntries(merged);
  save(context, cart);
}

/** Has exactly these discount codes entered, each once, whether they apply or not. */
export function setDiscountCodes(context: StoreContext, cart: Cart, codes: readonly string[]): void {
  const written = codes.map((code) => code.trim()).filter((code) => code !== "");
  cart.discountCodes = [...new Map(written.map((code) => [code.toLowerCase(), code])).values()];
  save(context, cart);
}
