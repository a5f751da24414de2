import { expect, test } from "vitest";
import { cheapestGapFiller } from "./fill-gap.ts";
import type { PublishedOffer } from "../offers/types/bought-together/published.ts";

const candidate = (product: string, chargedMinor: number, ships = true) => ({ product, chargedMinor, ships });
const cart = (given: object = {}) => ({
  ...{ gapMinor: 2_820, cartMinor: 4_680, shareBasisPoints: 2_500 },
  ...{ lines: [{ product: "1", totalMinor: 4_680 }], offers: new Map<string, PublishedOffer | null>() },
  ...given,
});
const offer = (discountBasisPoints: number, product: string): PublishedOffer => ({
  ...{ type: "bought-together", id: "bt-1", discountBasisPoints, set: 3, companions: [{ product, weight: 0.5 }] },
});

test("is the cheapest that covers the gap, though it costs more than an add-on may", () => {
  const found = cheapestGapFiller([candidate("2", 3_400), candidate("3", 2_900), candidate("4", 1_000)], cart());
  expect(found?.product).toBe("3");
});

test("is nothing that is much dearer than the gap", () => {
  expect(cheapestGapFiller([candidate("2", 3_990)], cart())?.product).toBe("2");
  expect(cheapestGapFiller([candidate("2", 3_991)], cart())).toBeNull();
});

test("is nothing that does not ship", () =>
  expect(cheapestGapFiller([candidate("2", 2_900, false)], cart())).toBeNull());

test("makes up for what its own discount takes off the cart", () => {
  const offers = new Map([["1", offer(1_000, "2")]]);
  expect(cheapestGapFiller([candidate("2", 2_900)], cart({ offers }))).toBeNull();
  expect(cheapestGapFiller([candidate("2", 3_288)], cart({ offers }))?.product).toBe("2");
});
