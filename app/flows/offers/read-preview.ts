import { bareNumber, gid, type ProductId, type ShopDomain, type VariantId } from "../../domain/ids.ts";
import { parseProductOffer } from "../../domain/offers/types/bought-together/published.ts";
import { bundlePriceMinor } from "../../domain/offers/types/fixed-bundle/bundle-price.ts";
import { MOST_COMPONENTS } from "../../domain/offers/types/fixed-bundle/config.ts";
import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import type { Reward } from "../../domain/offers/rewards/rewards.ts";
import { readSimulatedVariants } from "../../persistence/catalogue/simulated-variants.ts";
import { betterLines } from "../../domain/offers/types/upgrade/better-lines.ts";
import type { PreviewProducts } from "../../views/preview-view.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import {
  readBestOffer,
  readPreviewProducts,
  readRecentTogether,
  readSellable,
} from "../../persistence/offers/preview-products.ts";
import {
  readFoundUpgrades,
  readProductsOfVariants,
  readUpgradePage,
} from "../../persistence/mining/upgrades/upgrades.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import { betterVariants } from "../publishing/upgrade-choices.ts";
import type { FlowContext } from "../context.ts";

/**
 * The products of one set, the product itself first, for its preview. None where that product cannot be bought now:
 * nobody sees its page.
 */
export function readSetPreview(
  shop: ShopDomain,
  ids: readonly string[],
  context: FlowContext,
): Promise<PreviewProducts> {
  return inShop(context.database, shop, async (tx) => {
    const { currency } = await theShop(tx);
    const products = await readPreviewProducts(tx, ids);
    const isShown = products.length > 0 && String(products[0]!.id) === ids[0];
    const orders = isShown ? await readRecentTogether(tx, ids[0]!) : {};
    return { currency, products: isShown ? products : [], orders, isExample: false };
  });
}

/** Products with upgrades that are tried until one of them can be bought together with its upgrades. */
const MOST_TRIED = 10;

/**
 * The products that an upgrade is previewed with: that of the first pair of variants, those of the first pair of products,
 * else, where the offer has them, a product with a better variant of its own, else the product that most customers move on
 * from; each with what was found in its place. None where there is no such product.
 */
export function readUpgradePreview(
  shop: ShopDomain,
  {
    pairs,
    paired,
    variants,
  }: {
    readonly pairs: readonly { readonly product: ProductId; readonly upgrade: ProductId }[];
    /** Variants in place of which staff chose another one. */
    readonly paired: readonly VariantId[];
    readonly variants: boolean;
  },
  context: FlowContext,
): Promise<PreviewProducts> {
  return inShop(context.database, shop, async (tx) => {
    const { currency } = await theShop(tx);
    const found = async (filter: "all" | "variants") => {
      const { rows } = await readUpgradePage(tx, { search: "", filter, offset: 0, limit: MOST_TRIED });
      return rows.map(({ productId, upgrades }) => [
        bareNumber(productId),
        ...(upgrades?.candidates ?? []).map(({ id }) => id),
      ]);
    };
    const ofVariants = await readProductsOfVariants(tx, paired.slice(0, MOST_TRIED));
    const tried = [
      ...ofVariants.map((product) => [bareNumber(product)]),
      ...pairs.slice(0, MOST_TRIED).map(({ product, upgrade }) => [product, upgrade].map(bareNumber)),
      ...(variants ? await found("variants") : []),
      ...(await found("all")),
    ];
    for (const ids of tried) {
      const preview = await readPairPreview(tx, ids, { paired, variants });
      if (preview !== null) return { currency, orders: {}, isExample: false, ...preview };
    }
    return { currency, products: [], orders: {}, isExample: false };
  });
}

/** A product and what was found in its place; null where it cannot be bought now, or nothing is better than it. */
async function readPairPreview(
  tx: ShopTransaction,
  ids: readonly string[],
  { paired, variants: withVariants }: { readonly paired: readonly VariantId[]; readonly variants: boolean },
): Promise<Pick<PreviewProducts, "products" | "better" | "betterVariants"> | null> {
  const products = await readPreviewProducts(tx, ids);
  const [own] = products;
  if (own === undefined || String(own.id) !== ids[0]) return null;
  const product = gid("Product", own.id);
  const found = (await readFoundUpgrades(tx, [product])).get(product);
  const isPaired = ({ id }: { id: number }) => paired.includes(gid("ProductVariant", id));
  // The page opens on the first variant that can be bought: that of a pair, where there is one.
  const sorted = own.variants.toSorted((a, b) => Number(isPaired(b)) - Number(isPaired(a)));
  const first = sorted.find(({ available }) => available);
  const isNamed = Object.keys(first?.options ?? {}).length > 0;
  const variants = withVariants && isNamed ? betterVariants(found) : [];
  const isBetter =
    first !== undefined && (isPaired(first) || variants.some(({ from }) => from === gid("ProductVariant", first.id)));
  if (products.length < 2 && !isBetter) return null;
  const better = Object.fromEntries(
    (found?.candidates ?? []).map((one) => [Number(one.id), betterLines(one.differences)]),
  );
  return { products: [{ ...own, variants: sorted }, ...products.slice(1)], better, betterVariants: variants };
}

/** The number of the product that a bundle would get. */
const BUNDLE = 1;

/**
 * The products that a bundle is previewed with: its components, then the product that Shopify would make of them. None
 * where a component cannot be bought now, or nothing says what it costs.
 */
export function readBundlePreview(
  shop: ShopDomain,
  {
    config: { title, components },
    reward,
  }: { readonly config: ConfigOf<"fixed-bundle">; readonly reward: Reward | null },
  context: FlowContext,
): Promise<PreviewProducts> {
  return inShop(context.database, shop, async (tx): Promise<PreviewProducts> => {
    const { currency } = await theShop(tx);
    const nothing = { currency, products: [], orders: {}, isExample: false };
    const chosen = components.flatMap(({ variant: [id], quantity }) =>
      id === undefined ? [] : [{ variant: bareNumber(id), quantity }],
    );
    const variants = await readSimulatedVariants(
      tx,
      chosen.map(({ variant }) => variant),
    );
    const parts = chosen.flatMap(({ variant, quantity }) => {
      const product = variants.get(variant)?.product;
      return product === undefined ? [] : [{ product, variant, quantity }];
    });
    const ids = [...new Set(parts.map(({ product }) => product))];
    const products = await readPreviewProducts(tx, ids, MOST_COMPONENTS);
    const apart = parts.reduce((sum, part) => sum + variants.get(part.variant)!.priceMinor * part.quantity, 0);
    const priceMinor = bundlePriceMinor(reward, apart, currency);
    if (parts.length < components.length || products.length < ids.length || parts.length === 0 || priceMinor === null) {
      return nothing;
    }
    const variant = { id: BUNDLE, title: "", priceMinor, available: true, options: {} };
    const made = { id: BUNDLE, title, handle: "bundle", imageUrl: products[0]!.imageUrl, variants: [variant] };
    const bundle = { product: String(BUNDLE), variant: String(BUNDLE), parts };
    return { ...nothing, products: [...products, made], bundle };
  });
}

/** The products that an offer chooses: those that it is for, the page's own first, and those that it names besides. */
export interface ChosenProducts {
  readonly on: readonly ProductId[];
  readonly named: readonly ProductId[];
  /** Whether the offer consists of the products that it is for: as soon as there is a choice, examples are no part of it. */
  readonly isWhole: boolean;
}

/**
 * The products that an offer's preview is made with: those that it chooses, then a set that shoppers see now, or best
 * sellers as an example. An offer that is for no product that can be bought is shown on an example's page.
 */
export function readPreview(
  shop: ShopDomain,
  { on, named, isWhole }: ChosenProducts,
  context: FlowContext,
): Promise<PreviewProducts> {
  return inShop(context.database, shop, async (tx) => {
    const examples = await readExamples(tx);
    const own = await readPreviewProducts(tx, on.map(bareNumber));
    const besides = await readPreviewProducts(tx, named.map(bareNumber));
    const chosen = [...own, ...besides.filter(({ id }) => own.every((one) => one.id !== id))];
    if (isWhole && own.length > 1) return { ...examples, products: chosen, orders: {}, isExample: false };
    const others = examples.products.filter(({ id }) => chosen.every((one) => one.id !== id));
    if (own.length > 0) return { ...examples, products: [...chosen, ...others], orders: {} };
    return { ...examples, products: [...others.slice(0, 1), ...chosen, ...others.slice(1)] };
  });
}

async function readExamples(tx: ShopTransaction): Promise<PreviewProducts> {
  const { currency } = await theShop(tx);
  const best = await readBestOffer(tx);
  const companions = parseProductOffer(best?.offer ?? null)?.companions ?? [];
  if (best !== null) {
    const products = await readPreviewProducts(tx, [best.product, ...companions.map(({ product }) => product)]);
    if (products.length > 1 && String(products[0]!.id) === best.product) {
      return { currency, products, orders: await readRecentTogether(tx, best.product), isExample: false };
    }
  }
  const products = await readPreviewProducts(tx, await readSellable(tx));
  return { currency, products, orders: {}, isExample: true };
}
