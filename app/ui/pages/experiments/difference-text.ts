import type { Formats } from "../../kit/format.ts";

/** A share as a percentage: "12%", and "4.2%" below ten. */
export function differenceText(difference: number, formats: Formats): string {
  return formats.percent(difference, difference < 0.1 ? 1 : 0);
}
