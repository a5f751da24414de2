import type { CatalogueItem } from "../../catalogue/catalogue-item.ts";
import type { FoundUpgrade, FoundUpgrades, FoundVariant } from "./found-upgrades.ts";
import type { Difference } from "./difference.ts";

/** The upgrades of one product as they are kept: prices are not, they are read when they are shown. Ids are bare. */
export interface StoredUpgrades {
  /** Of the product itself; null where too few units were sold to say. */
  readonly refundedShare: number | null;
  readonly marginShare: number | null;
  readonly candidates: readonly StoredUpgrade[];
  readonly variants: readonly StoredVariantUpgrade[];
}

export interface StoredUpgrade {
  readonly id: string;
  readonly basis: FoundUpgrade["basis"];
  readonly thenCustomers: number;
  /** To one decimal. */
  readonly expectedThenCustomers: number;
  readonly orders: number;
  readonly refundedShare: number | null;
  readonly marginShare: number | null;
  /** The most telling first; at most three. */
  readonly differences: readonly Difference[];
}

export interface StoredVariantUpgrade extends Pick<FoundVariant, "of" | "id" | "from" | "to" | "better"> {
  /** The name of the option; "" where it is not known. */
  readonly option: string;
  /** Orders with it; null where that was not counted. */
  readonly orders: number | null;
}

/** A refund rate of fewer units is chance. */
const FEWEST_UNITS = 50;
const MOST_DIFFERENCES = 3;
/** An option that is known by its place alone. */
const UNNAMED = /^\d+$/;

/** What is kept of the upgrades found for `of`. `itemOf` leads to the catalogue by id. */
export function storedUpgrades(
  of: CatalogueItem,
  { candidates, variants }: FoundUpgrades,
  itemOf: (id: string) => CatalogueItem | undefined,
): StoredUpgrades {
  return {
    refundedShare: soundRefund(of),
    marginShare: of.marginShare,
    candidates: candidates.map(({ id, basis, evidence, differences }) => {
      const candidate = itemOf(id);
      return {
        ...{ id, basis, thenCustomers: evidence.thenCustomers, orders: evidence.orders },
        expectedThenCustomers: Math.round(evidence.expectedThenCustomers * 10) / 10,
        refundedShare: candidate === undefined ? null : soundRefund(candidate),
        marginShare: evidence.marginShare,
        differences: differences.slice(0, MOST_DIFFERENCES),
      };
    }),
    variants: variants.map(({ of, id, option, from, to, orders, better }) => ({
      ...{ of, id, from, to, orders, better },
      option: UNNAMED.test(option) ? "" : option,
    })),
  };
}

/** The most customers who moved on to one of the candidates; 0 where none did more often than by chance. */
export function mostMoved({ candidates }: Pick<StoredUpgrades, "candidates">): number {
  return Math.max(0, ...candidates.filter(({ basis }) => basis === "moved").map((one) => one.thenCustomers));
}

function soundRefund({ refundedShare, soldUnits }: CatalogueItem): number | null {
  return (soldUnits ?? 0) >= FEWEST_UNITS ? refundedShare : null;
}
