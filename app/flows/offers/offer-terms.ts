import { FIRST_OFFERS } from "../../domain/offers/first-offers.ts";
import type { OfferContent } from "../../domain/offers/offer.ts";
import type { OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import type { OfferOf } from "../../domain/offers/offer-types.ts";
import { discountOf } from "../../domain/offers/types/bought-together/applying-offer.ts";
import { offerTerms, type OfferTerms } from "../../domain/settings/sections.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { createOffer, saveOfferContent } from "../../persistence/offers/offer-changes.ts";
import { readOffers } from "../../persistence/offers/offer-rows.ts";
import { firstOffer } from "../publishing/running-offers.ts";

/** What the settings page shows of the shop's first offers, and a number that grows with every change of them. */
export async function readOfferTerms(tx: ShopTransaction): Promise<{ terms: OfferTerms; version: number }> {
  const { set, goal } = await readFirst(tx);
  return {
    terms: {
      ...offerTerms.default,
      ...(set && { setDiscountBasisPoints: discountOf(set), setSize: set.config.setSize, mode: set.mode }),
      ...(goal && { goalEnabled: goal.status === "active", goalAmounts: goal.config.amounts }),
    },
    version: (set?.version ?? 0) + (goal?.version ?? 0),
  };
}

/** Makes the offers that every shop begins with, where it has none. */
export async function makeFirstOffers(tx: ShopTransaction, now: Date): Promise<void> {
  if ((await readOffers(tx)).length > 0) return;
  for (const { type, content } of FIRST_OFFERS) await createOffer(tx, type, content, now);
}

/** Stores what the settings page says of the first offers. An offer that says the same already stays as it is. */
export async function saveOfferTerms(tx: ShopTransaction, terms: OfferTerms, now: Date): Promise<void> {
  const { set, goal } = await readFirst(tx);
  const percent = { kind: "percent", basisPoints: terms.setDiscountBasisPoints } as const;
  await saveFirst(tx, "bought-together", set, now, (before) => ({
    ...before,
    mode: terms.mode,
    reward: terms.setDiscountBasisPoints === 0 ? null : percent,
    config: { ...(before.config as object), setSize: terms.setSize },
  }));
  await saveFirst(tx, "goal", goal, now, (before) => ({
    ...before,
    status: terms.goalEnabled ? "active" : before.status === "active" ? "paused" : before.status,
    config: { ...(before.config as object), amounts: terms.goalAmounts },
  }));
}

async function readFirst(tx: ShopTransaction) {
  const usable = (await readOffers(tx)).flatMap(({ offer }) => offer ?? []);
  return { set: firstOffer("bought-together", usable), goal: firstOffer("goal", usable) };
}

async function saveFirst(
  tx: ShopTransaction,
  type: OfferTypeName,
  stored: OfferOf<OfferTypeName> | null,
  now: Date,
  change: (before: OfferContent) => OfferContent,
): Promise<void> {
  if (stored === null) {
    const { content } = FIRST_OFFERS.find((first) => first.type === type)!;
    await createOffer(tx, type, change(content), now);
    return;
  }
  const { number, version, type: _, ...before } = stored;
  const after = change(before);
  if (JSON.stringify(after) === JSON.stringify(before)) return;
  await saveOfferContent(tx, { number, version, type }, after, now);
}
