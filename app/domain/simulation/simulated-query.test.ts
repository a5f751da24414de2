import fc from "fast-check";
import { expect, test } from "vitest";
import { campaignIn, EMPTY_QUERY, MOST_LINES, readQuery, type SimulatedQuery, writeQuery } from "./simulated-query.ts";

const customers = fc.oneof(
  fc.constant({ orders: null, business: false }),
  fc.record({ orders: fc.integer({ min: 0, max: 9_999 }), business: fc.boolean() }),
);
const others: fc.Arbitrary<Omit<SimulatedQuery, "orders" | "business">> = fc.record({
  lines: fc.array(
    fc.record({
      variant: fc.bigInt({ min: 1n, max: 10n ** 17n }).map(String),
      quantity: fc.integer({ min: 1, max: 1_000 }),
      subscription: fc.boolean(),
      priceMinor: fc.option(fc.integer({ min: 0, max: 1e12 })),
    }),
    { maxLength: MOST_LINES },
  ),
  currency: fc.option(fc.constantFrom("USD", "JPY", "KWD")),
  country: fc.option(fc.constantFrom("US", "JP")),
  language: fc.option(fc.constantFrom("ja", "pt-br")),
  tags: fc.uniqueArray(fc.constantFrom("VIP", "garden club", "Ｂ会員", "a&b=c"), { maxLength: 3 }),
  counter: fc.boolean(),
  method: fc.constantFrom("SHIPPING", "LOCAL", "PICK_UP"),
  feeMinor: fc.option(fc.integer({ min: 0, max: 1e12 })),
  state: fc.constantFrom("published", "planned"),
  at: fc.option(fc.constant("2026-11-27T00:00")),
  included: fc.uniqueArray(fc.integer({ min: 1, max: 99_999 }), { maxLength: 20 }),
  arm: fc.option(fc.constantFrom("3.0", "12.1")),
  campaign: fc.option(
    fc
      .uniqueArray(fc.constantFrom("utm_campaign", "utm_source", "utm_medium"), { minLength: 1 })
      .map((names) => campaignIn(names.map((name) => `${name}=a%26b=夏 sale`).join("&"))!),
  ),
  codes: fc.uniqueArray(fc.constantFrom("WELCOME10", "夏セール", "a&b=c"), { maxLength: 3 }),
  order: fc.option(fc.constantFrom("#1001", "1001", "EU-7")),
});
const queries: fc.Arbitrary<SimulatedQuery> = fc
  .tuple(others, customers)
  .map(([other, customer]) => ({ ...other, ...customer }));

test("reads from an address what was written into it", () => {
  fc.assert(
    fc.property(queries, (query) => {
      expect(readQuery(new URLSearchParams(writeQuery(query).toString()))).toEqual(query);
    }),
  );
});

test.each([
  "cart=x.1x0.1x1001.x2.1x2y.1x-3",
  `cart=${"9".repeat(30)}x1`,
  "language=Japanese&tags=+,,&customer=many&counter=yes",
  "currency=dollars&country=us&method=DRONE&fee=-1&state=yesterday&at=2026-13-40T99:99",
  "with=0,-1,x&codes=,,&order=%27;DROP%20TABLE%20orders",
])("takes what makes no sense for what is usual: %s", (address) => {
  expect(readQuery(new URLSearchParams(address))).toEqual(EMPTY_QUERY);
});

test("reads at most 50 lines, 5 codes and 20 offers", () => {
  const many = (count: number, of: (at: number) => string, by: string) =>
    Array.from({ length: count }, (_, at) => of(at)).join(by);
  const read = readQuery(
    new URLSearchParams({
      cart: many(80, (at) => `${at + 1}x1`, "."),
      codes: many(9, (at) => `CODE${at}`, ","),
      with: many(40, (at) => String(at + 1), ","),
    }),
  );
  expect([read.lines.length, read.codes.length, read.included.length]).toEqual([50, 5, 20]);
});

test("keeps of a link what names its campaign", () => {
  const link = "https://tea.example/products/tea?variant=1&utm_source=%20Letter&utm_campaign=Spring+Sale&email=ann#top";
  expect(campaignIn(link)).toBe("utm_campaign=spring+sale&utm_source=letter");
  expect(campaignIn("utm_medium=E-Mail")).toBe("utm_medium=e-mail");
  expect(["", "summer", "https://tea.example/?utm_campaign=", "utm_source=ann@example.com"].map(campaignIn)).toEqual([
    ...[null, null, null, null],
  ]);
});
