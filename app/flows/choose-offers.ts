import { bareNumber, gid, type ProductId } from "../domain/ids.ts";
import { associate, type Association, type EvidenceLimits } from "../domain/mining/association.ts";
import { chooseCompanions, type ChosenCompanion, type MinedCompanion } from "../domain/offers/choose-companions.ts";
import { OFFER_COMPANIONS } from "../domain/placements/published.ts";
import { readAssociations, readBasketCounts, type AssociationRow } from "../persistence/associations.ts";
import { countBaskets } from "../persistence/baskets.ts";
import { readChoices, type ChoiceRow } from "../persistence/choices.ts";
import { readCompanionLists, type CompanionListRow } from "../persistence/companion-lists.ts";
import type { ShopTransaction } from "../persistence/in-shop.ts";
import { readMiningRuns } from "../persistence/mining-runs.ts";
import { readCatalogue, type CatalogueEntry } from "../persistence/products.ts";
import { readShopSettings, type ShopSettings } from "../persistence/settings.ts";

/** One companion that was considered, with its evidence. */
export interface Considered {
  readonly product: ProductId;
  readonly association: Association;
  /** What it adds up to over a cart. */
  readonly weight: number;
  /** Its place in the mined list, from 0; null where no ranking lists it. */
  readonly place: number | null;
  readonly pinned: boolean;
  readonly blocked: boolean;
}

/** What is offered with one product, and everything that was considered for it. */
export interface ChosenOffer {
  readonly trigger: ProductId;
  /** Name of the ranking that put the mined ones in order; null where nothing was mined. */
  readonly ranker: string | null;
  readonly companions: readonly ChosenCompanion[];
  /** Pins first, then by weight. */
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
}

const NOTHING_FOUND: EvidenceLimits = { strong: 0, fair: 0 };

export async function readShopEvidence(tx: ShopTransaction): Promise<ShopEvidence> {
  return {
    settings: await readShopSettings(tx),
    catalogue: await readCatalogue(tx),
    basketCounts: await readBasketCounts(tx),
    baskets: await countBaskets(tx),
    limits: (await readMiningRuns(tx)).finished?.limits ?? NOTHING_FOUND,
  };
}

/** Chooses the offers of some products. A person's choice always wins; what has thin evidence is never offered. */
export async function chooseOffers(
  tx: ShopTransaction,
  evidence: ShopEvidence,
  triggers: readonly ProductId[],
): Promise<ChosenOffer[]> {
  const lists = await readCompanionLists(tx, triggers);
  const associations = await readAssociations(tx, triggers);
  const choices = Map.groupBy(await readChoices(tx, triggers), (choice) => choice.trigger);
  return triggers.map((trigger) =>
    chooseOffer(trigger, evidence, lists.get(trigger), associations.get(trigger), choices.get(trigger) ?? []),
  );
}

function chooseOffer(
  trigger: ProductId,
  evidence: ShopEvidence,
  list: CompanionListRow | undefined,
  association: AssociationRow | undefined,
  choices: readonly ChoiceRow[],
): ChosenOffer {
  const pinned = choices.filter(({ kind }) => kind === "pin").map(({ companion }) => companion);
  const blocked = new Set(choices.filter(({ kind }) => kind === "block").map(({ companion }) => companion));
  const weights = new Map((list?.companions ?? []).map(({ item, weight }) => [gid("Product", item), weight]));
  const places = new Map([...weights.keys()].map((product, place) => [product, place]));
  const counts = new Map((association?.companions ?? []).map((row) => [row.productId, row]));
  const considered = [...new Set([...pinned, ...weights.keys(), ...blocked])].map((product): Considered => {
    const count = counts.get(bareNumber(product));
    const pair = {
      together: count?.together ?? 0,
      ordersA: association?.baskets ?? 0,
      ordersB: evidence.basketCounts.get(product) ?? 0,
      orders: evidence.baskets,
      firstAt: count?.firstAt ?? null,
      lastAt: count?.lastAt ?? null,
    };
    return {
      product,
      association: associate(pair, evidence.limits),
      weight: weights.get(product) ?? 0,
      place: places.get(product) ?? null,
      pinned: pinned.includes(product),
      blocked: blocked.has(product),
    };
  });
  const { companions } = chooseCompanions({
    trigger,
    mined: evidence.settings.mode === "automatic" ? considered.flatMap(minedCompanion) : [],
    pinned,
    blocked,
    catalogue: evidence.catalogue,
    limit: OFFER_COMPANIONS,
  });
  return { trigger, ranker: list?.ranker ?? null, companions, considered };
}

function minedCompanion({ product, weight, place, association }: Considered): MinedCompanion[] {
  return place === null ? [] : [{ product, score: 1 / (1 + place), weight, grade: association.grade }];
}
