import type { Formats } from "../../kit/format.ts";

/**
 * How a figure moved against the period before, in percent of it: "+12%"; nothing where one of them is not known or the
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
  const isSmall = share !== 0 && Math.abs(share) < 0.1;
  const text = formats.percent(Math.abs(share), isSmall ? 1 : 0);
  return write({ change: `${share < 0 ? "−" : "+"}${text}` });
}
