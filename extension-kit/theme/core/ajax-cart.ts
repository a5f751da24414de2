/** The parts of Shopify's Ajax API (`/cart.js`, `/cart/add.js`) that widgets read. Amounts are hundredths of the unit. */
export interface AjaxLine {
  readonly id?: number;
  readonly key?: string;
  readonly variant_id?: number;
  readonly product_id?: number;
  readonly quantity?: number;
  /** One unit, before discounts. */
  readonly original_price?: number;
  /** The whole line, after discounts on it. */
  readonly final_line_price: number;
  readonly requires_shipping: boolean;
  readonly gift_card: boolean;
  readonly properties?: Readonly<Record<string, string>> | null;
  /** Set where the line is a subscription. */
  readonly selling_plan_allocation?: { readonly selling_plan?: { readonly id: number } } | null;
}

export interface AjaxCart {
  readonly token: string;
  readonly currency: string;
  readonly item_count: number;
  readonly total_price: number;
  readonly items: readonly AjaxLine[];
  readonly discount_codes?: readonly { readonly code: string; readonly applicable: boolean }[];
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Answer of `/cart/add.js`: the lines added, or why none was. */
export interface AddAnswer {
  readonly items?: readonly AjaxLine[];
  readonly key?: string;
  readonly id?: number;
  readonly sections?: Readonly<Record<string, string | null>>;
  readonly message?: string;
  readonly description?: string;
}

/** Cart attribute of a shopper who declined suggestions, on any surface: see `extension-kit/decline.ts`. */
export const DECLINED = "_tsuide_declined";

const addressOf = (path: string) => (window.Shopify?.routes?.root ?? "/") + path;

/** The cart as it is now; null where it cannot be read. */
export async function readCart(): Promise<AjaxCart | null> {
  try {
    const response = await fetch(addressOf("cart.js"), { headers: { accept: "application/json" } });
    const cart = response.ok ? ((await response.json()) as AjaxCart) : null;
    return Array.isArray(cart?.items) ? cart : null;
  } catch {
    return null;
  }
}

/**
 * Posts to `/cart/<name>`. No time limit: a late answer still counts. Status 0 and a null answer where no answer
 * arrived.
 */
export async function postToCart<Answer>(name: string, body: object) {
  let status = 0;
  let answer: Answer | null = null;
  try {
    const response = await fetch(addressOf(`cart/${name}`), {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(body),
    });
    status = response.status;
    answer = (await response.json()) as Answer;
  } catch {
    // The request may still have succeeded: the caller reads the cart.
  }
  return { status, answer };
}

/** A page of the shop as it is now; null where it cannot be read. */
export async function fetchPage(url: string): Promise<Document | null> {
  try {
    return new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
  } catch {
    return null;
  }
}

/** Quantities by variant id. */
export function quantitiesIn(lines: readonly AjaxLine[]): Map<string, number> {
  const quantities = new Map<string, number>();
  for (const line of lines) {
    const id = String(line.variant_id ?? line.id);
    quantities.set(id, (quantities.get(id) ?? 0) + (line.quantity ?? 1));
  }
  return quantities;
}
