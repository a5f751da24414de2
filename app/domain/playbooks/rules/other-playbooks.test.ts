import { describe, expect, test } from "vitest";
import {
  companion,
  known,
  offer,
  ofProducts,
  pairs,
  playbookFacts,
  productId,
  propose,
} from "../../../../test/fixtures/playbook-facts.ts";
import type { PlaybookFacts } from "../facts.ts";
import type { Proposal } from "../proposal.ts";
import { contentShape } from "../../offers/offer-types.ts";

describe("the better product", () => {
  const upgrades = [
    { product: productId(1), upgrade: productId(2), customers: 12 },
    { product: productId(3), upgrade: productId(4), customers: 40 },
  ];
  const products = [known(1, 1_000), known(2, 1_400), known(3, 1_000), known(4, 1_500)];

  test("is offered in place of what its customers had before, all such pairs in one offer", () => {
    const [proposal, ...others] = propose("upgrade", playbookFacts({ upgrades }, products));
    expect(others).toEqual([]);
    expect(proposal).toMatchObject({
      ...{ id: "upgrade-3-4", reason: { code: "moved", customers: 40, others: 1 } },
      content: {
        mode: "manual",
        config: {
          pairs: [
            { products: [productId(3)], upgrade: [productId(4)] },
            { products: [productId(1)], upgrade: [productId(2)] },
          ],
        },
      },
    });
  });

  test("is left out where it costs too much or less, is hidden, or is offered already", () => {
    const dear = [known(1, 1_000), known(2, 1_501), known(3, 1_000), known(4, 999)];
    expect(propose("upgrade", playbookFacts({ upgrades }, dear))).toEqual([]);
    const hiddenUpgrades = new Map([[productId(3), new Set<string>([productId(4)])]]);
    expect(propose("upgrade", playbookFacts({ upgrades }, products, { hiddenUpgrades }))[0]!.id).toBe("upgrade-1-2");
    const offers = [offer("upgrade", { mode: "review" })];
    expect(propose("upgrade", playbookFacts({ upgrades }, products, { offers }))).toEqual([]);
  });

  test("is never offered in place of what is itself an upgrade in the same offer", () => {
    const chain = [
      { product: productId(1), upgrade: productId(2), customers: 12 },
      { product: productId(2), upgrade: productId(3), customers: 10 },
    ];
    const [proposal] = propose(
      "upgrade",
      playbookFacts({ upgrades: chain }, [...[known(1, 1_000), known(2, 1_200), known(3, 1_400)]]),
    );
    expect(proposal!.id).toBe("upgrade-2-3");
    expect(proposal!.reason).toMatchObject({ others: 0 });
  });
});

test("a small extra goes with several products, and with none that has add-ons", () => {
  const products = [known(1, 4_000), known(2, 5_000), known(3, 6_000), known(9, 500)];
  const evidence = { pairs: [1, 2, 3].map((number) => pairs(number, companion(9))) };
  const [proposal] = propose("small-extra", playbookFacts(evidence, products));
  expect(proposal).toMatchObject({
    ...{ id: "small-extra-9", type: "add-on", reason: { code: "extra", together: 90, products: 3 } },
    content: { conditions: ofProducts(1, 2, 3), config: { addOns: [{ product: [productId(9)] }], cap: 25 } },
  });
  const offers = [offer("add-on", { conditions: ofProducts(1) })];
  expect(propose("small-extra", playbookFacts(evidence, products, { offers }))[0]!.content.conditions).toEqual(
    ofProducts(2, 3),
  );
  expect(propose("small-extra", playbookFacts({ pairs: evidence.pairs.slice(0, 1) }, products))).toEqual([]);
});

describe("the free-shipping goal", () => {
  // A twentieth of the orders between each two: 10, 20 ... 210 dollars.
  const orderValues = { orders: 200, quantiles: Array.from({ length: 21 }, (_, n) => (n + 1) * 1_000) };
  const goal = (changes: Partial<PlaybookFacts> = {}, values: typeof orderValues | null = orderValues) =>
    propose("shipping-goal", playbookFacts({ orderValues: values }, [], changes))[0];

  test("lies a little above the order in the middle, at a round amount", () => {
    const proposal = goal()!;
    expect(proposal.content).toMatchObject({ reward: { kind: "free-shipping" }, config: { amounts: { USD: 14_000 } } });
    expect(proposal.reason).toEqual({
      ...{ code: "near-goal", goalMinor: 14_000, medianMinor: 11_000 },
      share: expect.closeTo(0.15, 5) as number,
    });
    expect(proposal.checks[0]).toEqual({ code: "already-reach", share: expect.closeTo(0.35, 5) as number });
  });

  test("follows the shop's own rate, in its countries", () => {
    const shippingRates = [{ currency: "USD", amountMinor: 15_000, countries: ["US"] }];
    const proposal = goal({ shippingRates })!;
    expect(proposal.content.config).toMatchObject({ amounts: { USD: 15_000 }, countries: ["US"] });
    expect(proposal.reason.code).toBe("own-rate");
    expect(proposal.checks).toEqual([]);
  });

  test("fills in the draft that waits for an amount, and leaves every other goal alone", () => {
    const draft = offer("goal", { number: 2, status: "draft" });
    expect(goal({ offers: [draft] })!.draft).toBe(2);
    expect(goal({ offers: [{ ...draft, status: "paused" }] })).toBeUndefined();
    expect(goal({ offers: [draft, offer("goal", { number: 3 })] })).toBeUndefined();
  });

  test("is not proposed for a few orders, or where the own rate is free for most orders anyway", () => {
    expect(goal({}, { ...orderValues, orders: 49 })).toBeUndefined();
    expect(goal({}, null)).toBeUndefined();
    const shippingRates = [{ currency: "USD", amountMinor: 5_000, countries: null }];
    expect(goal({ shippingRates })).toBeUndefined();
  });
});

test("a name holds the titles of all products, however long they are", () => {
  const long = (number: number) => known(number, 1_000, { title: "👜".repeat(80) });
  const [proposal] = propose("pair", playbookFacts({ pairs: [pairs(1, companion(2))] }, [long(1), long(2)])) as [
    Proposal,
  ];
  expect(proposal.content.name.length).toBeLessThanOrEqual(100);
  expect(proposal.content.name.isWellFormed()).toBe(true);
  expect(contentShape("bought-together").parse(proposal.content).ok).toBe(true);
});
