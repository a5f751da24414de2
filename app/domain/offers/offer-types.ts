import { contentOf, type Offer } from "./offer.ts";
import type { OfferTypeName } from "./offer-type-name.ts";
import type { OfferType } from "./offer-type.ts";
import { addOnType } from "./types/add-on/config.ts";
import { boughtTogether } from "./types/bought-together/config.ts";
import { buyXGetY } from "./types/buy-x-get-y/config.ts";
import { fixedBundle } from "./types/fixed-bundle/config.ts";
import { goal } from "./types/goal/config.ts";
import { mixAndMatch } from "./types/mix-and-match/config.ts";
import { quantityBreaks } from "./types/quantity-breaks/config.ts";
import { subscription } from "./types/subscription/config.ts";
import { upgrade } from "./types/upgrade/config.ts";

/** Every type of offer. */
export const OFFER_TYPES = {
  "add-on": addOnType,
  "bought-together": boughtTogether,
  "buy-x-get-y": buyXGetY,
  "fixed-bundle": fixedBundle,
  goal,
  "mix-and-match": mixAndMatch,
  "quantity-breaks": quantityBreaks,
  subscription,
  upgrade,
} as const satisfies Record<OfferTypeName, OfferType<unknown>>;

type Types = typeof OFFER_TYPES;

/** What a person decides about offers of one type. */
export type ConfigOf<Name extends OfferTypeName> = Types[Name]["config"]["default"];

/** An offer of one type. */
export type OfferOf<Name extends OfferTypeName> = Offer<ConfigOf<Name>> & { readonly type: Name };

/** A type by its name, whatever its config is. */
export function offerType(name: OfferTypeName): OfferType<unknown> {
  return OFFER_TYPES[name];
}

const CONTENTS = new Map(Object.values(OFFER_TYPES).map((type) => [type.name, contentOf<unknown>(type)]));

/** What is stored and sent of offers of a type: see {@link contentOf}. */
export function contentShape(name: OfferTypeName): ReturnType<typeof contentOf<unknown>> {
  return CONTENTS.get(name)!;
}

/** The offers of one type among some. */
export function offersOf<Name extends OfferTypeName>(type: Name, offers: readonly Offer[]): OfferOf<Name>[] {
  return offers.filter((offer) => offer.type === type) as OfferOf<Name>[];
}
