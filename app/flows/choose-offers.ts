import { bareNumber, gid, type ProductId } from "../domain/ids.ts";
import { associate, type Association, type EvidenceGrade, type EvidenceLimits } from "../domain/mining/association.ts";
import type { LearntCompanion, LearntList } from "../domain/mining/lists/learnt-lists.ts";
import type { Month } from "../domain/mining/lists/seasons.ts";
import { chooseCompanions, type ChosenCompanion, type MinedCompanion } from "../domain/offers/choose-companions.ts";
import { seasonNow, shopMonth, type SeasonNow } from "../domain/offers/season-now.ts";
import { OFFER_COMPANIONS } from "../domain/placements/published.ts";
import { readAssociations, readBasketCounts, type AssociatedProduct } from "../persistence/associations.ts";
import { countBaskets } from "../persistence/baskets.ts";
import { readChoices, type ChoiceRow } from "../persistence/choices.ts";
import { readCompanionLists } from "../persistence/companion-lists.ts";
import type { ShopTransaction } from "../persistence/in-shop.ts";
import { readMiningRuns } from "../persistence/mining-runs.ts";
import { readCatalogue, type CatalogueEntry } from "../persistence/products.ts";
import { readShopSettings, type ShopSettings } from "../persistence/settings.ts";
import { theShop } from "../persistence/shops.ts";

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
}

/** What is offered with one product, and everything that was considered for it. */
export interface ChosenOffer {
  readonly trigger: ProductId;
  readonly list: LearntList | null;
  readonly companions: readonly ChosenCompanion[];
  /** What must not be offered with it, of all that was considered. */
  readonly refused: ReadonlySet<ProductId>;
  /** Pins first, then by their place in the list. */
  readonly considered: readonly Considered[];
}

/** What choosing needs of the shop as a whole; read once. */
export interface ShopEvidence {
  readonly settings: ShopSettings;
  readonly catalogue: ReadonlyMap<ProductId, CatalogueEntry>;
  /** In how many baskets each product was. */
  readonly basketCounts: ReadonlyMap<ProductId, number>;
  readonly baskets: number;
  readonly limits: EvidenceLimits;
  /** The month that the shop's people live in. */
  readonly month: Month;
}

const NOTHING_FOUND: EvidenceLimits = { strong: 0, fair: 0 };
const GRADES = ["strong", "fair", "thin"] as const;

export async function readShopEvidence(tx: ShopTransaction, now: Date): Promise<ShopEvidence> {
  return {
    settings: await readShopSettings(tx),
    catalogue: await readCatalogue(tx),
    basketCounts: await readBasketCounts(tx),
    baskets: await countBaskets(tx),
    limits: (await readMiningRuns(tx)).finished?.limits ?? NOTHING_FOUND,
    month: shopMonth(now.getTime(), (await theShop(tx)).timezone),
  };
}

/**
 * Chooses the offers of some products. A person's choice always wins; what has thin evidence is never offered, nor
 * what is bought instead of the product, nor what is out of season.
 */
export async function chooseOffers(
  tx: ShopTransaction,
  evidence: ShopEvidence,
  triggers: readonly ProductId[],
): Promise<ChosenOffer[]> {
  const lists = await readCompanionLists(tx, triggers);
  const similar = [...lists.values()].flatMap(({ companions }) =>
    companions.flatMap(({ from }) => from.map(({ item }) => gid("Product", item))),
  );
  const counts = await readCounts(tx, [...new Set([...triggers, ...similar])]);
  const choices = Map.groupBy(await readChoices(tx, triggers), (choice) => choice.trigger);
  return triggers.map((trigger) =>
    new OfferChoice(trigger, evidence, counts, lists.get(trigger) ?? null).choose(choices.get(trigger) ?? []),
  );
}

/** What orders say of one product: in how many it was, and its companions by bare id. */
interface ProductCounts {
  readonly baskets: number;
  readonly companions: ReadonlyMap<string, AssociatedProduct>;
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

class OfferChoice {
  readonly #trigger: ProductId;
  readonly #evidence: ShopEvidence;
  readonly #counts: ReadonlyMap<ProductId, ProductCounts>;
  readonly #list: LearntList | null;
  readonly #listed: ReadonlyMap<ProductId, { readonly companion: LearntCompanion; readonly place: number }>;

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

  choose(choices: readonly ChoiceRow[]): ChosenOffer {
    const pinned = choices.filter(({ kind }) => kind === "pin").map(({ companion }) => companion);
    const blocked = new Set(choices.filter(({ kind }) => kind === "block").map(({ companion }) => companion));
    const considered = [...new Set([...pinned, ...this.#listed.keys(), ...blocked])].map((product) => ({
      ...this.#consider(product),
      pinned: pinned.includes(product),
      blocked: blocked.has(product),
    }));
    const { settings, catalogue } = this.#evidence;
    const { companions, leftOut } = chooseCompanions({
      trigger: this.#trigger,
      mined: settings.mode === "automatic" ? considered.flatMap(minedCompanion) : [],
      ...{ pinned, blocked, catalogue, limit: OFFER_COMPANIONS },
    });
    return {
      trigger: this.#trigger,
      list: this.#list,
      companions,
      refused: new Set([...blocked, ...leftOut.map(({ product }) => product)]),
      considered,
    };
  }

  #consider(product: ProductId): Omit<Considered, "pinned" | "blocked"> {
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
    const { basketCounts, baskets, limits } = this.#evidence;
    const together = count?.together ?? 0;
    const pair = {
      together,
      ordersA: row?.baskets ?? 0,
      ordersB: basketCounts.get(companion) ?? 0,
      orders: baskets,
      firstAt: count?.firstAt ?? null,
      lastAt: count?.lastAt ?? null,
    };
    if (recentTogether === null || this.#list === null) return associate(pair, limits);
    // Counts follow each order, recent ones are as they were when the list was learnt.
    const recent = { together: Math.min(together, recentTogether), ordersA: this.#list.recentOrders };
    return associate({ ...pair, recent }, limits);
  }
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
      withheld: listed.insteadOf !== null ? "substitute" : season.resting ? "out-of-season" : null,
    },
  ];
}
