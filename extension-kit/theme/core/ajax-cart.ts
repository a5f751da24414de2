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

/** A line to be nested under the line that the theme adds. */
export interface JoinedLine {
  readonly id: number;
  /** Variant of the line that it is nested under, which the same request adds. */
  readonly parent_id: number;
  readonly quantity: number;
  readonly properties: { readonly _tsuide: string };
}

/** Cart attribute of a shopper who declined suggestions, on any surface: see `extension-kit/decline.ts`. */
export const DECLINED = "_tsuide_declined";

/** Address of a page of the shop, in the shopper's language and market. */
export const addressOf = (path: string) => (window.Shopify?.routes?.root ?? "/") + path;

/** What the shop answers; status 0 and a null answer where no answer arrived. No time limit: a late answer still counts. */
export async function ask<Answer>(address: string, init?: RequestInit, parse: (text: string) => Answer = JSON.parse) {
  let status = 0;
  let answer: Answer | null = null;
  try {
    const response = await fetch(address, init);
    status = response.status;
    answer = parse(await response.text());
  } catch {
    // A request that changes the cart may still have succeeded: the caller reads the cart.
  }
  return { status, answer };
}

/** The cart as it is now; null where it cannot be read. */
export async function readCart(): Promise<AjaxCart | null> {
  const { answer } = await ask<AjaxCart>(addressOf("cart.js"));
  return answer?.items ? answer : null;
}

/** Posts to `/cart/<name>`. */
export function postToCart<Answer>(name: string, body: object) {
  const headers = { "content-type": "application/json" };
  return ask<Answer>(addressOf("cart/" + name), { method: "POST", headers, body: JSON.stringify(body) });
}

/** Writes attributes of the cart. */
export const annotateCart = (attributes: Readonly<Record<string, string>>) => postToCart("update.js", { attributes });

/** Notes that the shopper declined suggestions. */
export const decline = () => annotateCart({ [DECLINED]: "1" });

/** HTML as a document, in which no script runs. */
export const parseHtml = (html: string) => new DOMParser().parseFromString(html, "text/html");

const asked = new Map<string, Promise<{ answer: Document | null }>>();

/**
 * A page of the shop as it is now; null where it cannot be read. Those who ask for it at the same moment share it. It is
 * asked for as a page: Shopify answers some addresses with the cart's data otherwise.
 */
export async function fetchPage(address: string) {
  const request = asked.get(address) ?? ask(address, { headers: { accept: "text/html" } }, parseHtml);
  asked.set(address, request);
  setTimeout(() => asked.delete(address));
  return (await request).answer;
}

/** The variant of a line, as text. */
export const variantOf = ({ variant_id, id }: AjaxLine) => String(variant_id ?? id);
