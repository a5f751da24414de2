import type { TFunction } from "i18next";
import type { RankerScoreView } from "../../../views/ranking-view.ts";
import type { Formats } from "../../kit/format.ts";

/** A share as "so many of a hundred", with exactly so many digits, since sentences compare such figures. */
export function inHundred(share: number, formats: Formats, digits = 0): string {
  return formats.decimal(share * 100, digits);
}

/** A ranking's short name; for one that has none, its code as it stands. */
export function shortName(
  { name, history }: Pick<RankerScoreView, "name" | "history">,
  t: TFunction<"ranking">,
): string {
  return history === null ? t(`name.${name}`, { defaultValue: name }) : t(`history.${history}`);
}
