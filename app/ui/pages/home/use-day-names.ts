import { useTranslation } from "react-i18next";
import type { TrendsView, TrendStepView } from "../../../views/trends-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

/** Writes days of the charts in full. `soFar`: the one that is not over, or was not when it was counted. */
export function useDayNames(
  { timezone }: Pick<TrendsView, "timezone">,
  soFar: TrendStepView | undefined,
): (step: TrendStepView) => string {
  const { t } = useTranslation("home");
  const formats = useFormats(timezone);
  return (step) => {
    const day = formats.date(step.day);
    return step === soFar ? t("trends.daySoFar", { day }) : day;
  };
}
