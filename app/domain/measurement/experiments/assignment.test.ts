import fc from "fast-check";
import { expect, test } from "vitest";
import { chiSquareUpperTail } from "../../statistics/chi-square.ts";
import { isSplitWrong } from "../../statistics/sample-ratio.ts";
import { type Arm, armOfSlot, assign, placeInLayer, type RunningExperiment, type Split } from "./assignment.ts";
import { SLOTS, slotOf } from "./slot.ts";
import { readUnit, type Unit, unitOf, unitText } from "./unit.ts";

const VISITORS = Array.from({ length: 40_000 }, (_, n): Unit => ({ kind: "visitor", id: `a1b2-${n}` }));
const HALVES: readonly Arm[] = [
  { name: "now", weight: 1 },
  { name: "new", weight: 1 },
];

function experiment(id: string, layer: string, from = 0, to = SLOTS, arms = HALVES): RunningExperiment {
  return { id, layer, range: { from, to }, arms };
}

function split(...experiments: RunningExperiment[]): Split {
  return { shopSalt: "shop-1", holdoutSlots: 500, experiments };
}

/** The p-value that rows and columns of a table of counts are independent (Pearson). */
function independence(table: readonly (readonly number[])[]): number {
  const rows = table.map((row) => row.reduce((sum, n) => sum + n, 0));
  const columns = table[0]!.map((_, column) => table.reduce((sum, row) => sum + row[column]!, 0));
  const all = rows.reduce((sum, n) => sum + n, 0);
  let statistic = 0;
  table.forEach((row, r) =>
    row.forEach((n, c) => {
      const wanted = (rows[r]! * columns[c]!) / all;
      statistic += (n - wanted) ** 2 / wanted;
    }),
  );
  return chiSquareUpperTail(statistic, (rows.length - 1) * (columns.length - 1));
}

test("gives the slots that scripts of the storefront were released with", () => {
  // Computed by another implementation, in Python. Another result would move every shopper of every shop to another arm.
  expect(["", "v:1", "v:2", "c:Z2NwLXVzLWVhc3Qx", "日本"].map((unit) => slotOf("salt", unit))).toEqual([
    823, 6782, 7144, 9819, 9178,
  ]);
});

test("fills all slots evenly, also with units that differ in one character", () => {
  const counts = new Array<number>(100).fill(0);
  for (const unit of VISITORS) counts[Math.floor(slotOf("any", unitText(unit)) / 100)]!++;
  expect(independence([counts, counts.map(() => VISITORS.length / 100)])).toBeGreaterThan(0.001);
});

test("spreads the same units independently under two salts", () => {
  for (const [one, other] of [
    ["1", "2"],
    ["shop/experiment/1", "shop/experiment/3"],
    ["a", "b"],
  ] as const) {
    const table = Array.from({ length: 10 }, () => new Array<number>(10).fill(0));
    for (const unit of VISITORS) {
      const id = unitText(unit);
      table[Math.floor(slotOf(one, id) / 1000)]![Math.floor(slotOf(other, id) / 1000)]!++;
    }
    expect(independence(table)).toBeGreaterThan(0.001);
  }
});

test("holds out 5 % of shoppers, and splits the others by weight", () => {
  const arms = [...HALVES, { name: "third", weight: 2 }];
  const counts = [0, 0, 0];
  let heldOut = 0;
  for (const unit of VISITORS) {
    const assigned = assign(unit, split(experiment("1", "copy", 0, SLOTS, arms)));
    if (assigned.kind === "holdout") heldOut++;
    else counts[assigned.arms.get("1")!]!++;
  }
  expect(isSplitWrong([heldOut, VISITORS.length - heldOut], [5, 95])).toBe(false);
  expect(isSplitWrong(counts, [1, 1, 2])).toBe(false);
});

test("puts a shopper in at most one experiment of a layer, and in others independently", () => {
  const running = split(
    experiment("1", "copy", 0, 5000),
    experiment("2", "copy", 5000, 7000),
    experiment("3", "ranking"),
  );
  const table = [
    [0, 0],
    [0, 0],
  ];
  for (const unit of VISITORS) {
    const assigned = assign(unit, running);
    if (assigned.kind === "holdout") continue;
    expect(assigned.arms.has("1") && assigned.arms.has("2")).toBe(false);
    expect(assigned.arms.has("3")).toBe(true);
    if (assigned.arms.has("1")) table[assigned.arms.get("1")!]![assigned.arms.get("3")!]!++;
  }
  expect(independence(table)).toBeGreaterThan(0.001);
});

test("moves nobody when another experiment starts or ends, and keeps the held out when more are", () => {
  const before = split(experiment("1", "copy", 0, 5000));
  const after = {
    ...split(experiment("0", "copy", 5000), experiment("1", "copy", 0, 5000), experiment("9", "x")),
    holdoutSlots: 1000,
  };
  for (const unit of VISITORS.slice(0, 5000)) {
    const [was, is] = [assign(unit, before), assign(unit, after)];
    if (was.kind === "holdout") expect(is.kind).toBe("holdout");
    else if (is.kind === "shown") expect(is.arms.get("1")).toBe(was.arms.get("1"));
  }
});

test("gives each arm the slots of its weight", () => {
  const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(weights, (given) => {
      const arms = given.map((weight, n) => ({ name: `${n}`, weight }));
      const slots = given.map(() => 0);
      for (let slot = 0; slot < SLOTS; slot++) slots[armOfSlot(slot, arms)]!++;
      const all = given.reduce((sum, weight) => sum + weight, 0);
      given.forEach((weight, arm) => expect(Math.abs(slots[arm]! - (SLOTS * weight) / all)).toBeLessThan(1));
    }),
    { numRuns: 30 },
  );
});

test("places an experiment where its layer has room, and says how much there is", () => {
  expect(placeInLayer([], SLOTS)).toEqual({ range: { from: 0, to: SLOTS } });
  const taken = [
    { from: 6000, to: 9000 },
    { from: 0, to: 2000 },
  ];
  expect(placeInLayer(taken, 4000)).toEqual({ range: { from: 2000, to: 6000 } });
  expect(placeInLayer(taken, 4001)).toEqual({ code: "layer-full", largest: 4000 });
  expect(placeInLayer([{ from: 0, to: SLOTS }], 1)).toEqual({ code: "layer-full", largest: 0 });
});

const SHOPPER = { consented: false, visitorId: "visitor-1", cartToken: "cart-1?key=secret", cartUnit: null };

test("looks at a visitor's id only with consent, and takes the cart before", () => {
  expect(unitOf(SHOPPER)).toEqual({ kind: "cart", id: "cart-1" });
  expect(unitOf({ ...SHOPPER, consented: true })).toEqual({ kind: "visitor", id: "visitor-1" });
  expect(unitOf({ ...SHOPPER, cartToken: null })).toBeNull();
});

test("keeps what a cart was assigned by when consent is given, but no visitor when it is withdrawn", () => {
  expect(unitOf({ ...SHOPPER, consented: true, cartUnit: "c:cart-0" })).toEqual({ kind: "cart", id: "cart-0" });
  expect(unitOf({ ...SHOPPER, cartUnit: "v:visitor-1" })).toEqual({ kind: "cart", id: "cart-1" });
});

test("reads only what it wrote", () => {
  for (const unit of [{ kind: "cart", id: "a.B-_9" } as const, { kind: "visitor", id: "x" } as const]) {
    expect(readUnit(unitText(unit))).toEqual(unit);
  }
  for (const text of ["", "v:", "x:1", "v:a b", `c:${"a".repeat(101)}`, "v:<script>"])
    expect(readUnit(text)).toBeNull();
  expect(unitOf({ ...SHOPPER, cartToken: "a".repeat(101) })).toBeNull();
  expect(unitOf({ ...SHOPPER, cartToken: "?key=only" })).toBeNull();
});
