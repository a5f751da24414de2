import type { BadgeProps } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { OfferState } from "../../domain/offers/offer-state.ts";
import { isOfferTypeName } from "../../domain/offers/offer-type-name.ts";
import type { OfferFault } from "../../domain/offers/read-offer.ts";
import type { Schedule } from "../../domain/offers/schedule.ts";
import type { SurfaceName } from "../../domain/offers/surface.ts";
import { useFormats } from "../kit/locale-provider.tsx";

/** The colour of each state's badge. */
export const STATE_TONES: Readonly<Record<OfferState, BadgeProps["tone"]>> = {
  live: "success",
  scheduled: "info",
  draft: "info",
  paused: "attention",
  ended: undefined,
  archived: undefined,
  "no-products": "warning",
  unusable: "critical",
};

/** What the pages say of an offer. */
export function useOfferWords() {
  const { t } = useTranslation("offers");
  // A schedule is by the shop's clocks already: it is shown as it was written.
  const formats = useFormats("UTC");
  const local = (time: string) => formats.dateTime(`${time}:00Z`);
  return {
    type: (type: string) => (isOfferTypeName(type) ? t(`type.${type}.title`) : t("type.unknown", { type })),
    surfaces: (surfaces: readonly SurfaceName[]) =>
      formats.list(surfaces.map((surface) => t(`field.surfaces.option.${surface}.label`))),
    schedule(schedule: Schedule | null): string {
      const { from = null, to = null, yearly = false } = schedule ?? {};
      if (from !== null && to !== null) {
        return t(yearly ? "schedule.yearly" : "schedule.between", { from: local(from), to: local(to) });
      }
      if (from !== null) return t("schedule.from", { from: local(from) });
      return to === null ? t("schedule.always") : t("schedule.to", { to: local(to) });
    },
    fault: (fault: OfferFault) => t(`fault.${fault.code}`),
  };
}
