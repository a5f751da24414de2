import type { TFunction } from "i18next";
import { isOfferTypeName } from "../../../domain/offers/offer-type-name.ts";
import type { ArmView, ComparedOfferView } from "../../../views/experiments-view.ts";

/** What an offer that is compared is called; `t` knows the texts of all pages. */
export function comparedOfferName({ name, number, type }: ComparedOfferView, t: TFunction): string {
  const ofType = isOfferTypeName(type) ? t(`offers:type.${type}.title`) : t("offers:type.unknown", { type });
  return t("experiments:offerName", { name: name === "" ? ofType : name, number });
}

/** What each arm is called, that of the control first. Of two arms the first may be no offer at all. */
export function armNames(arms: readonly ArmView[], t: TFunction): string[] {
  return arms.map(({ offer }, place) => {
    if (offer !== null) return comparedOfferName(offer, t);
    return place === 0 && arms.length === 2 ? t("experiments:nothing") : t("experiments:goneOffer");
  });
}
