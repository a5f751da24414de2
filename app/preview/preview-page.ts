import { gid } from "../domain/ids.ts";
import { toHundredths } from "../domain/money/hundredths.ts";
import { compileProductOffer } from "../domain/offers/types/bought-together/compile.ts";
import { LEAST_ORDERS_SHOWN } from "../domain/offers/types/bought-together/published.ts";
import { storefrontEntry } from "../domain/offers/types/goal/published.ts";
import { envelopeOf } from "../domain/publishing/envelope.ts";
import { storefrontText } from "../domain/publishing/shop-envelopes.ts";
import type { PublishedQuantityBreaks } from "../domain/offers/types/quantity-breaks/published.ts";
import type { PreviewProduct, PreviewProducts } from "../views/preview-view.ts";
import { type BlockFiles, escapeHtml, renderBlock } from "./theme-blocks.ts";

/** What is previewed: an offer as it stands in its form, saved or not. */
export interface PreviewSettings {
  /** The blocks to show, in this order. */
  readonly blocks: readonly ("bought-together" | "goal-bar" | "quantity-breaks")[];
  readonly discountBasisPoints: number;
  readonly setSize: number;
  readonly tellOrdersTogether: boolean;
  /** Whether the companions are those of similar products: nobody has bought them with this one yet. */
  readonly similar?: boolean;
  /** In the shop's currency, minor units; null for none. */
  readonly goalMinor: number | null;
  readonly breaks: Pick<PublishedQuantityBreaks, "together" | "tiers"> | null;
}

/** How full the example's cart is, in percent of the goal. */
const CART_PERCENT = 60;

/**
 * A document with blocks of the theme extension, as shoppers see them at load: nothing is ticked and nothing can be
 * pressed. Tells the page around its height.
 */
export function previewPage(
  files: BlockFiles,
  shop: PreviewProducts,
  settings: PreviewSettings,
  at: { readonly language: string; readonly now: Date },
): string {
  const { language } = at;
  const context = { language, currency: shop.currency, objects: previewObjects(shop, settings, at) };
  const blocks = settings.blocks.map((block) => renderBlock(files, block, context));
  return `<!doctype html>
<html lang="${escapeHtml(language)}"><head><meta charset="utf-8"><style>${PAGE_CSS}</style><style>${files.css}</style></head>
<body inert>${blocks.map((block) => `<section>${withoutScripts(block)}</section>`).join("")}
<script>new ResizeObserver(() => parent.postMessage({ tsuidePreviewHeight: document.body.scrollHeight }, "*")).observe(document.body)</script>
</body></html>`;
}

/** A plain theme: the blocks take its font and colours. */
const PAGE_CSS = `
  html { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; }
  body { margin: 0; padding: 16px; box-sizing: border-box; }
  section + section { margin-top: 24px; }
  img { max-width: 100%; height: auto; }
  .button { font: inherit; padding: 12px 20px; border: 0; border-radius: 4px; background: #1a1a1a; color: #fff; }
`;

/** Scripts that the blocks load: a preview stays as it is at load. Data for them does no harm. */
function withoutScripts(html: string): string {
  return html.replace(/<script[^>]*\ssrc=[^>]*><\/script>/g, "");
}

function previewObjects(
  { currency, products, orders }: PreviewProducts,
  settings: PreviewSettings,
  { language, now }: { language: string; now: Date },
): Record<string, unknown> {
  const [trigger, ...companions] = products;
  const ordersOf = (id: number) => {
    const count = orders[id] ?? 0;
    return settings.tellOrdersTogether && settings.similar !== true && count >= LEAST_ORDERS_SHOWN ? count : undefined;
  };
  const compiled = compileProductOffer({
    product: gid("Product", String(trigger?.id ?? 0)),
    discountBasisPoints: settings.discountBasisPoints,
    setSize: settings.setSize,
    similar: settings.similar === true,
    companions: companions.map(({ id }) => ({ product: gid("Product", String(id)), weight: 1, orders: ordersOf(id) })),
    ordersUntil: now,
  });
  const bar =
    settings.goalMinor === null
      ? null
      : storefrontEntry("goal", { amounts: { [currency]: settings.goalMinor }, countries: null });
  const hundredths = (amountMinor: number) => toHundredths({ amountMinor, currency });
  const product = (one: PreviewProduct) => productObject(one, hundredths);
  const value = (json: string | undefined) => ({ value: json === undefined ? null : (JSON.parse(json) as unknown) });
  const entry = settings.breaks && { type: "quantity-breaks", id: "qb-1-1", ...settings.breaks };
  const own = {
    offers: value(envelopeOf([compiled, entry].filter((one) => one !== null))),
    companions: { value: companions.map(product) },
  };
  const price = Math.floor((hundredths(settings.goalMinor ?? 0) * CART_PERCENT) / 100);
  return {
    product: trigger === undefined ? null : { ...product(trigger), metafields: { $app: own } },
    app: {
      metafields: {
        tsuide: { storefront: value(storefrontText({ enabled: true, offers: bar === null ? [] : [bar] })) },
      },
    },
    block: { id: "preview", settings: {}, shopify_attributes: "" },
    section: { id: "preview" },
    shop: { currency },
    localization: { country: { currency: { iso_code: currency } } },
    cart: {
      currency: { iso_code: currency },
      item_count: settings.goalMinor === null ? 0 : 1,
      total_price: price,
      items:
        settings.goalMinor === null ? [] : [{ requires_shipping: true, gift_card: false, final_line_price: price }],
    },
    request: { locale: { iso_code: language }, design_mode: false },
    routes: { cart_url: "/cart", cart_add_url: "/cart/add", root_url: "/" },
  };
}

/** As Liquid's `product`: what blocks read of it. */
function productObject(product: PreviewProduct, hundredths: (amountMinor: number) => number): Record<string, unknown> {
  const options = Object.keys(product.variants[0]?.options ?? {});
  const variants = product.variants.map(({ id, title, priceMinor, available, options: chosen }) => ({
    ...{ id, title, available, price: hundredths(priceMinor), options: options.map((name) => chosen[name] ?? "") },
    ...{ requires_shipping: true, requires_selling_plan: false, selling_plan_allocations: [] },
    quantity_rule: { min: 1, increment: 1, max: null },
    featured_image: null,
  }));
  const first = variants.find(({ available }) => available) ?? variants[0] ?? null;
  const isPlain = variants.length === 1;
  return {
    ...{ id: product.id, title: product.title, handle: product.handle, url: `/products/${product.handle}` },
    ...{ available: variants.some(({ available }) => available), featured_image: product.imageUrl, variants },
    ...{ selected_or_first_available_variant: first, selected_variant: null, price: first?.price ?? 0 },
    ...{ has_only_default_variant: isPlain, gift_card: false, requires_selling_plan: false, selling_plan_groups: [] },
    options,
    options_with_values: options.map((name, at) => ({
      ...{ name, position: at + 1 },
      values: [...new Set(variants.map((variant) => variant.options[at]))],
    })),
  };
}
