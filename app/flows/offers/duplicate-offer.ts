import type { ShopDomain } from "../../domain/ids.ts";
import { LONGEST_NAME } from "../../domain/offers/offer.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { copyOffer, countOffersInUse } from "../../persistence/offers/offer-changes.ts";
import { readOffers } from "../../persistence/offers/offer-rows.ts";
import type { FlowContext } from "../context.ts";
import { recordActivity } from "../activity/record-activity.ts";
import { MOST_OFFERS } from "./save-offer.ts";

export type DuplicateAnswer =
  | { code: "duplicated"; number: number; version: number }
  | { code: "not-found" }
  | { code: "unusable" }
  | { code: "too-many" };

/** Makes a draft with the content of an offer, under the next free name: "Sets (2)". */
export function duplicateOffer(shop: ShopDomain, number: number, context: FlowContext): Promise<DuplicateAnswer> {
  return inShop(context.database, shop, async (tx): Promise<DuplicateAnswer> => {
    const offers = await readOffers(tx);
    const original = offers.find((one) => one.number === number);
    if (original === undefined) return { code: "not-found" };
    if (original.offer === null) return { code: "unusable" };
    if ((await countOffersInUse(tx)) >= MOST_OFFERS) return { code: "too-many" };
    const taken = new Set(offers.map((one) => one.name));
    const name = original.name === "" ? "" : freeName(original.name, taken);
    const copied = await copyOffer(tx, { number, name }, context.now());
    if (copied === null) return { code: "not-found" };
    const { type } = original;
    await recordActivity(tx, context, { kind: "offer-duplicated", offer: { number: copied, type, name } });
    return { code: "duplicated", number: copied, version: 1 };
  });
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  const plain = name.replace(/ \(\d{1,4}\)$/, "");
  for (let copy = 2; ; copy++) {
    const suffix = ` (${copy})`;
    const free = plain.slice(0, LONGEST_NAME - suffix.length) + suffix;
    if (!taken.has(free)) return free;
  }
}
