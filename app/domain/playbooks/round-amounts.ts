/**
 * Amounts as merchants set them: two digits that count, the second 0 or 5 from three on. 4,048 becomes 4,000 or 4,500;
 * 1,234 becomes 1,200 or 1,300.
 */
function stepOf(amountMinor: number): number {
  const digits = String(Math.floor(amountMinor)).length;
  const place = 10 ** Math.max(0, digits - 2);
  return amountMinor >= 30 * place ? 5 * place : place;
}

/** The next such amount from a positive one on, in minor units. */
export function roundedUp(amountMinor: number): number {
  const step = stepOf(amountMinor);
  return Math.ceil(amountMinor / step) * step;
}

/** A price with three digits that count, the last 0 or 5, at most a positive one; in minor units. */
export function roundedDown(amountMinor: number): number {
  const digits = String(Math.floor(amountMinor)).length;
  const step = digits < 3 ? 1 : 5 * 10 ** (digits - 3);
  return Math.floor(amountMinor / step) * step;
}
