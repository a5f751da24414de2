import { describe, expect, test } from "vitest";
import { compileCustomer } from "./published-customer.ts";
import { parseCustomer } from "./published-customer.ts";

test("what is compiled of a customer is read back as it was", () => {
  const customer = {
    rank: "A" as const,
    owned: ["3"],
    adds: [
      { product: "1", weight: 0.25, again: true as const },
      { product: "2", weight: 0.1 },
    ],
  };
  expect(parseCustomer(compileCustomer(customer))).toEqual({ version: 1, returning: true, ...customer });
});

test("no more is published of a customer than is read, whatever is stored", () => {
  const numbers = Array.from({ length: 80 }, (_, n) => String(n));
  const adds = numbers.map((product) => ({ product, weight: 0.5, again: true as const }));
  const value = compileCustomer({ rank: null, owned: numbers, adds });
  const read = parseCustomer(value)!;
  expect([read.owned.length, read.adds.length]).toEqual([50, 24]);
  expect(JSON.parse(value)).toEqual(read);
});

describe("what is published of a customer", () => {
  test("is read as it was written, unknown fields left out", () => {
    const adds = [
      { product: "6", weight: 0.25 },
      { product: "7", weight: 0.2, again: true },
    ];
    const customer = { version: 1, rank: "B", returning: true, owned: ["5"], adds };
    expect(parseCustomer({ ...customer, email: "x" })).toEqual(customer);
    expect(parseCustomer(JSON.stringify(customer))).toEqual(customer);
  });

  test("says nothing where it is broken, and no more than it may", () => {
    const nothing = { version: 1, rank: null, returning: false, owned: [], adds: [] };
    expect(parseCustomer({ version: 1, rank: "E", returning: "yes", owned: 5, adds: [null] })).toEqual(nothing);
    expect(parseCustomer({ version: 2 })).toBeNull();
    const numbers = Array.from({ length: 60 }, (_, i) => String(i + 1));
    const full = parseCustomer({ version: 1, owned: numbers, adds: numbers.map((number) => ({ product: number })) })!;
    expect([full.owned.length, full.adds.length]).toEqual([50, 24]);
  });
});
