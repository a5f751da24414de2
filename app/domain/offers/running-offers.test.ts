import fc from "fast-check";
import { expect, test } from "vitest";
import { contentShape } from "./offer-types.ts";
import type { Offer } from "./offer.ts";
import { applyingOffers, isForAll, runningOffers, shownInsteadOf } from "./running-offers.ts";

const NOW = new Date("2026-11-30T12:00:00Z");
const SHOP = { timezone: "Asia/Tokyo", givesCredit: true };
const TYPE = "bought-together";
const ALL = contentShape(TYPE).default.audience;
const forCampaign = (name: string) => ({
  ...ALL,
  shoppers: [[{ shopper: "campaign" as const, parameter: "campaign" as const, inCampaigns: [name] }]],
});
const offer = (number: number, given: Partial<Offer> = {}): Offer =>
  ({ ...contentShape(TYPE).default, type: TYPE, number, version: 1, status: "active", ...given }) as Offer;
const numbers = (offers: readonly Offer[]) => offers.map(({ number }) => number);

test("an offer for some shoppers is carried by products unless one for all is shown in its place", () => {
  const others = fc.uniqueArray(
    fc.record({ number: fc.integer({ min: 1, max: 9 }), priority: fc.nat(3), isForSome: fc.boolean() }),
    { selector: ({ number }) => number },
  );
  fc.assert(
    fc.property(others, fc.integer({ min: 10, max: 20 }), fc.nat(3), (given, last, priority) => {
      const own = offer(given.length % 2 === 0 ? last : 0, { priority, audience: forCampaign("own") });
      const all = given.map(({ number, isForSome, ...one }) =>
        offer(number, { ...one, audience: isForSome ? forCampaign("other") : ALL }),
      );
      const running = runningOffers([...all, own], NOW, SHOP);
      const carried = numbers(applyingOffers(running, { product: null }));
      const first = shownInsteadOf(running.filter(isForAll), own);
      expect(carried.includes(own.number)).toBe(first === null);
      if (first !== null) expect(carried.at(-1)).toBe(first.number);
    }),
  );
});

test("an offer that is yet to be made comes behind those of its priority", () => {
  const own = { number: null, priority: 100 };
  expect(shownInsteadOf([offer(1, { priority: 100 })], own)?.number).toBe(1);
  expect(shownInsteadOf([offer(1, { priority: 99 })], own)).toBeNull();
  expect(shownInsteadOf([offer(4, { priority: 100 })], { ...own, number: 4 })).toBeNull();
});

test("store credit that may not be given is no reward, and other rewards stay", () => {
  const credit = { kind: "credit-amount", amounts: { USD: 500 }, waitDays: 14, expiryDays: null, budget: {} } as const;
  const percent = { kind: "percent", basisPoints: 500 } as const;
  const offers = [offer(1, { reward: credit }), offer(2, { reward: percent })];
  const rewards = (givesCredit: boolean) =>
    runningOffers(offers, NOW, { ...SHOP, givesCredit }).map(({ reward }) => reward);
  expect(rewards(true)).toEqual([credit, percent]);
  expect(rewards(false)).toEqual([null, percent]);
});

test("offers for more campaigns than pages can carry are left out, and all others stay", () => {
  const offers = Array.from({ length: 12 }, (_, n) => offer(n + 1, { audience: forCampaign(`campaign ${n}`) }));
  const all = offer(13);
  expect(numbers(runningOffers([...offers, all], NOW, SHOP))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13]);
});
