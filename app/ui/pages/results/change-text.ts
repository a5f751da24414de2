import type { Formats } from "../../kit/format.ts";

/**
 * How a figure moved against the period before, in percent of it: "+12.0%"; nothing where one of them is not known or the
 * earlier one is zero, of which nothing is a percentage.
 */
export function changeText(
  now: number | null,
  before: number | null,
  formats: Pick<Formats, "percent">,
  write: (values: { change: string }) => string,
): string | undefined {
  if (now === null || before === null || before <= 0) return undefined;
  const share = now / before - 1;
  return write({ change: `${share < 0 ? "−" : "+"}${formats.percent(Math.abs(share), 1)}` });
}
