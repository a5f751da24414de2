import { gid } from "../domain/ids.ts";
import { toHundredths } from "../domain/money/hundredths.ts";
import { envelopeOf } from "../domain/publishing/envelope.ts";
import { storefrontText } from "../domain/publishing/shop-envelopes.ts";
import type { PreviewProduct, PreviewProducts } from "../views/preview-view.ts";
import type { Preview, PreviewFacts } from "./preview.ts";
import { type BlockFiles, escapeHtml, renderBlock } from "./theme-blocks.ts";

/** What a preview is made with: the first product, and the others as its companions. Null without any product. */
export function previewFacts(
  { currency, products, orders, better = {}, betterVariants = [], bundle }: PreviewProducts,
  more: Pick<PreviewFacts, "tellOrdersTogether" | "similar" | "viewed" | "now">,
): PreviewFacts | null {
  const [first, ...others] = products;
  if (first === undefined) return null;
  const productId = ({ id }: PreviewProduct) => gid("Product", String(id));
  const companions = others.map((one) => ({
    ...{ product: productId(one), orders: orders[one.id] ?? 0 },
    better: better[one.id] ?? [],
  }));
  const priceOf = ({ variants }: PreviewProduct) => Math.min(...variants.map(({ priceMinor }) => priceMinor));
  const prices = new Map(products.map((one) => [productId(one), priceOf(one)]));
  const variantPrices = new Map(first.variants.map(({ id, priceMinor }) => [gid("ProductVariant", id), priceMinor]));
  return {
    ...{ ...more, product: productId(first), companions, currency, prices, variantPrices, betterVariants },
    bundle: bundle ?? null,
  };
}

/**
 * A document with blocks of the theme extension, as shoppers see them at load: nothing is ticked and nothing can be
 * pressed. Tells the page around its height.
 */
export function previewPage(files: BlockFiles, shop: PreviewProducts, preview: Preview, language: string): string {
  const blocks = [preview.cartMinor, ...preview.moreCartsMinor].flatMap((cartMinor) => {
    const objects = previewObjects(shop, { ...preview, cartMinor }, language);
    return preview.blocks.map((block) => renderBlock(files, block, { language, currency: shop.currency, objects }));
  });
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
  { currency, products }: PreviewProducts,
  { productEntries, shopEntries, cartMinor, productMinor, planSaving }: Preview,
  language: string,
): Record<string, unknown> {
  const [trigger, ...companions] = products;
  const hundredths = (amountMinor: number) => toHundredths({ amountMinor, currency });
  const product = (one: PreviewProduct) => withPlan(productObject(one, hundredths), planSaving, language);
  const value = (json: string | undefined) => ({ value: json === undefined ? null : (JSON.parse(json) as unknown) });
  const offers = value(envelopeOf(productEntries));
  // A product is a choice of an offer where it carries that offer itself.
  const companion = (one: PreviewProduct) => ({ ...product(one), metafields: { $app: { offers } } });
  const own = { offers, companions: { value: companions.map(companion) } };
  const price = hundredths(cartMinor);
  const shown = trigger && { ...product(atPrice(trigger, productMinor)), metafields: { $app: own } };
  return {
    product: shown ?? null,
    app: {
      metafields: {
        tsuide: {
          storefront: value(storefrontText({ enabled: true, offers: shopEntries })),
          gifts: { value: companions.map(product) },
        },
      },
    },
    block: { id: "preview", settings: {}, shopify_attributes: "" },
    section: { id: "preview" },
    shop: { currency },
    localization: { country: { currency: { iso_code: currency } } },
    cart: {
      currency: { iso_code: currency },
      item_count: price === 0 ? 0 : 1,
      total_price: price,
      items:
        price === 0
          ? []
          : [
              {
                requires_shipping: true,
                gift_card: false,
                final_line_price: price,
                product_id: trigger?.id,
                product: shown,
              },
            ],
    },
    request: { locale: { iso_code: language }, design_mode: false },
    routes: { cart_url: "/cart", cart_add_url: "/cart/add", root_url: "/", storefront_login_url: "/account/login" },
  };
}

/** The product as if each of its variants had this price; as it is for null. */
function atPrice(product: PreviewProduct, priceMinor: number | null): PreviewProduct {
  if (priceMinor === null) return product;
  return { ...product, variants: product.variants.map((variant) => ({ ...variant, priceMinor })) };
}

/** What the example's plan is called, by language. */
const PLAN_NAMES: Readonly<Record<string, string>> = { en: "Every month", ja: "毎月" };

/** The product with a plan that saves so many percent; as it is for null. */
function withPlan(product: ProductObject, saving: number | null, language: string): ProductObject {
  if (saving === null) return product;
  const plan = {
    ...{ id: 1, name: PLAN_NAMES[language] ?? PLAN_NAMES.en, recurring_deliveries: true },
    price_adjustments: [{ position: 1, order_count: null, value_type: "percentage", value: saving }],
  };
  const allocations = (full: number) => {
    const price = Math.round((full * (100 - saving)) / 100);
    return [{ price, compare_at_price: full, per_delivery_price: price, price_adjustments: [], selling_plan: plan }];
  };
  for (const variant of product.variants) variant.selling_plan_allocations = allocations(variant.price);
  return product;
}

/** What a preview changes of Liquid's `product`, beside what blocks read of it. */
interface ProductObject extends Record<string, unknown> {
  readonly variants: { readonly price: number; selling_plan_allocations: object[] }[];
}

/** As Liquid's `product`: what blocks read of it. */
function productObject(product: PreviewProduct, hundredths: (amountMinor: number) => number): ProductObject {
  const options = Object.keys(product.variants[0]?.options ?? {});
  const variants = product.variants.map(({ id, title, priceMinor, available, options: chosen }) => ({
    ...{ id, title, available, price: hundredths(priceMinor), options: options.map((name) => chosen[name] ?? "") },
    ...{ requires_shipping: true, requires_selling_plan: false, selling_plan_allocations: [] as object[] },
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
