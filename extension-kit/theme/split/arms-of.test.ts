import fc from "fast-check";
import { expect, test } from "vitest";
import { assign } from "../../../app/domain/measurement/experiments/assignment.ts";
import {
  type HidingSplit,
  parseSplit,
  splitText,
} from "../../../app/domain/measurement/experiments/published-split.ts";
import { SLOTS } from "../../../app/domain/measurement/experiments/slot.ts";
import { armsOf } from "./arms-of.ts";

/* The theme's script decides by another piece of code than the server: the same must come out. */

const splits = fc.record({
  shopSalt: fc.stringMatching(/^[\w-]{1,20}$/),
  holdoutSlots: fc.constantFrom(0, 1, 500, 5_000, SLOTS),
  experiments: fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 50 }).map(String),
      layer: fc.constantFrom("sets", "goals"),
      range: fc.tuple(fc.nat(SLOTS), fc.nat(SLOTS)).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
      arms: fc.array(
        fc.record({ name: fc.constant("x"), weight: fc.integer({ min: 1, max: 9 }), hides: fc.constant([]) }),
        { minLength: 2, maxLength: 4 },
      ),
    }),
    { maxLength: 4, selector: ({ id }) => id },
  ),
});

/** What the domain says, as the script says it. */
function assigned(kind: "visitor" | "cart", id: string, one: HidingSplit): [number, number][] {
  const assignment = assign({ kind, id }, one);
  const holdout: [number, number][] = one.holdoutSlots === 0 ? [] : [[0, assignment.kind === "holdout" ? 0 : 1]];
  if (assignment.kind === "holdout") return holdout;
  return [...holdout, ...[...assignment.arms].map(([number, arm]): [number, number] => [Number(number), arm])];
}

test("the theme's script puts every shopper where the domain puts them", () =>
  fc.assert(
    fc.property(splits, fc.stringMatching(/^[\w.-]{1,40}$/), fc.boolean(), (one, id, isVisitor) => {
      const text = splitText(one, new Map());
      if (text === null) return;
      const pairs = armsOf(parseSplit(text)!, `${isVisitor ? "v" : "c"}:${id}`);
      expect(pairs).toEqual(assigned(isVisitor ? "visitor" : "cart", id, one));
    }),
    { numRuns: 500 },
  ));

test("so it does for 20,000 shoppers of one shop, of which each arm gets its share", () => {
  const arms = [1, 2].map((weight) => ({ name: "", weight, hides: [] }));
  const experiments = [{ id: "3", layer: "sets", range: { from: 0, to: SLOTS }, arms }];
  const one: HidingSplit = { shopSalt: "k3_Xa-9", holdoutSlots: 500, experiments };
  const published = parseSplit(splitText(one, new Map()))!;
  const counts = new Map<string, number>();
  for (let n = 0; n < 20_000; n++) {
    const pairs = armsOf(published, `v:a1b2-${n}`);
    expect(pairs).toEqual(assigned("visitor", `a1b2-${n}`, one));
    for (const pair of pairs) counts.set(pair.join(), (counts.get(pair.join()) ?? 0) + 1);
  }
  expect(counts.get("0,0")! / 20_000).toBeCloseTo(0.05, 2);
  expect(counts.get("3,1")! / (counts.get("3,0")! + counts.get("3,1")!)).toBeCloseTo(2 / 3, 1);
});
