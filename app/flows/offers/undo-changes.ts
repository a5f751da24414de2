import type { ShopDomain } from "../../domain/ids.ts";
import type { Activity } from "../../domain/shop/activity.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { restoreBefore, setStatus } from "../../persistence/offers/offer-changes.ts";
import { readOffers } from "../../persistence/offers/offer-rows.ts";
import { holdShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { recordActivity } from "../activity/record-activity.ts";
import { offersChanged } from "./offers-changed.ts";
import { MOST_OFFERS } from "./save-offer.ts";

/** What became of an undo: what it changed, and what somebody has changed since and therefore stays. */
export interface UndoAnswer {
  code: "undone";
  changed: { number: number; version: number }[];
  stale: number[];
}

/**
 * Takes back the latest change of some offers, each if it still is of the version that the change led to. An offer that
 * was only just made is archived. Has what follows from it published. Undoing an undo brings the change back.
 */
export function undoChanges(
  shop: ShopDomain,
  changes: readonly { readonly number: number; readonly version: number }[],
  context: FlowContext,
): Promise<UndoAnswer> {
  const now = context.now();
  return inShop(context.database, shop, async (tx): Promise<UndoAnswer> => {
    await holdShop(tx);
    const answer: UndoAnswer = { code: "undone", changed: [], stale: [] };
    for (const change of changes.slice(0, MOST_OFFERS)) {
      const outcome = await restoreBefore(tx, change, now);
      if (outcome.code === "saved") answer.changed.push({ number: change.number, version: outcome.version });
      else if (outcome.code === "nothing-before") {
        answer.changed.push(...(await setStatus(tx, [change.number], "archived", now)));
      } else if (outcome.code === "stale") answer.stale.push(change.number);
    }
    if (answer.changed.length > 0) await offersChanged(tx, now);
    const undone = await readOffers(
      tx,
      answer.changed.map(({ number }) => number),
    );
    const activities = undone.map(({ number, type, name }): Activity => ({
      kind: "offer-undone",
      offer: { number, type, name },
    }));
    await recordActivity(tx, context, ...activities);
    return answer;
  });
}
