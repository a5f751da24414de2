import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LineId } from "../ids.ts";
import { orderAccount, type AccountedLine, type LineRefund } from "./order-account.ts";

const line = (changes: Partial<AccountedLine> = {}): AccountedLine => ({
  ...{ id: "gid://shopify/LineItem/1" as LineId, quantity: 3, currentQuantity: 3, unitPriceMinor: 1000 },
  ...{ discountMinor: 0, ...changes },
});

function accountOf(changes: Partial<AccountedLine>, refund?: LineRefund, withoutLinesMinor = 0) {
  const one = line(changes);
  const refunds = new Map(refund === undefined ? [] : [[one.id as string, refund]]);
  return orderAccount([one], refunds, withoutLinesMinor)[0]!;
}

describe("three units of 1000", () => {
  test.each([
    ["all kept", 3, undefined, { edited: 0, refunded: 0, kept: 3, netMinor: 3000, refundedMinor: 0 }],
    ["one refunded", 2, { units: 1, minor: 1000 }, { edited: 0, refunded: 1, netMinor: 2000, refundedMinor: 1000 }],
    ["one edited away", 2, undefined, { edited: 1, refunded: 0, netMinor: 2000, refundedMinor: 0 }],
    [
      "one edited away and one refunded",
      1,
      { units: 1, minor: 1000 },
      { edited: 1, refunded: 1, netMinor: 1000, refundedMinor: 1000 },
    ],
    [
      "two edited away and the last refunded",
      0,
      { units: 1, minor: 1000 },
      { edited: 2, refunded: 1, kept: 0, netMinor: 0, refundedMinor: 1000 },
    ],
    ["two named by a refund of nothing", 1, { units: 2, minor: 0 }, { refunded: 2, netMinor: 1000, refundedMinor: 0 }],
    ["all edited away", 0, undefined, { edited: 3, kept: 0, netMinor: 0, refundedMinor: 0 }],
  ])("%s", (_, currentQuantity, refund, expected) =>
    expect(accountOf({ currentQuantity }, refund)).toMatchObject(expected),
  );
});

test("a refund whose price Shopify rounds otherwise still leaves nothing of a line that is gone", () =>
  expect(accountOf({ currentQuantity: 0, discountMinor: 1 }, { units: 3, minor: 2998 })).toMatchObject({
    netMinor: 0,
    refundedMinor: 2999,
  }));

test("a refund without lines is shared over what is left of each line", () => {
  const lines = [
    line({ id: "a" as LineId }),
    line({ id: "b" as LineId, quantity: 1, currentQuantity: 1 }),
    line({ id: "c" as LineId, currentQuantity: 0 }),
  ];
  const accounts = orderAccount(lines, new Map(), 1001);
  expect(accounts.map(({ refundedMinor }) => refundedMinor)).toEqual([751, 250, 0]);
  expect(accounts.map(({ netMinor }) => netMinor)).toEqual([2249, 750, 0]);
});

test("a refund without lines never takes more than is left", () =>
  expect(accountOf({ currentQuantity: 1 }, undefined, 5000)).toMatchObject({ netMinor: 0, refundedMinor: 1000 }));

test("the tax on what is left falls with it", () => {
  expect(accountOf({ taxMinor: 300, currentQuantity: 1 })).toMatchObject({ netMinor: 1000, netTaxMinor: 100 });
  expect(accountOf({ taxMinor: 300 }, undefined, 1500)).toMatchObject({ netMinor: 1500, netTaxMinor: 150 });
});

const histories = fc
  .record({
    quantity: fc.integer({ min: 1, max: 9 }),
    unitPriceMinor: fc.integer({ min: 0, max: 5_000 }),
    discount: fc.integer({ min: 0, max: 100 }),
    edited: fc.nat(9),
    refunded: fc.nat(9),
  })
  .map(({ quantity, unitPriceMinor, discount, edited, refunded }) => {
    const away = Math.min(edited, quantity);
    const back = Math.min(refunded, quantity - away);
    const discountMinor = Math.floor((quantity * unitPriceMinor * discount) / 100);
    return { quantity, unitPriceMinor, discountMinor, edited: away, refunded: back };
  });

test("every unit and every smallest unit of money is accounted for once", () =>
  fc.assert(
    fc.property(fc.array(histories, { minLength: 1, maxLength: 6 }), fc.nat(50_000), (lines, withoutLinesMinor) => {
      const refunds = new Map<string, LineRefund>();
      const given = lines.map(({ edited, refunded, ...rest }, place) => {
        const id = `line-${place}` as LineId;
        const worth = rest.quantity * rest.unitPriceMinor - rest.discountMinor;
        if (refunded > 0) refunds.set(id, { units: refunded, minor: Math.round((worth * refunded) / rest.quantity) });
        return { ...line({ id, ...rest }), currentQuantity: rest.quantity - edited - refunded };
      });
      const accounts = orderAccount(given, refunds, withoutLinesMinor);
      accounts.forEach((account, place) => {
        const { quantity, edited, refunded } = lines[place]!;
        expect([account.ordered, account.edited, account.refunded]).toEqual([quantity, edited, refunded]);
        expect(account.kept).toBe(quantity - edited - refunded);
        expect(account.netMinor).toBeGreaterThanOrEqual(0);
        expect(account.refundedMinor).toBeGreaterThanOrEqual(0);
        const worth = quantity * given[place]!.unitPriceMinor - given[place]!.discountMinor;
        expect(account.netMinor + account.refundedMinor).toBeLessThanOrEqual(worth);
        if (edited === 0 && refunded === 0) expect(account.netMinor + account.refundedMinor).toBe(worth);
      });
      const without = orderAccount(given, refunds, 0);
      const net = (of: typeof accounts) => of.reduce((sum, { netMinor }) => sum + netMinor, 0);
      expect(net(accounts)).toBe(Math.max(net(without) - withoutLinesMinor, 0));
    }),
  ));
