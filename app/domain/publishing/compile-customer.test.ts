import { expect, test } from "vitest";
import { compileCustomer } from "./compile-customer.ts";
import { parseCustomer } from "./read-published.ts";

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
