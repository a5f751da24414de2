import type { ProductId } from "../../../ids.ts";
import { OFFER_COMPANIONS } from "../../../shoppers/list-lengths.ts";
import { chooseCompanions, looksOf, type LeftOut } from "./choose-companions.ts";
import type { ChosenOffer, CompanionChoice, Considered, ProductFacts, ShopFacts } from "./chosen-offer.ts";
import { EvidenceOfCompanions } from "./companion-evidence.ts";
import { ofOwnList } from "./mined-companion.ts";
import { ordersMissing } from "./orders-missing.ts";
import { ordersShown } from "./orders-shown.ts";
import { proposedOf } from "./proposed-companions.ts";
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
  const chosen = (wanted: CompanionChoice["kind"]) =>
    choices.filter(({ kind }) => kind === wanted).map(({ companion }) => companion);
  const pinned = chosen("pin");
  // An approval is of what orders suggest. That the two do not fit was stated as a fact, and only a pin is stronger.
  const fitting = (companion: ProductId) => shop.compatibility.goTogether(product, companion);
  const approved = new Set(mode === "automatic" ? [] : chosen("approve").filter(fitting));
  const blocked = new Set(chosen("block"));
  const known = new Set([...pinned, ...evidence.listed.keys(), ...approved, ...blocked]);
  const considered = [...known].map((companion) => ({
    ...evidence.of(companion),
    pinned: pinned.includes(companion),
    blocked: blocked.has(companion),
    approved: approved.has(companion),
    excluded: shop.exclusions.asCompanion.has(companion),
  }));
  const isExcluded = shop.exclusions.asTrigger.has(product);
  const refused = isExcluded
    ? new Set(considered.map((one) => one.product))
    : new Set([...blocked, ...shop.exclusions.asCompanion]);
  const wanted = [...pinned, ...considered.filter((one) => one.approved).map((one) => one.product)];
  const given = { trigger: product, pinned: isExcluded ? [] : wanted, blocked: refused, catalogue: shop.catalogue };
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
    suggested: withProposals(considered, facts, isExcluded),
    ordersMissing: () => ordersMissing(considered, facts, shop),
  };
}

/** What the orders support, and what of it a person is to decide about. */
function withProposals(considered: readonly Considered[], { mode, setSize }: ProductFacts, isExcluded: boolean) {
  const suggested = suggestedOf(considered);
  if (suggested === null || mode !== "review" || isExcluded) return suggested;
  return { ...suggested, proposed: proposedOf(suggested, considered, setSize) };
}

/** What was left out because it must not be offered, not because the list has one like it already. */
function unfit(leftOut: readonly LeftOut[]): ProductId[] {
  return leftOut.filter(({ code }) => code !== "near-identical").map(({ product }) => product);
}
