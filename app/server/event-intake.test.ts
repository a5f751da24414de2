import { expect, test, vi } from "vitest";
import { shopDomain } from "../domain/ids.ts";
import type { ShopEvent } from "../domain/measurement/shop-event.ts";
import { EventIntake, type EventIntakeOptions } from "./event-intake.ts";
import { createLog } from "./log.ts";
import { PATIENT } from "../../test/patience.ts";

const SHOP = shopDomain("tea.myshopify.com");
const log = createLog("silent");
let made = 0;
const events = (many: number): ShopEvent[] =>
  Array.from({ length: many }, () => ({
    ...{ shop: SHOP, id: `e${made++}`, kind: "seen", at: 0, visitor: "", offer: 1, surface: "cart", product: "0" },
  }));

/** An intake whose store ends each call when the test says so. */
function openIntake(options: Partial<EventIntakeOptions> = {}) {
  const calls: { events: readonly ShopEvent[]; end: (error?: Error) => void }[] = [];
  const append = (given: readonly ShopEvent[]) =>
    new Promise<void>((resolve, reject) => {
      calls.push({ events: given, end: (error) => (error === undefined ? resolve() : reject(error)) });
    });
  return { calls, intake: new EventIntake({ append, countRefused: async () => {}, log, ...options }) };
}

test("answers once the events are stored, and not before", async () => {
  const { calls, intake } = openIntake();
  const answer = vi.fn();
  const taking = intake.take(events(1)).then(answer);
  await Promise.resolve();
  expect(answer).not.toHaveBeenCalled();
  calls[0]!.end();
  await taking;
  expect(answer).toHaveBeenCalledWith(true);
});

test("what comes while a call is under way goes together into the next ones, 500 events in each", async () => {
  const { calls, intake } = openIntake();
  const taking = [1, 200, 200, 200].map((many) => intake.take(events(many)));
  for (const place of [0, 1, 2]) {
    await vi.waitFor(() => expect(calls.length).toBe(place + 1), PATIENT);
    calls[place]!.end();
  }
  expect(await Promise.all(taking)).toEqual([true, true, true, true]);
  expect(calls.map((call) => call.events.length)).toEqual([1, 400, 200]);
});

test("says no at once to more than may wait, and takes more when there is room again", async () => {
  const { calls, intake } = openIntake({ mostWaiting: 10 });
  const first = intake.take(events(8));
  expect(await intake.take(events(3))).toBe(false);
  calls[0]!.end();
  expect(await first).toBe(true);
  const second = intake.take(events(10));
  await vi.waitFor(() => expect(calls.length).toBe(2), PATIENT);
  calls[1]!.end();
  expect(await second).toBe(true);
});

test("says no where the store refuses, to each request of that call, and goes on", async () => {
  const { calls, intake } = openIntake();
  const [first, second] = [intake.take(events(1)), intake.take(events(1))];
  calls[0]!.end(new Error("no connection"));
  expect(await first).toBe(false);
  await vi.waitFor(() => expect(calls.length).toBe(2), PATIENT);
  calls[1]!.end();
  expect(await second).toBe(true);
});

test("says no where the store takes too long", async () => {
  const { calls, intake } = openIntake({ patienceMs: 5 });
  expect(await intake.take(events(1))).toBe(false);
  calls[0]!.end();
});

test("a close stores what waits, and the counts of what was refused", async () => {
  const counted = vi.fn(async () => {});
  const { calls, intake } = openIntake({ countRefused: counted });
  const taking = [intake.take(events(1)), intake.take(events(2))];
  intake.refuse(SHOP, "future", 2);
  intake.refuse(SHOP, "future", 3);
  const closing = intake.close();
  calls[0]!.end();
  await vi.waitFor(() => expect(calls.length).toBe(2), PATIENT);
  calls[1]!.end();
  await closing;
  expect(await Promise.all(taking)).toEqual([true, true]);
  expect(counted).toHaveBeenCalledExactlyOnceWith([{ shop: SHOP, reason: "future", events: 5 }]);
});

test("counts that cannot be stored are kept for the next time", async () => {
  const counted = vi.fn().mockRejectedValueOnce(new Error("no connection")).mockResolvedValue(undefined);
  const { intake } = openIntake({ countRefused: counted });
  intake.refuse(SHOP, "ancient", 1);
  await intake.close();
  intake.refuse(SHOP, "ancient", 1);
  await intake.close();
  expect(counted).toHaveBeenLastCalledWith([{ shop: SHOP, reason: "ancient", events: 2 }]);
});
