import type { ProductId } from "../../domain/ids.ts";
import type { OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import type { OfferContent } from "../../domain/offers/offer.ts";
import type { Refusal } from "../../domain/shape/field.ts";
import { readBundleProducts } from "../../persistence/catalogue/products.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";

/**
 * What the catalogue says against what an offer gives: `is-bundle`, because no discount of ours applies to a product that
 * is made of others, and a gift would have to be paid for.
 */
export async function giftRefusals(tx: ShopTransaction, type: OfferTypeName, content: OfferContent) {
  const given = giftsIn(type, content);
  const bundles = await readBundleProducts(
    tx,
    given.map(({ product }) => product),
  );
  const paths = given.filter(({ product }) => bundles.has(product)).map(({ path }) => path);
  return [...new Set(paths)].map((path): Refusal => ({ path, code: "is-bundle" }));
}

/** The products that an offer gives at a discount, each with its place in the form. */
function giftsIn(type: OfferTypeName, { config }: OfferContent): { path: string; product: ProductId }[] {
  if (type === "goal") {
    const { tiers } = config as ConfigOf<"goal">;
    return tiers.flatMap(({ reward }, place) =>
      reward.kind === "gift"
        ? reward.product.map((product) => ({ path: `config.tiers.${place}.reward.product`, product }))
        : [],
    );
  }
  if (type !== "buy-x-get-y") return [];
  const { gets, gotProducts } = config as ConfigOf<"buy-x-get-y">;
  return gets === "others" ? gotProducts.map((product) => ({ path: "config.gotProducts", product })) : [];
}
