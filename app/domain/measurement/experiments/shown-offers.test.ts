import { expect, test } from "vitest";
import { hiddenOffers, offersOfAllArms } from "./shown-offers.ts";

const experiment = (id: string, ...hides: number[][]) => ({
  ...{ id, layer: id, range: { from: 0, to: 1 } },
  arms: hides.map((hidden) => ({ name: "", weight: 1, hides: hidden })),
});
const OFFERS = [9, 8, 7, 6].map((number) => ({ number }));
const first = (offers: readonly { number: number }[]) => offers.slice(0, 1);
const carried = (...experiments: ReturnType<typeof experiment>[]) =>
  offersOfAllArms(OFFERS, hiddenOffers({ experiments }), first).map(({ number }) => number);

test("without an experiment all shoppers are shown the same", () => {
  expect(carried()).toEqual([9]);
});

test("offers that are compared are all carried, in their order", () => {
  expect(carried(experiment("1", [8, 7], [9, 7], [9, 8]))).toEqual([9, 8, 7]);
  expect(carried(experiment("1", [9], [8]))).toEqual([9, 8]);
});

test("an arm that is shown nothing gets no other offer in its place", () => {
  expect(carried(experiment("1", [], [9]))).toEqual([9]);
});

test("an arm has the controls of the other experiments", () => {
  const { control, arms } = hiddenOffers({ experiments: [experiment("1", [9], [8]), experiment("2", [7], [6])] });
  expect([[...control], arms.map((one) => [...one].sort())]).toEqual([
    [9, 7],
    [
      [7, 8],
      [6, 9],
    ],
  ]);
});
