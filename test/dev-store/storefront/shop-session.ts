import { createHash } from "node:crypto";
import type { Checkout } from "../checkout/checkout-state.ts";
import type { DevOrder, DevShop, StoreContext } from "../shop/state.ts";
import type { Cart, CartLine } from "./cart.ts";
import type { Visitor } from "./visitor.ts";

/** A finished checkout as the buyer saw it when paying, for the thank-you page. */
export interface PlacedCheckout {
  order: DevOrder;
  checkout: Checkout;
  visitor: Visitor;
}

interface ShopSession {
  carts: Map<string, Cart>;
  placed: Map<string, PlacedCheckout>;
  /** Key-value storage of the checkout extensions. */
  extensionStorage: Map<string, unknown>;
}

const sessions = new WeakMap<DevShop, ShopSession>();

/** Carts and finished checkouts of one shop; they live as long as the process does. */
export function sessionOf(shop: DevShop): ShopSession {
  const known = sessions.get(shop);
  if (known) return known;
  const session: ShopSession = { carts: new Map(), placed: new Map(), extensionStorage: new Map() };
  sessions.set(shop, session);
  return session;
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** A token of 32 characters from the injected randomness, so that tests can repeat it. */
export function makeToken(context: StoreContext): string {
  let token = "";
  while (token.length < 32) token += ALPHABET[Math.floor(context.random() * ALPHABET.length)];
  return token;
}

/** The cart of a token; a new, unsaved one where the token is unknown. */
export function cartFor(context: StoreContext, token: string | null): Cart {
  const known = token === null ? undefined : sessionOf(context.shop).carts.get(token);
  if (known) return known;
  const fresh = token !== null && /^[a-z0-9]{32}$/.test(token) ? token : makeToken(context);
  return { token: fresh, lines: [], note: "", attributes: {}, discountCodes: [] };
}

/** The key of a line: lines of one variant with differing properties, plans or parents are different lines. */
export function lineKey(line: Pick<CartLine, "variantId" | "properties" | "sellingPlanId" | "parentKey">): string {
  const { variantId, properties, sellingPlanId, parentKey } = line;
  const parent = parentKey === null ? [] : [parentKey];
  const identity = JSON.stringify([Object.entries(properties).sort(), sellingPlanId, ...parent]);
  return `${variantId}:${createHash("md5").update(identity).digest("hex")}`;
}
