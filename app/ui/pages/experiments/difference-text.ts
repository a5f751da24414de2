import type { Formats } from "../../kit/format.ts";

/** A share as a percentage with one digit: neighbouring weeks would look alike with none. */
export function differenceText(difference: number, formats: Formats): string {
  return formats.percent(difference, 1);
}
