import { expect, test } from "vitest";
import { areAdditionsCounted, offerFunnel } from "./offer-funnel.ts";

test("a funnel adds the products of a surface, in the order of the surfaces, without what is about no offer", () => {
  const totals = [
    { surface: "cart", kind: "declined", events: 2 },
    { surface: "product", kind: "shown", events: 90 },
    { surface: "product", kind: "shown", events: 10 },
    { surface: "product", kind: "added", events: 3 },
    { surface: "checkout", kind: "product-viewed", events: 7 },
    { surface: "", kind: "shown", events: 5 },
  ] as const;
  expect(offerFunnel(totals)).toEqual([
    { surface: "product", shown: 100, seen: 0, clicked: 0, added: 3, declined: 0 },
    { surface: "cart", shown: 0, seen: 0, clicked: 0, added: 0, declined: 2 },
  ]);
  expect(offerFunnel([])).toEqual([]);
});

test("an addition by the theme's own button is not counted, one in the cart is", () => {
  expect(areAdditionsCounted("upgrade", "product")).toBe(false);
  expect(areAdditionsCounted("upgrade", "cart")).toBe(true);
  expect(areAdditionsCounted("bought-together", "product")).toBe(true);
});
