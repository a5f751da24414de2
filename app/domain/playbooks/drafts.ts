import { bareNumber, type ProductId } from "../ids.ts";
import { LONGEST_NAME, type OfferContent } from "../offers/offer.ts";
import type { OfferTypeName } from "../offers/offer-type-name.ts";
import { contentShape, type ConfigOf } from "../offers/offer-types.ts";
import type { ModeChoice } from "../offers/offer-type.ts";
import type { KnownProduct, PlaybookFacts } from "./facts.ts";
import type { PlaybookName } from "./proposal.ts";

/** The content of a new active offer of a type, with what differs from the type's defaults. */
export function draftOf<Name extends OfferTypeName>(
  type: Name,
  given: Partial<Omit<OfferContent, "config">> & { readonly config?: Partial<ConfigOf<Name>> },
): OfferContent {
  const initial = contentShape(type).default;
  const config = { ...(initial.config as object), ...given.config };
  return { ...initial, status: "active", ...given, config };
}

/** The mode of an offer that shows companions: the one by which the shop's other sets go. */
export function modeOfDraft({ mode, followsShop }: PlaybookFacts): ModeChoice {
  return followsShop ? "shop" : mode;
}

/** Conditions that hold for these products alone. */
export function onlyFor(...products: readonly ProductId[]): OfferContent["conditions"] {
  return [[{ condition: "products", products }]];
}

/** A name for staff that says which products it is about: "Phone + Case". */
export function nameOf(...products: readonly Pick<KnownProduct, "title">[]): string {
  const separator = " + ";
  const room = Math.floor((LONGEST_NAME - separator.length * (products.length - 1)) / products.length);
  return products.map(({ title }) => shortened(title, room)).join(separator);
}

/** Cut to so many UTF-16 units, never inside a character. */
function shortened(title: string, room: number): string {
  if (title.length <= room) return title;
  const cut = title.slice(0, room - 1);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}

/** Names a proposal of a playbook by the products that it is about. */
export function proposalId(playbook: PlaybookName, ...products: readonly ProductId[]): string {
  return [playbook, ...products.map(bareNumber)].join("-");
}
