import type { ShopDomain } from "../../../domain/ids.ts";
import { DAY_MS } from "../../../domain/time/day.ts";
import { inShop } from "../../../persistence/database/in-shop.ts";
import type { UnitEvents } from "../../../persistence/events/event-store.ts";
import { readHoldout } from "../../../persistence/measurement/experiments.ts";
import {
  beginHoldout,
  endHoldout,
  type HoldoutOrderRow,
  saveHoldoutOrders,
} from "../../../persistence/measurement/holdout-rows.ts";
import { shopStays } from "../../../persistence/shop/shops.ts";
import type { FlowContext } from "../../context.ts";
import { isNamedInTime, pagesOfUnits } from "./gather-outcomes.ts";

/** The holdout's number among experiments. Its arm 0 is shown no offer, its arm 1 is shown all. */
const HOLDOUT = 0;
const ARMS = 2;

/**
 * Writes down which visitors were held out and which were shown offers, by the day on which they first came, and the orders
 * that both made. Figures of any period are read from that. Visitors before the present share was set do not count, and
 * those who were in both arms are left out.
 */
export async function measureHoldout(shop: ShopDomain, context: FlowContext): Promise<void> {
  const { since } = await inShop(context.database, shop, readHoldout);
  const from = since?.getTime() ?? 0;
  const now = context.now();
  const days = new Map<string, number>();
  let mixedUnits = 0;
  await inShop(context.database, shop, (tx) => beginHoldout(tx, new Date(from)));
  for await (const { units, orders } of pagesOfUnits(shop, HOLDOUT, context)) {
    const counted: HoldoutOrderRow[] = [];
    const dropped: string[] = [];
    for (const unit of units) {
      const place = placeOf(unit, from);
      if (place === "mixed") mixedUnits++;
      if (place !== null && place !== "mixed") {
        const key = `${Math.floor(place.at / DAY_MS)}/${place.arm}`;
        days.set(key, (days.get(key) ?? 0) + 1);
      }
      for (const { order, at } of unit.orders) {
        const known = orders.get(order);
        const counts = place !== null && place !== "mixed" && known !== undefined && isNamedInTime(at, known);
        if (counts && at >= place.at) counted.push({ order, unit: unit.visitor, arm: place.arm, exposedAt: place.at });
        else dropped.push(order);
      }
    }
    await inShop(context.database, shop, async (tx) => {
      if (await shopStays(tx)) await saveHoldoutOrders(tx, counted, dropped);
    });
  }
  const rows = [...days].map(([key, units]) => {
    const [day, arm] = key.split("/").map(Number);
    return { day: new Date(day! * DAY_MS), arm: arm!, units };
  });
  await inShop(context.database, shop, async (tx) => {
    if (await shopStays(tx)) await endHoldout(tx, rows, { at: now, mixedUnits });
  });
}

/** The arm of a visitor and when they were first exposed; null for one who came before the share was set. */
function placeOf({ exposures }: UnitEvents, from: number): { arm: number; at: number } | "mixed" | null {
  const [first, ...others] = exposures;
  if (first === undefined || first.at < from) return null;
  return others.length > 0 || first.arm < 0 || first.arm >= ARMS ? "mixed" : first;
}
