import { gid, type ProductId } from "../../domain/ids.ts";
import { type EvidenceLimits, FEWEST_ORDERS_TOGETHER } from "../../domain/mining/evidence/association.ts";
import { NullModel } from "../../domain/mining/evidence/null-model.ts";
import type { SegmentList } from "../../domain/mining/segments/segment.ts";
import { applyingOffers } from "../../domain/offers/running-offers.ts";
import { discountOf, type BoughtTogetherOffer } from "../../domain/offers/types/bought-together/applying-offer.ts";
import { chooseOffer } from "../../domain/offers/types/bought-together/choose-offer.ts";
import type { ChosenOffer, ProductOrders, ShopFacts } from "../../domain/offers/types/bought-together/chosen-offer.ts";
import { shopMonth } from "../../domain/offers/types/bought-together/season-now.ts";
import { segmentsOnline } from "../../domain/offers/types/bought-together/segment-offers.ts";
import { isFreshToShow } from "../../domain/offers/types/bought-together/published.ts";
import type { Segment } from "../../domain/shoppers/shopper.ts";
import { readCatalogue, type CatalogueEntry } from "../../persistence/catalogue/products.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readAssociations, readBasketCounts } from "../../persistence/mining/counts/associations.ts";
import { readBasketMargins } from "../../persistence/mining/counts/basket-margins.ts";
import { readCompanionLists, readConsideredIds } from "../../persistence/mining/lists/companion-lists.ts";
import { readMiningRuns } from "../../persistence/mining/lists/mining-runs.ts";
import { readSegmentLists } from "../../persistence/mining/lists/segment-lists.ts";
import { readChoices } from "../../persistence/offers/choices.ts";
import { readCompatibility } from "../../persistence/offers/compatibility.ts";
import { readConditionFacts } from "../../persistence/offers/condition-facts.ts";
import { readExclusions } from "../../persistence/offers/exclusions.ts";
import { readShopSettings, type ShopSettings } from "../../persistence/settings/settings.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import { readRunningOffers, type RunningOffers } from "./running-offers.ts";

/** What the decisions need to know of the shop, and what pages and publishing show beside them. */
export interface ShopEvidence extends ShopFacts {
  readonly settings: ShopSettings;
  readonly running: RunningOffers;
  readonly catalogue: ReadonlyMap<ProductId, CatalogueEntry>;
}

const NOTHING_FOUND: EvidenceLimits = { strong: 0, fair: 0 };

/**
 * What is decided for a product, and the offer that it is shown in; null where none applies to the product now. Of several
 * that are for different shoppers, the first.
 */
export interface OfferedProduct extends ChosenOffer {
  readonly offer: BoughtTogetherOffer | null;
  /** What is decided for the others, by the number of the offer. */
  readonly further: ReadonlyMap<number, ChosenOffer>;
}

/** Of all products of the shop, or only of those that are considered for some. */
export async function readShopEvidence(
  tx: ShopTransaction,
  now: Date,
  triggers?: readonly ProductId[],
): Promise<ShopEvidence> {
  const settings = await readShopSettings(tx);
  const { finished } = await readMiningRuns(tx);
  const until = finished?.learntUntil ?? null;
  const wanted = triggers === undefined ? undefined : await readConsideredIds(tx, triggers);
  const chance = new NullModel(await readBasketMargins(tx));
  return {
    settings,
    running: await readRunningOffers(tx, now),
    exclusions: await readExclusions(tx),
    compatibility: await readCompatibility(tx),
    catalogue: await readCatalogue(tx, wanted),
    basketCounts: await readBasketCounts(tx, wanted),
    baskets: chance.orders,
    standard: { ...(finished?.limits ?? NOTHING_FOUND), chance },
    month: shopMonth(now.getTime(), (await theShop(tx)).timezone),
    ordersUntil: settings.tellOrdersTogether && until !== null && isFreshToShow(until, now) ? until : null,
  };
}

export interface ChoosingOptions {
  /**
   * Decides for this segment, whether or not shoppers of the online store can be in it. Otherwise for all that they can.
   */
  readonly seenBy?: Segment | null;
  /** See `ProductFacts`. */
  readonly onlyChosen?: boolean;
}

/** Reads what is known of some products and decides what is offered with each, see `choose-offer.ts`. */
export async function chooseOffers(
  tx: ShopTransaction,
  evidence: ShopEvidence,
  triggers: readonly ProductId[],
  { seenBy = null, onlyChosen = false }: ChoosingOptions = {},
): Promise<OfferedProduct[]> {
  const lists = await readCompanionLists(tx, triggers);
  const similar = [...lists.values()].flatMap(({ companions }) =>
    companions.flatMap(({ from }) => from.map(({ item }) => gid("Product", item))),
  );
  const orders = await readOrders(tx, [...new Set([...triggers, ...similar])], onlyChosen);
  const choices = Map.groupBy(await readChoices(tx, triggers), (choice) => choice.trigger);
  const segments = await readSegmentLists(tx, triggers);
  const offers = await readApplyingOffers(tx, evidence.running.boughtTogether, triggers);
  return triggers.map((product) => {
    const [offer = null, ...others] = offers.get(product) ?? [];
    const decide = (one: BoughtTogetherOffer | null) =>
      chooseOffer(
        {
          mode: one?.mode ?? evidence.running.mainSet.mode,
          discountBasisPoints: one === null ? 0 : discountOf(one),
          setSize: one?.config.setSize ?? evidence.running.mainSet.setSize,
          ...{ product, orders, list: lists.get(product) ?? null, choices: choices.get(product) ?? [] },
          segments: segmentsFor(seenBy, segments.get(product) ?? [], evidence.settings),
          onlyChosen,
        },
        evidence,
      );
    return { ...decide(offer), offer, further: new Map(others.map((one) => [one.number, decide(one)])) };
  });
}

/** The offers that each product carries. What conditions ask about is read only where an offer has any. */
async function readApplyingOffers(
  tx: ShopTransaction,
  running: readonly BoughtTogetherOffer[],
  products: readonly ProductId[],
): Promise<Map<ProductId, BoughtTogetherOffer[]>> {
  const isConditional = running.some(({ conditions }) => conditions.length > 0);
  const facts = isConditional ? await readConditionFacts(tx, products) : new Map<ProductId, never>();
  return new Map(products.map((id) => [id, applyingOffers(running, { product: facts.get(id) ?? null })]));
}

function segmentsFor(seenBy: Segment | null, segments: readonly SegmentList[], settings: ShopSettings): SegmentList[] {
  if (seenBy === null) return segmentsOnline(segments, settings);
  return segments.filter(({ by, is }) => by === seenBy.by && is === seenBy.is);
}

async function readOrders(
  tx: ShopTransaction,
  products: readonly ProductId[],
  onlyChosen: boolean,
): Promise<ReadonlyMap<ProductId, ProductOrders>> {
  const rows = await readAssociations(tx, products, onlyChosen ? FEWEST_ORDERS_TOGETHER : 1);
  return new Map(
    [...rows].map(([product, { baskets, companions }]) => [
      product,
      { baskets, companions: new Map(companions.map((companion) => [companion.productId, companion])) },
    ]),
  );
}
