import fc from "fast-check";
import { expect, test } from "vitest";
import type { ShopEvent } from "../../app/domain/measurement/shop-event.ts";
import type { EventStore, UnitEvents } from "../../app/persistence/events/event-store.ts";
import { BOOKS, moveAll, NOW, shopEvent, TEA } from "./event-store.ts";

/* What holds for what a store of events keeps of experiments' units. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** An event of a visitor who was shown an arm. */
export function exposedEvent(experiment: number, arm: number, fields: Partial<ShopEvent> = {}): ShopEvent {
  const nothing = { offer: 0, surface: "", product: "0" } as const;
  return shopEvent({ kind: "exposed", shown: { experiment, arm }, ...nothing, ...fields });
}

/** An event of a checkout that became an order. */
export function completedEvent(order: string, fields: Partial<ShopEvent> = {}): ShopEvent {
  return shopEvent({ kind: "checkout-completed", offer: 0, surface: "", product: "0", order, ...fields });
}

/** All units of an experiment, read by pages. */
async function allUnits(store: EventStore, experiment: number, shop = TEA, limit = 2): Promise<UnitEvents[]> {
  const units: UnitEvents[] = [];
  for (let page: UnitEvents[] | null = null; page === null || page.length === limit;) {
    page = await store.readUnits(shop, { experiment, after: units.at(-1)?.visitor ?? "", limit });
    units.push(...page);
  }
  return units;
}

let made = 0;

/** `store` gives the store, `empty` takes everything out of it. */
export function describeUnits(store: () => EventStore, empty: () => Promise<void>, runs: number): void {
  test("keeps when a visitor was first shown each arm, with checkouts and orders", async () => {
    const at = (minutes: number) => NOW.getTime() + minutes * 60_000;
    await store().append([
      exposedEvent(3, 1, { at: at(5) }),
      exposedEvent(3, 1, { at: at(2) }),
      exposedEvent(3, 1, { visitor: "v2", at: at(4) }),
      exposedEvent(3, 0, { visitor: "v2", at: at(6) }),
      exposedEvent(4, 0, { visitor: "v3" }),
      // Nobody can say whose these are.
      exposedEvent(3, 0, { visitor: "" }),
      completedEvent("9", { visitor: "" }),
      shopEvent({ kind: "checkout-started", at: at(7) }),
      completedEvent("5001", { at: at(8) }),
      shopEvent({ kind: "checkout-completed", at: at(9) }),
    ]);
    await moveAll(store());
    const first = { visitor: "v1", checkouts: [at(7)], orders: [{ order: "5001", at: at(8) }] };
    const second = { visitor: "v2", checkouts: [], orders: [] };
    const mixed = [
      { arm: 1, at: at(4) },
      { arm: 0, at: at(6) },
    ];
    expect(await allUnits(store(), 3)).toEqual([
      { ...first, exposures: [{ arm: 1, at: at(2) }] },
      { ...second, exposures: mixed },
    ]);
    await store().append([exposedEvent(3, 1, { at: at(1) }), exposedEvent(3, 1, { at: at(9) })]);
    await moveAll(store());
    expect((await allUnits(store(), 3))[0]!.exposures).toEqual([{ arm: 1, at: at(1) }]);
    expect(await allUnits(store(), 3, BOOKS)).toEqual([]);
    expect((await allUnits(store(), 4)).map(({ visitor }) => visitor)).toEqual(["v3"]);
  });

  test("believes the first browser that says it made an order", async () => {
    await store().append([completedEvent("5001"), exposedEvent(0, 1), exposedEvent(0, 1, { visitor: "v2" })]);
    await moveAll(store());
    await store().append([completedEvent("5001", { visitor: "v2" })]);
    await moveAll(store());
    expect((await allUnits(store(), 0)).map(({ orders }) => orders.length)).toEqual([1, 0]);
  });

  test("forgets who made an order, also where it was not moved yet, and nothing else", async () => {
    await store().append([exposedEvent(0, 1), completedEvent("1"), completedEvent("2")]);
    await store().append([1, 2].map(() => completedEvent("1", { shop: BOOKS })));
    await store().append([exposedEvent(0, 1, { shop: BOOKS })]);
    await moveAll(store());
    await store().append([completedEvent("3"), completedEvent("4")]);
    await store().forgetOrders(TEA, ["1", "3"]);
    await store().forgetOrders(TEA, []);
    expect(await moveAll(store())).toMatchObject({ moved: 2 });
    const orders = async (shop: typeof TEA) => (await allUnits(store(), 0, shop))[0]!.orders.map(({ order }) => order);
    expect([await orders(TEA), await orders(BOOKS)]).toEqual([["2", "4"], ["1"]]);
  });

  test("keeps units as long as hourly totals, and forgets them with their shop", async () => {
    const [early, late] = [800, 799].map((days) => new Date(NOW.getTime() - days * DAY_MS - HOUR_MS));
    for (const [visitor, then] of [
      ["v1", early],
      ["v2", late],
    ] as const) {
      const fields = { visitor, at: then!.getTime() };
      await store().append([exposedEvent(0, 1, fields), completedEvent(visitor.slice(1), fields)]);
      await moveAll(store(), then);
    }
    await store().keepDays(NOW);
    const kept = await allUnits(store(), 0);
    expect(kept.map(({ visitor, orders }) => [visitor, orders.length])).toEqual([["v2", 1]]);
    await store().forgetShop(TEA);
    expect(await allUnits(store(), 0)).toEqual([]);
  });

  const hours = fc.integer({ min: -47 * 60, max: 0 }).map((minutes) => NOW.getTime() + minutes * 60_000);
  const unitEvent: fc.Arbitrary<ShopEvent> = fc
    .record({
      shop: fc.constantFrom(TEA, BOOKS),
      kind: fc.constantFrom("exposed", "checkout-started", "checkout-completed", "seen"),
      at: hours,
      visitor: fc.constantFrom("", "a", "b", "c"),
      shown: fc.record({ experiment: fc.integer({ min: 0, max: 1 }), arm: fc.integer({ min: 0, max: 2 }) }),
      order: fc.constantFrom("1", "2"),
    })
    .map(({ shown, order, ...event }) => ({
      ...shopEvent(event as Partial<ShopEvent>),
      ...(event.kind === "exposed" ? { shown } : {}),
      ...(event.kind === "checkout-completed" ? { order } : {}),
    }));

  test("for any events moved in any parts, units are those that a plain reading of them gives", async () => {
    const parts = fc.array(fc.array(unitEvent, { maxLength: 8 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(parts, async (moves) => {
        await empty();
        const model = new UnitModel();
        for (const events of moves) {
          // Each id is used once: which of two equal ones was stored first is another test's subject.
          const named = events.map((event) => ({ ...event, id: `unit-${made++}` }));
          await store().append(named);
          await moveAll(store());
          model.move(named);
        }
        for (const shop of [TEA, BOOKS]) {
          for (const experiment of [0, 1]) {
            expect(await allUnits(store(), experiment, shop)).toEqual(model.units(shop, experiment));
          }
        }
      }),
      { numRuns: runs },
    );
  });
}

/** What a store of events knows of units, kept in memory. */
class UnitModel {
  readonly #events: ShopEvent[] = [];
  readonly #orders = new Map<string, ShopEvent>();

  move(events: readonly ShopEvent[]): void {
    this.#events.push(...events);
    const inOrder = [...events].sort((a, b) => a.at - b.at || (a.visitor < b.visitor ? -1 : 1));
    for (const event of inOrder) {
      const key = `${event.shop}/${event.order}`;
      if (event.order !== undefined && event.visitor !== "" && !this.#orders.has(key)) this.#orders.set(key, event);
    }
  }

  units(shop: string, experiment: number): UnitEvents[] {
    const exposed = this.#events.filter((event) => event.shop === shop && event.shown?.experiment === experiment);
    const visitors = [...new Set(exposed.map(({ visitor }) => visitor))].filter((visitor) => visitor !== "").sort();
    return visitors.map((visitor) => {
      const shown = exposed.filter((event) => event.visitor === visitor);
      const arms = [...new Set(shown.map((event) => event.shown!.arm))];
      const firstAt = (arm: number) => Math.min(...shown.filter((e) => e.shown!.arm === arm).map(({ at }) => at));
      const started = this.#events.filter(
        (e) => e.shop === shop && e.visitor === visitor && e.kind === "checkout-started",
      );
      const orders = [...this.#orders.values()].filter((e) => e.shop === shop && e.visitor === visitor);
      return {
        visitor,
        exposures: arms.map((arm) => ({ arm, at: firstAt(arm) })).sort((a, b) => a.at - b.at || a.arm - b.arm),
        checkouts: [...new Set(started.map(({ at }) => at))].sort((a, b) => a - b),
        orders: orders
          .map(({ order, at }) => ({ order: order!, at }))
          .sort((a, b) => Number(a.order) - Number(b.order)),
      };
    });
  }
}
