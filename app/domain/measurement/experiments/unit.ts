/** Whom an experiment assigns and counts. */
export interface Unit {
  readonly kind: "visitor" | "cart";
  readonly id: string;
}

/** What is known of a shopper when a page is about to be painted. */
export interface KnownShopper {
  /** Whether the shopper consented to analytics. */
  readonly consented: boolean;
  /** Our id of the visitor, which the browser keeps; not looked at without consent. */
  readonly visitorId: string | null;
  /** The token of the cart, which exists without consent because the cart needs it. */
  readonly cartToken: string | null;
  /** What the shopper was assigned by before, as {@link unitText}; null where nothing was kept. */
  readonly cartUnit: string | null;
}

const LONGEST_ID = 100;
const UNIT = /^([vc]):([\w.-]{1,100})$/;

/**
 * The unit of a shopper: what their cart was assigned by before, so that consent in the middle of a visit changes nothing
 * that they see; else the visitor, with consent; else the cart. Null where there is neither: such a shopper sees what all
 * see, takes part in no experiment and is not counted.
 */
export function unitOf({ consented, visitorId, cartToken, cartUnit }: KnownShopper): Unit | null {
  const kept = cartUnit === null ? null : readUnit(cartUnit);
  if (kept !== null && (kept.kind === "cart" || consented)) return kept;
  if (consented && isId(visitorId)) return { kind: "visitor", id: visitorId };
  // Shopify appends a secret to the token: "Z2NwLX...?key=...". It is no part of the cart's name.
  const cart = cartToken?.split("?", 1)[0] ?? null;
  return isId(cart) ? { kind: "cart", id: cart } : null;
}

/** "v:..." or "c:...", as a cart carries it. */
export function unitText({ kind, id }: Unit): string {
  return `${kind === "visitor" ? "v" : "c"}:${id}`;
}

/** Reads {@link unitText}; null for anything else, since buyers can write what they like. */
export function readUnit(text: string): Unit | null {
  const [, code, id] = UNIT.exec(text) ?? [];
  return id === undefined ? null : { kind: code === "v" ? "visitor" : "cart", id };
}

function isId(id: string | null): id is string {
  return id !== null && id.length <= LONGEST_ID && /^[\w.-]+$/.test(id);
}
