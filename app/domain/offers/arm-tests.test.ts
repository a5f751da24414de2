import { expect, test } from "vitest";
import { withArmTests } from "./arm-tests.ts";

const two = { experiment: 3, hides: [[8], [7]] };
const three = {
  experiment: 12,
  hides: [
    [8, 9],
    [7, 9],
    [7, 8],
  ],
};

test.each([
  ["the control's offer is for all who are in no other arm", null, 7, [two], "!e3.1"],
  ["a variant's offer is for its arm alone", null, 8, [two], "e3.1"],
  ["with three arms the control's is for none of the others", null, 7, [three], "!e12.1+!e12.2"],
  ["an audience and an arm have both to be met, in each of its groups", "s+!b|cJP", 8, [two], "s+!b+e3.1|cJP+e3.1"],
  ["in two experiments both have to be met", null, 7, [two, three], "!e3.1+!e12.1+!e12.2"],
  ["an offer that no experiment is about keeps its tests", "s", 5, [two], "s"],
  ["an offer that no experiment is about has none without an audience", null, 5, [two], null],
  ["an offer that two variants show is for either", null, 8, [{ experiment: 1, hides: [[8], [], []] }], "e1.1|e1.2"],
])("%s", (_, tests, offer, experiments, expected) => {
  expect(withArmTests(tests, offer, experiments)).toBe(expected);
});
