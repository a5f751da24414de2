import { bareNumber } from "../../../ids.ts";
import type { ProductCompiledType } from "../../compiled-type.ts";
import { carrierOfOffer, offerId } from "../../offer-id.ts";
import { subscription, type SubscriptionConfig } from "./config.ts";
import type { Offer } from "../../offer.ts";
import { type PublishedSubscription, readEntry } from "./published.ts";

/** Subscriptions, as publishing sees them: every product with a plan that the conditions name. They change no price of ours. */
export const compiledSubscription: ProductCompiledType<SubscriptionConfig, PublishedSubscription, null> = {
  anchor: "product",
  needsChoice: false,
  compile: (offer, { product, hasSellingPlans }) =>
    hasSellingPlans ? subscriptionEntry(offer, bareNumber(product)) : null,
  read: readEntry,
  smaller({ text, ...entry }) {
    return text === undefined ? null : entry;
  },
  rules: () => null,
  references: () => ({ companions: [], segmentCompanions: [] }),
  // What becomes a subscription is the product itself.
  listed({ id }) {
    const carrier = carrierOfOffer(id);
    return carrier === null ? [] : [bareNumber(carrier.product)];
  },
  isToReplace: (published, compiled) => JSON.stringify(published) !== JSON.stringify(compiled),
};

/** The entry of one product. */
export function subscriptionEntry(
  { number, config, surfaces }: Pick<Offer<SubscriptionConfig>, "number" | "config" | "surfaces">,
  product: ReturnType<typeof bareNumber>,
): PublishedSubscription {
  const { plan, leastSaving, text } = config;
  const written = Object.entries(text)
    .map(([language, words]) => [language, words.trim()] as const)
    .filter(([, words]) => words !== "");
  const isEverywhere = subscription.surfaces.every((surface) => surfaces.includes(surface));
  return {
    ...{ type: "subscription", id: offerId("subscription", number, product), least: leastSaving },
    ...(plan === "cheapest" ? { plan } : {}),
    ...(isEverywhere ? {} : { on: subscription.surfaces.filter((surface) => surfaces.includes(surface)) }),
    ...(written.length === 0 ? {} : { text: Object.fromEntries(written) }),
  };
}
