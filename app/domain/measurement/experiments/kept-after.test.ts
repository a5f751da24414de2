import { expect, test } from "vitest";
import { experimentContent } from "./experiment.ts";
import { keptAfter } from "./kept-after.ts";
import type { Verdict } from "./verdict.ts";

const gain = { estimate: 0.1, low: 0.05, high: 0.15 };
const offers = { ...experimentContent.default, compares: "offers" as const, offers: [5, 7, 9], weights: [1, 1, 1] };
const nothing = { ...experimentContent.default, offers: [5], weights: [1, 1] };
const breach = { guard: "refund-rate" as const, arm: 1, control: 0.1, variant: 0.2 };

test.each<[Verdict, number | null, number | null]>([
  [{ kind: "better", arm: 1, gain }, 7, 5],
  [{ kind: "worse", arm: 1, gain }, 5, 0],
  [{ kind: "harm", breach }, 5, 0],
  [{ kind: "no-worthwhile-difference", worthwhile: 0.1 }, 5, null],
  [{ kind: "not-enough", daysLeft: 9 }, null, null],
  [{ kind: "open", gain }, null, null],
  [{ kind: "wrong-split", planned: [0.5, 0.5], seen: [0.6, 0.4] }, null, null],
  [{ kind: "interrupted", reason: "stopped", at: 1 }, null, null],
])("%o keeps offer %s of three, and %s where one is compared with nothing", (verdict, ofThree, ofOne) => {
  expect(keptAfter(verdict, offers)).toBe(ofThree);
  expect(keptAfter(verdict, nothing)).toBe(ofOne);
});
