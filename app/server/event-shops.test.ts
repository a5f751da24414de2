import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { shopDomain } from "../domain/ids.ts";
import type { KnownEventShop } from "../flows/measurement/receive-events.ts";
import { EventShops } from "./event-shops.ts";

const SHOP = shopDomain("tea.myshopify.com");

beforeEach(() => vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => vi.useRealTimers());

/** Shops whose look-ups end when the test says so. */
function openShops() {
  const lookUps: { end: (installedSeconds: number) => Promise<void>; fail: () => Promise<void> }[] = [];
  const shops = new EventShops(async () => {
    const { promise, resolve, reject } = Promise.withResolvers<KnownEventShop>();
    const settled = (act: () => void) => {
      act();
      return promise.then(
        () => {},
        () => {},
      );
    };
    lookUps.push({
      end: (installedSeconds) => settled(() => resolve({ domain: SHOP, offers: new Map(), installedSeconds })),
      fail: () => settled(() => reject(new Error("No database"))),
    });
    return promise;
  });
  const known = async () => (await shops.find(SHOP))?.installedSeconds;
  return { lookUps, shops, known };
}

test("one look-up serves all requests that come within ten seconds", async () => {
  const { lookUps, known } = openShops();
  const asked = [known(), known()];
  await lookUps[0]!.end(1);
  expect(await Promise.all(asked)).toEqual([1, 1]);
  vi.advanceTimersByTime(9_999);
  expect(await known()).toBe(1);
  expect(lookUps).toHaveLength(1);
});

test("later requests go by what is known while it is looked up again, once", async () => {
  const { lookUps, known } = openShops();
  const first = known();
  await lookUps[0]!.end(1);
  await first;
  vi.advanceTimersByTime(10_000);
  expect([await known(), await known()]).toEqual([1, 1]);
  expect(lookUps).toHaveLength(2);
  await lookUps[1]!.end(2);
  expect(await known()).toBe(2);
  vi.advanceTimersByTime(9_999);
  expect(await known()).toBe(2);
  expect(lookUps).toHaveLength(2);
});

test("what is fifteen seconds old is not gone by, whatever became of the look-ups since", async () => {
  const { lookUps, known } = openShops();
  const first = known();
  await lookUps[0]!.end(1);
  await first;
  vi.advanceTimersByTime(10_000);
  await known();
  await lookUps[1]!.fail();
  vi.advanceTimersByTime(4_999);
  expect(await known()).toBe(1);
  vi.advanceTimersByTime(1);
  const waiting = known();
  await lookUps[2]!.end(3);
  expect(await waiting).toBe(3);
});

test("a look-up that failed is done again by the next request", async () => {
  const { lookUps, known } = openShops();
  const failed = known();
  failed.catch(() => {});
  await lookUps[0]!.fail();
  await expect(failed).rejects.toThrow("No database");
  const next = known();
  await lookUps[1]!.end(1);
  expect(await next).toBe(1);
});
