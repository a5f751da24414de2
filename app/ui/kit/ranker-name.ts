import type { TFunction } from "i18next";

/** A ranker's name in plain words; for one that has none yet, its code as it stands. */
export function rankerName(code: string, t: TFunction): string {
  return t(`common:ranker.${code}`, { defaultValue: code });
}
