import type { ProductId } from "../../../ids.ts";
import { OFFER_COMPANIONS } from "../../../shoppers/list-lengths.ts";
import { chooseCompanions, looksOf, type LeftOut } from "./choose-companions.ts";
import type { ChosenOffer, Considered, ProductFacts, ShopFacts } from "./chosen-offer.ts";
import { EvidenceOfCompanions } from "./companion-evidence.ts";
import { ofOwnList } from "./mined-companion.ts";
import { ordersMissing } from "./orders-missing.ts";
import { ordersShown } from "./orders-shown.ts";
import { chooseSegments, shownSegments } from "./segment-offers.ts";
import { suggestedOf } from "./suggested-companions.ts";

/**
 * Decides what is offered with one product. A person's decision always wins. Without one, a companion is offered only
 * in automatic mode, with at least fair evidence, in season, and where it is not bought instead of the product. With a
 * product that a person excluded as a whole nothing is offered, pins included. The same input gives the same offer.
 */
export function chooseOffer(facts: ProductFacts, shop: ShopFacts): ChosenOffer {
  const { product, mode, choices, list } = facts;
  const evidence = new EvidenceOfCompanions(facts, shop);
  const pinned = choices.filter(({ kind }) => kind === "pin").map(({ companion }) => companion);
  const blocked = new Set(choices.filter(({ kind }) => kind === "block").map(({ companion }) => companion));
  const considered = [...new Set([...pinned, ...evidence.listed.keys(), ...blocked])].map((companion) => ({
    ...evidence.of(companion),
    pinned: pinned.includes(companion),
    blocked: blocked.has(companion),
    excluded: shop.exclusions.asCompanion.has(companion),
  }));
  const isExcluded = shop.exclusions.asTrigger.has(product);
  const refused = isExcluded
    ? new Set(considered.map((one) => one.product))
    : new Set([...blocked, ...shop.exclusions.asCompanion]);
  const given = { trigger: product, pinned: isExcluded ? [] : pinned, blocked: refused, catalogue: shop.catalogue };
  const isAutomatic = mode === "automatic" && !isExcluded;
  const mined = isAutomatic ? considered.flatMap(ofOwnList) : [];
  const { companions, leftOut } = chooseCompanions({ ...given, mined, limit: OFFER_COMPANIONS });
  const segments = isAutomatic ? chooseSegments(facts.segments, evidence, given) : [];
  return {
    trigger: product,
    list,
    companions,
    segments: shownSegments(segments, companions, looksOf(mined)),
    ordersShown: ordersShown(considered, shop),
    refused: new Set([...refused, ...unfit([leftOut, ...segments.map((segment) => segment.leftOut)].flat())]),
    nearIdentical: new Set(leftOut.filter(({ code }) => code === "near-identical").map((one) => one.product)),
    considered,
    suggested: suggestedOf(considered),
    ordersMissing: () => ordersMissing(considered, facts, shop),
  };
}

/** What was left out because it must not be offered, not because the list has one like it already. */
function unfit(leftOut: readonly LeftOut[]): ProductId[] {
  return leftOut.filter(({ code }) => code !== "near-identical").map(({ product }) => product);
}

/** The companions among those considered that a person wants kept out: with this product, or with any. */
export function refusedByPeople(considered: readonly Considered[]): ReadonlySet<ProductId> {
  return new Set(considered.filter(({ blocked, excluded }) => blocked || excluded).map(({ product }) => product));
}
