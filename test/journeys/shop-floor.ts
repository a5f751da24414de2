import type { Page } from "playwright-core";
import { eventually } from "./eventually.ts";
import type { Story } from "./story.ts";

/** A cart as the storefront's own `/cart.js` tells it; amounts are hundredths of the unit. */
export interface CartJson {
  item_count: number;
  total_price: number;
  original_total_price: number;
  total_discount: number;
  currency: string;
  items: {
    id: number;
    key: string;
    variant_id: number;
    product_id: number;
    title: string;
    quantity: number;
    final_line_price: number;
    original_line_price: number;
    properties: Record<string, string>;
    /** Set where the line is a subscription. */
    selling_plan_allocation?: { selling_plan: { id: number } };
    /** The line that this one is nested under. */
    parent_relationship?: { parent_key: string };
  }[];
}

/** The page's own view of its cart. */
export function readCart(page: Page): Promise<CartJson> {
  return page.evaluate(async () => (await (await fetch("/cart.js")).json()) as never);
}

export interface ProductJson {
  id: number;
  handle: string;
  title: string;
  variants: { id: number; price: string; available: boolean }[];
}

/** The products whose first variant can be bought. */
export async function productsForSale(story: Pick<Story, "origin">): Promise<ProductJson[]> {
  return (await allProducts(story)).filter(({ variants }) => variants[0]!.available);
}

async function allProducts(story: Pick<Story, "origin">): Promise<ProductJson[]> {
  const found: ProductJson[] = [];
  for (let page = 1; page <= 4; page++) {
    const response = await fetch(`${story.origin}/collections/all/products.json?limit=100&page=${page}`);
    found.push(...((await response.json()) as { products: ProductJson[] }).products);
  }
  return found;
}

/** The price of a product's first variant, in whole units of the currency. */
export const priceOf = ({ variants }: ProductJson) => Number(variants[0]!.price);

/** What the checkout extension offers costs at most this share of the order. */
const ADD_ON_SHARE = 0.25;

/** Regular prices in hundredths of a set on a page: the page's own product first, then its companions. */
function setPrices(html: string): number[] {
  const set = /<tsuide-set[\s\S]*?<\/tsuide-set>/.exec(html)?.[0] ?? "";
  const items = set.split("data-item").slice(1);
  return items.map((item) => Number(/data-amount="?(\d+)/.exec(item)?.[1] ?? 0));
}

/** Finds a product page whose HTML passes, as a shopper who browses the catalogue would. */
export async function findPage(story: Pick<Story, "origin">, passes: (html: string) => boolean): Promise<string> {
  for (const { handle } of await allProducts(story)) {
    const path = `/products/${handle}`;
    if (passes(await (await fetch(story.origin + path)).text())) return path;
  }
  throw new Error("No product page of the shop is like that");
}

/** How long a change of an offer may take until every product page shows it, on a busy machine. */
export const PUBLISHED_MS = 180_000;

/** The first product page whose HTML has this text in it, once there is one. */
export async function pageWith(story: Pick<Story, "origin">, text: string): Promise<string> {
  const look = () => findPage(story, (html) => html.includes(text)).catch(() => null);
  return (await eventually(look, (found) => found !== null, PUBLISHED_MS))!;
}

/**
 * Finds a product page that shows a set with at least so many companions, as a shopper who browses the catalogue
 * would. `dearest` keeps the first product's price down, so that a story about a goal does not begin at its end. With
 * `leavesOne`, the set's last companion is cheap enough for checkout to offer it once the others are in the cart.
 */
export async function findSetPage(
  story: Story,
  { companions, dearest, leavesOne = false }: { companions: number; dearest: number; leavesOne?: boolean },
): Promise<string> {
  for (let page = 1; page <= 4; page++) {
    const response = await fetch(`${story.origin}/collections/all/products.json?limit=100&page=${page}`);
    const { products } = (await response.json()) as { products: ProductJson[] };
    for (const { handle, variants } of products) {
      if (!variants[0]?.available || Number(variants[0].price) > dearest) continue;
      const path = `/products/${handle}`;
      const prices = setPrices(await (await fetch(story.origin + path)).text());
      if (prices.length <= companions) continue;
      const others = prices.slice(0, -1).reduce((sum, price) => sum + price, 0);
      if (!leavesOne || (prices.at(-1) as number) <= others * ADD_ON_SHARE * 0.9) return path;
    }
  }
  throw new Error(`No product page shows a set of ${companions} companions.`);
}

/** The figure in a text such as "$23.40" or "￥1,200", in hundredths of the unit. */
export function hundredthsIn(text: string): number {
  const figure = /[\d,]+(\.\d+)?/.exec(text)?.[0];
  if (figure === undefined) throw new Error(`There is no amount in "${text}".`);
  return Math.round(Number(figure.replaceAll(",", "")) * 100);
}
