import type { TFunction } from "i18next";
import type { BreakdownName } from "../../../views/breakdown-view.ts";

/** What a row of a breakdown is called; `t` knows the texts of all pages. */
export function breakdownName(name: BreakdownName, t: TFunction): string {
  switch (name.kind) {
    case "market":
      return name.currency;
    case "channel":
      return t(`common:segment.channel.${name.channel}`);
    case "customer":
      return t(`results:breakdown.customer.${name.customer}`);
    case "device":
      return t(`results:breakdown.device.${name.device}`);
    case "source": {
      const none = t("results:breakdown.none");
      return name.source + name.medium === ""
        ? t("results:breakdown.noSource")
        : `${name.source || none} / ${name.medium || none}`;
    }
    case "campaign":
      return name.campaign === "" ? t("results:breakdown.noCampaign") : name.campaign;
    default:
      return t(`results:breakdown.row.${name.kind}`);
  }
}
