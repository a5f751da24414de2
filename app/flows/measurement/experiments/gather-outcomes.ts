import type { ShopDomain } from "../../../domain/ids.ts";
import {
  type Measuring,
  type Outcomes,
  outcomesOfParts,
  outcomesPart,
  type OutcomesPart,
  type UnitOrder,
} from "../../../domain/measurement/experiments/outcomes.ts";
import { DAY_MS } from "../../../domain/time/day.ts";
import { inShop } from "../../../persistence/database/in-shop.ts";
import type { UnitEvents } from "../../../persistence/events/event-store.ts";
import { type NamedOrder, readNamedOrders } from "../../../persistence/measurement/unit-orders.ts";
import type { FlowContext } from "../../context.ts";

/** Visitors who are held in memory at a time. All that is kept of those before them is a few sums. */
const UNITS_AT_ONCE = 5_000;
/** Spending of so many days before the start is what a visitor spent before. */
const DAYS_BEFORE = 56;
/** A browser names its order within so long of when it was made, by whatever clock. */
export const NAMED_WITHIN_MS = 3_600_000;

/** No visitor has this name. */
const NOBODY = "";

/** Visitors of an experiment by pages, with the orders that they made. */
export async function* pagesOfUnits(
  shop: ShopDomain,
  experiment: number,
  context: FlowContext,
): AsyncGenerator<{ units: readonly UnitEvents[]; orders: ReadonlyMap<string, NamedOrder> }> {
  for (let after: string | null = ""; after !== null;) {
    const page = { experiment, after, limit: UNITS_AT_ONCE };
    const units: UnitEvents[] = await context.events.readUnits(shop, page);
    const named = units.flatMap((unit) => unit.orders.map(({ order }) => order));
    const orders = await inShop(context.database, shop, (tx) => readNamedOrders(tx, named));
    yield { units, orders };
    after = units.length < UNITS_AT_ONCE ? null : units.at(-1)!.visitor;
  }
}

/** Whether a browser named an order when it was made. Anything else is made up, or comes from a wrong clock. */
export function isNamedInTime(namedAt: number, { createdAt }: NamedOrder): boolean {
  return Math.abs(namedAt - createdAt) <= NAMED_WITHIN_MS;
}

/**
 * What the visitors of an experiment did, from its exposures and the shop's own orders. `placeOf` gives the place at which
 * an arm is compared; -1 for none. `onProgress` is called with the number of visitors that were read.
 */
export async function gatherOutcomes(
  given: {
    readonly shop: ShopDomain;
    readonly experiment: number;
    readonly measuring: Measuring;
    readonly placeOf: (arm: number) => number;
    readonly onProgress: (units: number) => Promise<void>;
  },
  context: FlowContext,
): Promise<Outcomes> {
  const { shop, experiment, measuring, placeOf, onProgress } = given;
  let read = 0;
  let sum: OutcomesPart | null = null;
  for await (const { units, orders } of pagesOfUnits(shop, experiment, context)) {
    const part = outcomesPart(recordedOf(units, orders, measuring.startedAt, placeOf), measuring);
    sum = sum === null ? part : { ...outcomesOfParts([sum, part], measuring), daysSeen: union(sum, part) };
    read += units.length;
    await onProgress(read);
  }
  return outcomesOfParts(sum === null ? [] : [sum], measuring);
}

function union(a: OutcomesPart, b: OutcomesPart): ReadonlySet<number> {
  return new Set([...a.daysSeen, ...b.daysSeen]);
}

/** Times are those of the shopper's browser throughout, so that a clock that is wrong is wrong in all of them alike. */
function recordedOf(
  units: readonly UnitEvents[],
  orders: ReadonlyMap<string, NamedOrder>,
  startedAt: number,
  placeOf: (arm: number) => number,
) {
  const bought: UnitOrder[] = [];
  const spentBefore = new Map<string, number>();
  for (const { visitor, orders: named } of units) {
    for (const { order, at } of named) {
      const known = orders.get(order);
      if (known === undefined) continue;
      if (!isNamedInTime(at, known)) bought.push({ ...known, at: known.createdAt, unit: NOBODY });
      else if (at >= startedAt) bought.push({ ...known, at, unit: visitor });
      else if (at >= startedAt - DAYS_BEFORE * DAY_MS) {
        spentBefore.set(visitor, (spentBefore.get(visitor) ?? 0) + known.soldMinor);
      }
    }
  }
  return {
    exposures: units.flatMap(({ visitor, exposures }) =>
      exposures.map(({ arm, at }) => ({ unit: visitor, arm: placeOf(arm), at })),
    ),
    orders: bought,
    checkouts: units.flatMap(({ visitor, checkouts }) => checkouts.map((at) => ({ unit: visitor, at }))),
    spentBefore,
  };
}
