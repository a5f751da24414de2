import type { BasketTable } from "../../baskets/basket-table.ts";
import type { CatalogueItem } from "../../catalogue/catalogue-item.ts";
import { NEW_PRODUCT_ORDERS } from "../evidence/association.ts";
import type { ListedCompanions } from "./listed-companions.ts";
import type { PairFindings } from "./pair-findings.ts";
import {
  newProductCompanions,
  SimilarProducts,
  type NewProductCompanion,
  type WeightedItem,
} from "../../catalogue/similar-products.ts";

/**
 * Products less alike lend nothing. Of 596 products whose histories were hidden (`npm run bench -- new-products`),
 * those with a likest product below this were served worse than by best sellers, those above it better.
 */
const LEAST_ALIKE = 0.3;
/** Companions taken from similar products, at most. */
const MOST_FROM_SIMILAR = 8;

/**
 * Finds companions for new products among those of the established products like them: only what orders support
 * there with fair evidence at least, weighing its share of those orders; nothing that the catalogue does not hold any
 * more.
 */
export class CompanionsOfSimilar {
  readonly #table: BasketTable;
  readonly #listed: ListedCompanions;
  readonly #findings: PairFindings;
  readonly #catalogue: readonly CatalogueItem[];
  readonly #indexOf: ReadonlyMap<string, number>;
  readonly #placeOf: ReadonlyMap<string, number>;
  readonly #proven = new Map<string, readonly WeightedItem[]>();
  #similar: SimilarProducts | null = null;

  /** `catalogue` ascends by id. */
  constructor(from: {
    table: BasketTable;
    listed: ListedCompanions;
    findings: PairFindings;
    catalogue: readonly CatalogueItem[];
  }) {
    this.#table = from.table;
    this.#listed = from.listed;
    this.#findings = from.findings;
    this.#catalogue = from.catalogue;
    this.#indexOf = new Map(from.table.itemIds.map((id, item) => [id, item]));
    this.#placeOf = new Map(from.catalogue.map(({ id }, place) => [id, place]));
  }

  /** Best first, at most eight. Nothing for a product that the catalogue does not hold: it was deleted. */
  of(id: string): NewProductCompanion[] {
    const place = this.#placeOf.get(id);
    if (place === undefined) return [];
    this.#similar ??= new SimilarProducts(this.#catalogue, { among: (other) => this.#isEstablished(other) });
    const similar = this.#similar.like(place, { least: LEAST_ALIKE });
    return newProductCompanions(this.#catalogue, similar, (other) => this.#provenOf(other), id, MOST_FROM_SIMILAR);
  }

  /** Whether it has companions to lend: what has none says nothing, however like it is. */
  #isEstablished(place: number): boolean {
    const item = this.#indexOf.get(this.#catalogue[place]!.id) ?? -1;
    return this.#listed.ordersOf(item) >= NEW_PRODUCT_ORDERS && this.#listed.hasEvidence(item);
  }

  #provenOf(id: string): readonly WeightedItem[] {
    const known = this.#proven.get(id);
    if (known !== undefined) return known;
    const item = this.#indexOf.get(id)!;
    const orders = this.#listed.ordersOf(item);
    const proven = this.#listed
      .of(item)
      .filter(({ companion, grade }) => grade !== "thin" && this.#placeOf.has(this.#table.itemIds[companion]!))
      .filter(({ companion, grade }) => this.#findings.insteadOf(item, companion, grade) === null)
      .map(({ companion, together }) => ({ id: this.#table.itemIds[companion]!, weight: together / orders }));
    this.#proven.set(id, proven);
    return proven;
  }
}
