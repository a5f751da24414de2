import type { PairCount } from "../../domain/baskets/product-counts.ts";
import { bareNumber, gid, type ProductId } from "../../domain/ids.ts";
import {
  associate,
  type Association,
  type EvidenceGrade,
  type EvidenceLimits,
  type EvidenceStandard,
} from "../../domain/mining/evidence/association.ts";
import type { LearntCompanion, LearntList } from "../../domain/mining/lists/learnt-lists.ts";
import type { Month } from "../../domain/mining/lists/seasons.ts";
import { NullModel } from "../../domain/mining/evidence/null-model.ts";
import type { SegmentCompanion, SegmentList } from "../../domain/mining/segments/segment.ts";
import type { Segment } from "../../domain/shoppers/shopper.ts";
import {
  chooseCompanions,
  looksOf,
  type ChosenCompanion,
  type MinedCompanion,
} from "../../domain/offers/types/bought-together/choose-companions.ts";
import { seasonNow, shopMonth, type SeasonNow } from "../../domain/offers/types/bought-together/season-now.ts";
import { isFreshToTell, LEAST_ORDERS_TOLD } from "../../domain/publishing/published.ts";
import { LISTED_COMPANIONS, OFFER_COMPANIONS, SEGMENT_COMPANIONS } from "../../domain/shoppers/list-lengths.ts";
import { readAssociations, readBasketCounts } from "../../persistence/mining/counts/associations.ts";
import { readBasketMargins } from "../../persistence/mining/counts/basket-margins.ts";
import { readChoices, type ChoiceRow } from "../../persistence/offers/choices.ts";
import { readExclusions, type Exclusions } from "../../persistence/offers/exclusions.ts";
import type { SuggestedCompanions } from "../../persistence/offers/suggested.ts";
import { readCompanionLists, readConsideredIds } from "../../persistence/mining/lists/companion-lists.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readMiningRuns } from "../../persistence/mining/lists/mining-runs.ts";
import { readSegmentLists } from "../../persistence/mining/lists/segment-lists.ts";
import { readCatalogue, type CatalogueEntry } from "../../persistence/catalogue/products.ts";
import { readShopSettings, type ShopSettings } from "../../persistence/settings/settings.ts";
import { theShop } from "../../persistence/shop/shops.ts";

/** One companion that was considered, with its evidence. */
export interface Considered {
  readonly product: ProductId;
  readonly association: Association;
  /** Of its own evidence, or the best of that of the similar products that it is taken from. */
  readonly grade: EvidenceGrade;
  /** What put it into the list, and where; null where no ranking lists it. */
  readonly listed: LearntCompanion | null;
  /** Its place in the list, from 0; null where no ranking lists it. */
  readonly place: number | null;
  readonly season: SeasonNow;
  /** The similar products that it is taken from, with the evidence there; the most telling first. */
  readonly from: readonly { readonly product: ProductId; readonly association: Association }[];
  readonly pinned: boolean;
  readonly blocked: boolean;
  /** Never suggested with any product, by a person's word. */
  readonly excluded: boolean;
}

/** What is offered to one segment of shoppers instead. */
export interface ChosenSegment extends Segment {
  readonly companions: readonly ChosenCompanion[];
}

/** What is offered with one product, and everything that was considered for it. */
export interface ChosenOffer {
  readonly trigger: ProductId;
  readonly list: LearntList | null;
  readonly companions: readonly ChosenCompanion[];
  /** Segments that can be met online and have a list of their own, in the order in which they are tried. */
  readonly segments: readonly ChosenSegment[];
  /** Orders with both in the latest 90 days, of the companions that shoppers are told it of. */
  readonly ordersTold: ReadonlyMap<ProductId, number>;
  /** What must not be offered with it, of all that was considered. */
  readonly refused: ReadonlySet<ProductId>;
  /** What is left out of `companions` only for being near-identical to one of them. */
  readonly nearIdentical: ReadonlySet<ProductId>;
  /** Pins first, then by their place in the list. */
  readonly considered: readonly Considered[];
  /** The companions that the orders speak for, whatever people decided about them; null where there is none. */
  readonly suggested: SuggestedCompanions | null;
  /** See {@link OfferChoice.ordersMissing}; worked out when asked. */
  readonly ordersMissing: () => number | null;
}

/** What choosing needs of the shop; read once. */
export interface ShopEvidence {
  readonly settings: ShopSettings;
  readonly exclusions: Exclusions;
  readonly catalogue: ReadonlyMap<ProductId, CatalogueEntry>;
  /** In how many baskets each product was. */
  readonly basketCounts: ReadonlyMap<ProductId, number>;
  readonly baskets: number;
  /** What chance alone would give in these baskets, and the limits that the last run found. */
  readonly standard: EvidenceStandard;
  /** The month that the shop's people live in. */
  readonly month: Month;
  /** The end of the days that recent orders were counted in; null where shoppers are not to be told of them. */
  readonly tellUntil: Date | null;
}

const NOTHING_FOUND: EvidenceLimits = { strong: 0, fair: 0 };
const GRADES = ["strong", "fair", "thin"] as const;
/** Whoever waits for more orders than that had better pin by hand. */
const MOST_ORDERS_MISSING = 50;

/** For all products of the shop, or for no more than what is considered for some. */
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
    exclusions: await readExclusions(tx),
    catalogue: await readCatalogue(tx, wanted),
    basketCounts: await readBasketCounts(tx, wanted),
    baskets: chance.orders,
    standard: { ...(finished?.limits ?? NOTHING_FOUND), chance },
    month: shopMonth(now.getTime(), (await theShop(tx)).timezone),
    tellUntil: settings.tellOrdersTogether && until !== null && isFreshToTell(until, now) ? until : null,
  };
}

/**
 * Chooses the offers of some products. A person's choice always wins; what has thin evidence is never offered, nor
 * what is bought instead of the product, nor what is out of season. With `seenBy` that segment is the one that is
 * chosen for, whether the online store ever meets it or not; otherwise all that it meets are.
 */
export async function chooseOffers(
  tx: ShopTransaction,
  evidence: ShopEvidence,
  triggers: readonly ProductId[],
  seenBy: Segment | null = null,
): Promise<ChosenOffer[]> {
  const lists = await readCompanionLists(tx, triggers);
  const similar = [...lists.values()].flatMap(({ companions }) =>
    companions.flatMap(({ from }) => from.map(({ item }) => gid("Product", item))),
  );
  const counts = await readCounts(tx, [...new Set([...triggers, ...similar])]);
  const choices = Map.groupBy(await readChoices(tx, triggers), (choice) => choice.trigger);
  const segments = await readSegmentLists(tx, triggers);
  return triggers.map((trigger) =>
    new OfferChoice(trigger, evidence, counts, lists.get(trigger) ?? null).choose(
      choices.get(trigger) ?? [],
      segmentsFor(seenBy, segments.get(trigger) ?? [], evidence.settings),
    ),
  );
}

function segmentsFor(seenBy: Segment | null, segments: readonly SegmentList[], settings: ShopSettings): SegmentList[] {
  if (seenBy === null) return segmentsOnline(segments, settings);
  return segments.filter(({ by, is }) => by === seenBy.by && is === seenBy.is);
}

/** Ranks are known to no page unless histories count; behind the online channel, which all are in, no segment is tried. */
function segmentsOnline(segments: readonly SegmentList[], { useCustomerHistory }: ShopSettings): SegmentList[] {
  const met = segments.filter(
    ({ by, is }) => (by !== "channel" || is === "online") && (by !== "rank" || useCustomerHistory),
  );
  const everybody = met.findIndex(({ by }) => by === "channel");
  return everybody < 0 ? met : met.slice(0, everybody + 1);
}

/** What orders say of one product: in how many it was, and its companions by bare id. */
interface ProductCounts {
  readonly baskets: number;
  readonly companions: ReadonlyMap<string, PairCount>;
}

async function readCounts(
  tx: ShopTransaction,
  products: readonly ProductId[],
): Promise<ReadonlyMap<ProductId, ProductCounts>> {
  const rows = await readAssociations(tx, products);
  return new Map(
    [...rows].map(([product, { baskets, companions }]) => [
      product,
      { baskets, companions: new Map(companions.map((companion) => [companion.productId, companion])) },
    ]),
  );
}

/** What is known of a companion before a person has a say. */
type Evidence = Omit<Considered, "pinned" | "blocked" | "excluded">;

class OfferChoice {
  readonly #trigger: ProductId;
  readonly #evidence: ShopEvidence;
  readonly #counts: ReadonlyMap<ProductId, ProductCounts>;
  readonly #list: LearntList | null;
  readonly #listed: ReadonlyMap<ProductId, { readonly companion: LearntCompanion; readonly place: number }>;
  readonly #evidenceOf = new Map<ProductId, Evidence>();

  constructor(
    trigger: ProductId,
    evidence: ShopEvidence,
    counts: ReadonlyMap<ProductId, ProductCounts>,
    list: LearntList | null,
  ) {
    this.#trigger = trigger;
    this.#evidence = evidence;
    this.#counts = counts;
    this.#list = list;
    const companions = list?.companions ?? [];
    this.#listed = new Map(
      companions.map((companion, place) => [gid("Product", companion.item), { companion, place }]),
    );
  }

  choose(choices: readonly ChoiceRow[], segments: readonly SegmentList[]): ChosenOffer {
    const pinned = choices.filter(({ kind }) => kind === "pin").map(({ companion }) => companion);
    const blocked = new Set(choices.filter(({ kind }) => kind === "block").map(({ companion }) => companion));
    const { settings, catalogue, exclusions } = this.#evidence;
    const considered = [...new Set([...pinned, ...this.#listed.keys(), ...blocked])].map((product) => ({
      ...this.#considered(product),
      pinned: pinned.includes(product),
      blocked: blocked.has(product),
      excluded: exclusions.asCompanion.has(product),
    }));
    // Whatever speaks for a product that is excluded as a whole, pins among it, counts for nothing.
    const nothing = exclusions.asTrigger.has(this.#trigger);
    const refused = nothing
      ? new Set(considered.map(({ product }) => product))
      : new Set([...blocked, ...exclusions.asCompanion]);
    const given = { trigger: this.#trigger, pinned: nothing ? [] : pinned, blocked: refused, catalogue };
    const automatic = settings.mode === "automatic" && !nothing;
    const mined = automatic ? considered.flatMap(minedCompanion) : [];
    const looks = looksOf(mined);
    const { companions, leftOut } = chooseCompanions({ ...given, mined, limit: OFFER_COMPANIONS });
    const ofSegments = automatic
      ? segments.map((segment) => {
          const own = segment.companions.map((companion, place) => this.#inSegment(companion, place));
          const chosen = chooseCompanions({ ...given, mined: own, limit: SEGMENT_COMPANIONS });
          return { ...{ by: segment.by, is: segment.is }, ...chosen };
        })
      : [];
    return {
      trigger: this.#trigger,
      list: this.#list,
      companions,
      segments: ofSegments
        .filter((segment) => segment.companions.some(({ source }) => source === "mined"))
        .map(({ by, is, companions: own }) => ({ by, is, companions: filledUp(own, companions, looks) })),
      ordersTold: this.#ordersTold(considered),
      refused: new Set([
        ...refused,
        ...[leftOut, ...ofSegments.map((one) => one.leftOut)]
          .flat()
          .filter(({ code }) => code !== "near-identical")
          .map(({ product }) => product),
      ]),
      nearIdentical: new Set(leftOut.filter(({ code }) => code === "near-identical").map(({ product }) => product)),
      considered,
      suggested: suggestedOf(considered),
      ordersMissing: () => this.#ordersMissing(considered),
    };
  }

  /**
   * How many more orders of the most promising companion with the trigger would make fair evidence, if no other order
   * came meanwhile; null where some companion has it already, or more than {@link MOST_ORDERS_MISSING} are missing.
   */
  #ordersMissing(considered: readonly Considered[]): number | null {
    if (suggestedOf(considered) !== null) return null;
    const [best] = considered
      .filter(({ listed, blocked, excluded }) => listed?.insteadOf == null && !blocked && !excluded)
      .toSorted((a, b) => b.association.together - a.association.together);
    for (let more = 1; more <= MOST_ORDERS_MISSING; more++) {
      if (this.#gradeAfter(best?.product ?? null, more) !== "thin") return more;
    }
    return null;
  }

  /** Of a pair, after so many more orders of both together; of two products without any order where it is null. */
  #gradeAfter(companion: ProductId | null, more: number): EvidenceGrade {
    const row = this.#counts.get(this.#trigger);
    const { basketCounts, baskets, standard } = this.#evidence;
    const together = companion === null ? 0 : (row?.companions.get(bareNumber(companion))?.together ?? 0);
    const pair = {
      together: together + more,
      ordersA: (row?.baskets ?? 0) + more,
      ordersB: (companion === null ? 0 : (basketCounts.get(companion) ?? 0)) + more,
      orders: baskets + more,
      firstAt: null,
      lastAt: null,
    };
    return associate(pair, standard).grade;
  }

  /** A segment's companion passes the same gates as everybody's: its evidence is that of all orders. */
  #inSegment({ item, weight }: SegmentCompanion, place: number): MinedCompanion {
    const { product, grade, listed, season } = this.#considered(gid("Product", item));
    return {
      product,
      score: season.factor / (1 + place),
      weight: Math.min(1, weight * season.factor),
      grade,
      source: "mined",
      withheld: withheldFor(listed, season),
      nearIdenticalTo: nearIdenticalTo(listed),
    };
  }

  /** Never of what is taken from similar products, nor where there are too few. */
  #ordersTold(considered: readonly Considered[]): Map<ProductId, number> {
    const told = new Map<ProductId, number>();
    if (this.#evidence.tellUntil === null) return told;
    for (const { product, listed, association } of considered) {
      const orders = Math.min(listed?.recentTogether ?? 0, association.together);
      if (listed?.placedBy !== "similar" && orders >= LEAST_ORDERS_TOLD) told.set(product, orders);
    }
    return told;
  }

  /** Every segment's list holds nearly the same products: what orders say of each is worked out once. */
  #considered(product: ProductId): Evidence {
    const known = this.#evidenceOf.get(product) ?? this.#consider(product);
    this.#evidenceOf.set(product, known);
    return known;
  }

  #consider(product: ProductId): Evidence {
    const { companion = null, place = null } = this.#listed.get(product) ?? {};
    const association = this.#association(this.#trigger, product, companion?.recentTogether ?? null);
    const from = (companion?.from ?? []).map(({ item }) => {
      const similar = gid("Product", item);
      return { product: similar, association: this.#association(similar, product, null) };
    });
    const grades = (companion?.placedBy === "similar" ? from.map((one) => one.association) : [association]).map(
      ({ grade }) => grade,
    );
    const grade = GRADES.find((better) => grades.includes(better)) ?? "thin";
    const season = seasonNow(companion?.season ?? null, this.#evidence.month);
    return { product, association, grade, listed: companion, place, season, from };
  }

  /** All figures of a pair as orders have it now. */
  #association(product: ProductId, companion: ProductId, recentTogether: number | null): Association {
    const row = this.#counts.get(product);
    const count = row?.companions.get(bareNumber(companion));
    const { basketCounts, baskets, standard } = this.#evidence;
    const together = count?.together ?? 0;
    const pair = {
      together,
      ordersA: row?.baskets ?? 0,
      ordersB: basketCounts.get(companion) ?? 0,
      orders: baskets,
      firstAt: count?.firstAt ?? null,
      lastAt: count?.lastAt ?? null,
    };
    if (recentTogether === null || this.#list === null) return associate(pair, standard);
    // Counts follow each order, recent ones are as they were when the list was learnt.
    const recent = { together: Math.min(together, recentTogether), ordersA: this.#list.recentOrders };
    return associate({ ...pair, recent }, standard);
  }
}

/** See {@link ChosenOffer.suggested}. */
function suggestedOf(considered: readonly Considered[]): SuggestedCompanions | null {
  const worthy = considered
    .filter(({ grade, listed, season }) => grade !== "thin" && listed?.insteadOf === null && !season.resting)
    .toSorted((a, b) => a.place! - b.place!);
  if (worthy.length === 0) return null;
  const looks = worthy.map(({ product, listed }) => nearIdenticalTo(listed) ?? product);
  const different = worthy.filter((_, n) => looks.indexOf(looks[n]!) === n);
  return {
    companions: different.slice(0, LISTED_COMPANIONS).map(({ product }) => product),
    grade: worthy.some(({ grade }) => grade === "strong") ? "strong" : "fair",
  };
}

function minedCompanion({ product, grade, listed, place, season }: Considered): MinedCompanion[] {
  if (listed === null || place === null) return [];
  return [
    {
      product,
      score: season.factor / (1 + place),
      weight: Math.min(1, listed.weight * season.factor),
      grade,
      source: listed.placedBy === "similar" ? "similar" : "mined",
      withheld: withheldFor(listed, season),
      nearIdenticalTo: nearIdenticalTo(listed),
    },
  ];
}

function nearIdenticalTo(listed: LearntCompanion | null): ProductId | null {
  return listed === null || listed.nearIdenticalTo === null ? null : gid("Product", listed.nearIdenticalTo);
}

function withheldFor(listed: LearntCompanion | null, season: SeasonNow): MinedCompanion["withheld"] {
  if (listed !== null && listed.insteadOf !== null) return "substitute";
  return season.resting ? "out-of-season" : null;
}

/**
 * A segment's list with everybody's best behind it, so that its shoppers are never offered less. A pin weighs as there;
 * what `looks` calls near-identical to one of its own is not added.
 */
function filledUp(
  own: readonly ChosenCompanion[],
  everybody: readonly ChosenCompanion[],
  looks: (product: ProductId) => ProductId,
): ChosenCompanion[] {
  const weights = new Map(everybody.map(({ product, weight }) => [product, weight]));
  const known = new Set(own.map(({ product }) => looks(product)));
  return [
    ...own.map((one) => (one.weight === 0 ? { ...one, weight: weights.get(one.product) ?? 0 } : one)),
    ...everybody.filter(({ product }) => !known.has(looks(product))),
  ].slice(0, SEGMENT_COMPANIONS);
}
