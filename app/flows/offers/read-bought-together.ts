import type { ProductId, ShopDomain } from "../../domain/ids.ts";
import { pageOf } from "../../views/list-page.ts";
import type { Compatibility } from "../../domain/offers/compatibility/compatibility.ts";
import type { Exclusions } from "../../domain/offers/exclusion.ts";
import { segmentOfCode, useOfSegment, type SegmentInUse } from "../../domain/offers/segment-use.ts";
import { isForSale } from "../../domain/offers/types/bought-together/choose-companions.ts";
import type { CompanionChoice, SuggestedCompanions } from "../../domain/offers/types/bought-together/chosen-offer.ts";
import type { BoughtTogetherPageView, ProductDisplay, ProductRowView } from "../../views/bought-together-view.ts";
import { readBasketCounts } from "../../persistence/mining/counts/associations.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readMiningRuns } from "../../persistence/mining/lists/mining-runs.ts";
import { readSegmentsInUse } from "../../persistence/mining/lists/segment-lists.ts";
import { countWaiting } from "../../persistence/offers/review-queue.ts";
import { readChoices } from "../../persistence/offers/choices.ts";
import { readCompatibility } from "../../persistence/offers/compatibility.ts";
import { readExclusions } from "../../persistence/offers/exclusions.ts";
import { readPublishedOffers } from "../../persistence/publishing/published.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { readSuggested } from "../../persistence/offers/suggested.ts";
import { readProductPage } from "../../persistence/catalogue/product-pages.ts";
import { readCatalogue } from "../../persistence/catalogue/products.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { detailOf } from "./read-companions.ts";
import { readRunningOffers, type RunningOffers } from "../publishing/running-offers.ts";
import { shownTo } from "./shown-to.ts";

const PAGE_SIZE = 20;

/** Which part of the list is wanted, and through whose eyes. */
export type BoughtTogetherQuery = Pick<BoughtTogetherPageView, "search" | "page" | "filter"> & {
  readonly vendor?: string;
  readonly type?: string;
  /** A segment's code; all shoppers if it is none of the shop's. */
  readonly segment?: string;
};

/**
 * A page of products, each with what orders say and what shoppers see in a line, and all of it for the first one. Reads
 * no more of the catalogue than the page shows.
 */
export function readBoughtTogether(
  shop: ShopDomain,
  query: BoughtTogetherQuery,
  context: FlowContext,
): Promise<BoughtTogetherPageView> {
  return inShop(context.database, shop, async (tx) => {
    const { currency, timezone, publishedAt, publishRequested } = await theShop(tx);
    const { useCustomerHistory } = await readShopSettings(tx);
    const { mainSet } = await readRunningOffers(tx, context.now());
    const { vendor = "", type = "", filter } = query;
    const search = query.search.trim();
    const { found, page, pageCount } = await pageOf(query.page, PAGE_SIZE, (part) =>
      readProductPage(tx, { search, filter, vendor, type, ...part }),
    );
    const segments = (await readSegmentsInUse(tx)).map((one) => ({
      ...one,
      use: useOfSegment(one, { mode: mainSet.mode, useCustomerHistory }),
    }));
    const segment = segmentOfCode(query.segment ?? "", segments);
    const publishing = publishRequested !== null;
    const [first] = found.products;
    return {
      ...{ search, page, pageCount, total: found.total, filter, vendor, type, segments, segment },
      rows: await readRows(tx, found.products, { mainSet, segment, currency, publishing }),
      first: first === undefined ? null : await detailOf(tx, first, { segment, currency, now: context.now() }),
      analysedAt: (await readAnalysedAt(tx))?.toISOString() ?? null,
      publishedAt: publishedAt?.toISOString() ?? null,
      ...{ publishing, mainSet, timezone },
      toReview: (await countWaiting(tx)).products,
    };
  });
}

/** When suggestions were last worked out: by a complete run, or by learning from single orders since. */
async function readAnalysedAt(tx: ShopTransaction): Promise<Date | null> {
  const { finished } = await readMiningRuns(tx);
  return finished?.learntAt ?? finished?.finishedAt ?? null;
}

interface RowContext {
  readonly mainSet: RunningOffers["mainSet"];
  readonly segment: SegmentInUse | null;
  readonly currency: string;
  readonly publishing: boolean;
}

async function readRows(
  tx: ShopTransaction,
  products: readonly ProductId[],
  context: RowContext,
): Promise<ProductRowView[]> {
  const offers = await readPublishedOffers(tx, products);
  const shown = new Map([...offers].map(([product, offer]) => [product, shownTo(offer, context.segment)]));
  const catalogue = await readCatalogue(tx, [...new Set([...products, ...[...shown.values()].flat()])]);
  const orders = await readBasketCounts(tx, products);
  const suggested = await readSuggested(tx, products);
  const choices = Map.groupBy(await readChoices(tx, products), ({ trigger }) => trigger);
  const exclusions = await readExclusions(tx);
  const compatibility = await readCompatibility(tx);
  return products.flatMap((id): ProductRowView[] => {
    const product = catalogue.get(id);
    if (product === undefined) return [];
    const companions = (shown.get(id) ?? []).flatMap((companion) => catalogue.get(companion) ?? []);
    const said = suggested.get(id) ?? null;
    const rules = { exclusions, compatibility };
    const facts = { isLive: offers.has(id), suggested: said, choices: choices.get(id) ?? [], ...rules };
    return [
      {
        productId: id,
        title: product.title,
        imageUrl: product.imageUrl,
        price: product.priceMinor === null ? null : { amountMinor: product.priceMinor, currency: context.currency },
        orders: orders.get(id) ?? 0,
        evidence: said?.grade ?? "none",
        display: displayOf(id, facts, context),
        shown: companions
          .filter(isForSale)
          .slice(0, context.mainSet.setSize)
          .map(({ title }) => title),
        excluded: { asTrigger: exclusions.asTrigger.has(id), asCompanion: exclusions.asCompanion.has(id) },
      },
    ];
  });
}

interface DisplayFacts {
  readonly isLive: boolean;
  readonly suggested: SuggestedCompanions | null;
  readonly choices: readonly CompanionChoice[];
  readonly exclusions: Exclusions;
  readonly compatibility: Compatibility;
}

function displayOf(product: ProductId, facts: DisplayFacts, { mainSet, publishing }: RowContext): ProductDisplay {
  const { isLive, suggested, choices, exclusions, compatibility } = facts;
  if (exclusions.asTrigger.has(product)) return "excluded";
  if (isLive) return "shown";
  const isRefused = (companion: ProductId) =>
    exclusions.asCompanion.has(companion) ||
    choices.some((choice) => choice.kind === "block" && choice.companion === companion);
  const open = (suggested?.companions ?? []).filter((companion) => !isRefused(companion));
  const isChosen = choices.some(({ kind }) => kind === "pin" || (kind === "approve" && mainSet.mode !== "automatic"));
  if (isChosen) return publishing ? "publishing" : "not-shown";
  if (suggested === null) return "no-suggestion";
  if (open.length === 0) return "blocked";
  if (!open.some((companion) => compatibility.goTogether(product, companion))) return "not-shown";
  if (mainSet.mode === "review") return "to-review";
  if (mainSet.mode === "manual") return "to-pin";
  return publishing ? "publishing" : "not-shown";
}
