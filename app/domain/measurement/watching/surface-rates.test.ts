import { expect, test } from "vitest";
import { CLAIMED_SURFACES } from "../../offers/surface.ts";
import { surfaceRates, type DayTotal } from "./surface-rates.ts";

const happened = (kind: DayTotal["kind"], events: number, day = 0): DayTotal => ({
  day,
  offer: 0,
  surface: "",
  kind,
  events,
});
const shown = (surface: DayTotal["surface"], offer: number, events: number, day = 0): DayTotal => ({
  ...{ day, offer, surface, kind: "shown", events },
});

test("each surface is compared with the pages that it is on, day by day", () => {
  const totals = [
    ...[happened("page-viewed", 100), happened("product-viewed", 40), happened("cart-viewed", 10)],
    ...[happened("product-added", 8), happened("checkout-started", 5), happened("checkout-completed", 3)],
    ...[shown("product", 1, 20), shown("product", 2, 5), shown("product", 9, 7), shown("cart", 2, 6)],
    ...[shown("page", 2, 11), shown("checkout", 1, 4), shown("thank-you", 1, 2), happened("product-viewed", 30, 1)],
  ];
  const offers = new Map(CLAIMED_SURFACES.map((surface) => [surface, new Set([1, 2])]));
  const rates = surfaceRates(totals, offers, 2);
  expect(rates.get("product")).toEqual([
    { events: 25, opportunities: 40 },
    { events: 0, opportunities: 30 },
  ]);
  expect(rates.get("cart")![0]).toEqual({ events: 6, opportunities: 8 });
  expect(rates.get("checkout")![0]).toEqual({ events: 4, opportunities: 5 });
  expect(rates.get("thank-you")![0]).toEqual({ events: 2, opportunities: 3 });
  // A day on which only products were viewed has no other pages.
  expect(rates.get("page")).toEqual([
    { events: 11, opportunities: 42 },
    { events: 0, opportunities: 0 },
  ]);
});

test("where no offer counts, nothing could have been shown", () => {
  const rates = surfaceRates([happened("product-viewed", 40), shown("product", 1, 20)], new Map(), 1);
  expect(rates.get("product")).toEqual([{ events: 0, opportunities: 0 }]);
});
