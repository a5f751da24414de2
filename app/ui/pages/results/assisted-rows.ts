import type { ResultRowView, ResultsEffectView, ResultsView } from "../../../views/results-view.ts";

/**
 * Rows with what each assisted; offers and surfaces that orders only met come last, unless more rows earned something than
 * are shown.
 */
export function withAssisted(
  { rows, shop, moreRows }: ResultsView,
  { assistedRows }: ResultsEffectView,
): ResultRowView[] {
  const { currency } = shop;
  const nothing = { amountMinor: 0, currency };
  const assistedOf = new Map(assistedRows.map(({ key, assisted }) => [key, assisted]));
  const earning = rows.map((row) => ({ ...row, assisted: assistedOf.get(row.key) ?? nothing }));
  const known = new Set(rows.map(({ key }) => key));
  const others = moreRows > 0 ? [] : assistedRows.filter(({ key }) => !known.has(key));
  const none = {
    ...{ attributed: nothing, refunded: nothing, discount: nothing, discountOnShipping: nothing },
    ...{ orders: 0, units: 0 },
  };
  return [...earning, ...others.map((row) => ({ ...row, ...none }))];
}
