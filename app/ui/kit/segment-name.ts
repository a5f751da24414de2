import type { TFunction } from "i18next";
import type { Segment } from "../../domain/shoppers/shopper.ts";

/** A segment's name in plain words; a channel that has none yet, by its code. */
export function segmentName({ by, is }: Segment, t: TFunction): string {
  if (by === "market") return t("common:segment.market", { currency: is });
  if (by === "rank") return t("common:segment.rank", { rank: is });
  return t(`common:segment.${by}.${is}`, { defaultValue: is });
}
