import { expect, test } from "vitest";
import type { CatalogueItem } from "../../catalogue/catalogue-item.ts";
import type { BrowsingCounts } from "../browsing/browsing-lists.ts";
import { LEAST_VIEWED, ViewedCompanions } from "./viewed-companions.ts";

function item(id: string, kind: string | null = null): CatalogueItem {
  const nothing = { vendor: null, tags: [], collections: [], priceMinor: null };
  return { id, title: `Thing ${id}`, kind, ...nothing, attributes: [], refundedShare: null, marginShare: null };
}

const CATALOGUE = [item("cup"), item("mug", "Mugs"), item("new", "Mugs"), item("plate"), item("pot"), item("rug")];
const SCALES = { viewed: 1, thenBought: 1 };

/** 1,000 pairs; each product but the new one is in 184 of them, so that chance gives the new one about 15 of each. */
function counts(pairs: Record<string, readonly [viewed: number, thenBought: number]>): BrowsingCounts {
  return {
    ...{ from: 0, to: 1, visits: 1000 },
    products: [
      { product: "new", viewers: 90, buyers: 20, days: [0], pairs: [80], boughtAfter: [20], boughtAs: [0] },
      ...["cup", "mug", "plate", "pot", "gone"].map((product) => {
        return { product, viewers: 150, buyers: 0, days: [0], pairs: [184], boughtAfter: [0], boughtAs: [4] };
      }),
    ],
    pairs: Object.entries(pairs).map(([companion, [viewed, thenBought]]) => {
      return { product: "new", companion, viewed, thenBought };
    }),
  };
}

const found = (pairs: Parameters<typeof counts>[0], scales = SCALES) =>
  new ViewedCompanions({ counts: counts(pairs), scales }, CATALOGUE).of("new");

test("finds what was viewed with a new product more often than chance gives, with its figures", () => {
  expect(found({ pot: [40, 12], plate: [45, 0], cup: [17, 0] })).toMatchObject([
    { id: "pot", viewers: 90, viewed: 40, thenBought: 12 },
    { id: "plate", viewers: 90, viewed: 45, thenBought: 0 },
  ]);
  for (const { weight } of found({ pot: [40, 12] })) expect([weight > 0, weight <= 1]).toEqual([true, true]);
});

test("ranks by what either kind of browsing was found to be worth", () => {
  const ids = (scales: typeof SCALES) => found({ pot: [40, 12], plate: [45, 0] }, scales).map(({ id }) => id);
  expect(ids({ viewed: 1, thenBought: 0 })).toEqual(["plate", "pot"]);
  expect(ids({ viewed: 0, thenBought: 1 })).toEqual(["pot"]);
});

test("leaves out other products of the same kind: shoppers choose between them", () => {
  expect(found({ mug: [60, 9], pot: [40, 0] }).map(({ id }) => id)).toEqual(["pot"]);
});

test("leaves out deleted products, few visitors, and products that are not in the catalogue themselves", () => {
  expect(found({ gone: [60, 0] })).toEqual([]);
  expect(found({ pot: [LEAST_VIEWED - 1, 9] })).toEqual([]);
  const viewed = new ViewedCompanions({ counts: counts({ pot: [40, 0] }), scales: SCALES }, [item("pot")]);
  expect([viewed.of("new"), viewed.of("rug")]).toEqual([[], []]);
});
