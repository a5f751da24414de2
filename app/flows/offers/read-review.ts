import type { ProductId, ShopDomain } from "../../domain/ids.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { countWaiting, readWaiting } from "../../persistence/offers/review-queue.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import { pageOf } from "../../views/list-page.ts";
import type { ReviewRowView, ReviewView } from "../../views/review-view.ts";
import type { FlowContext } from "../context.ts";
import { chooseOffers, readShopEvidence } from "../publishing/choose-offers.ts";
import { companionViews } from "./read-companions.ts";

const PRODUCTS_A_PAGE = 20;

/** One page of what waits for a person, with the evidence for each companion; products in most orders first. */
export function readReview(shop: ShopDomain, page: number, context: FlowContext): Promise<ReviewView> {
  return inShop(context.database, shop, async (tx) => {
    const { currency, timezone, publishRequested } = await theShop(tx);
    const part = await pageOf(page, PRODUCTS_A_PAGE, (rows) => readWaiting(tx, rows));
    const { waiting, total } = part.found;
    const { rows, isReviewing } = await rowsOf(tx, waiting, { currency, now: context.now() });
    return {
      ...{ rows, total, page: part.page, pageCount: part.pageCount, isReviewing, timezone },
      pairs: (await countWaiting(tx)).pairs,
      publishing: publishRequested !== null,
    };
  });
}

async function rowsOf(
  tx: ShopTransaction,
  waiting: ReadonlyMap<ProductId, readonly ProductId[]>,
  { currency, now }: { currency: string; now: Date },
): Promise<Pick<ReviewView, "rows" | "isReviewing">> {
  const products = [...waiting.keys()];
  const evidence = await readShopEvidence(tx, now, products);
  const { running } = evidence;
  const isReviewing = [running.mainSet, ...running.boughtTogether].some(({ mode }) => mode === "review");
  const rows = (await chooseOffers(tx, evidence, products)).flatMap((offer): ReviewRowView[] => {
    const product = evidence.catalogue.get(offer.trigger);
    const asked = waiting.get(offer.trigger) ?? [];
    if (product === undefined) return [];
    const views = new Map(
      companionViews(offer, { evidence, currency, published: null, segment: null }).map((one) => [one.productId, one]),
    );
    const titleOf = (id: ProductId) => evidence.catalogue.get(id)?.title ?? [];
    return [
      {
        ...{ productId: offer.trigger, title: product.title, imageUrl: product.imageUrl },
        shown: offer.companions
          .slice(0, offer.offer?.config.setSize ?? running.mainSet.setSize)
          .flatMap((one) => titleOf(one.product)),
        waiting: asked.flatMap((companion) => views.get(companion) ?? []),
      },
    ];
  });
  return { rows, isReviewing };
}
