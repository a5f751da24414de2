import fc from "fast-check";
import { expect, test } from "vitest";
import { Benefits } from "./benefits.ts";
import { Resolver } from "./resolve.ts";

const LINES = 3;
const EFFORT = 10_000;

const quantities = fc
  .array(fc.integer({ min: 0, max: 6 }), { minLength: LINES, maxLength: LINES })
  .map((units) => Int32Array.from(units));
const benefits = fc.array(
  fc.record({
    limit: fc.integer({ min: 1, max: 3 }),
    whole: fc.boolean(),
    entries: fc.uniqueArray(
      fc.record({
        line: fc.nat(LINES - 1),
        quantity: fc.integer({ min: 1, max: 2 }),
        amount: fc.integer({ min: 1, max: 5 }),
      }),
      { minLength: 1, maxLength: LINES, selector: ({ line }) => line },
    ),
  }),
  { maxLength: 5 },
);

test("what is decided for other quantities owes nothing to what was decided before", () =>
  fc.assert(
    fc.property(benefits, quantities, quantities, (proposed, before, after) => {
      const decide = (...times: Int32Array[]) => {
        const columns = new Benefits();
        proposed.forEach(({ limit, whole, entries }, rank) => {
          for (const { line, quantity, amount } of entries) columns.addEntry(line, quantity, amount, 0);
          columns.close(rank, limit, whole);
        });
        const resolver = new Resolver(columns, LINES);
        for (const units of times) resolver.decide(units, EFFORT);
        return columns.taken.slice(0, columns.entries);
      };
      expect(decide(before, after)).toEqual(decide(after));
    }),
    { numRuns: 3_000 },
  ));
