import type { Formats } from "../../kit/format.ts";

/** A share as a percentage: "126%", and "12.4%" below a hundred, where neighbouring weeks would look alike otherwise. */
export function differenceText(difference: number, formats: Formats): string {
  return formats.percent(difference, difference < 1 ? 1 : 0);
}
