/** Figures of the page "Results" that have a formula, in the order in which a file of formulas lists them. */
export const FORMULAS = [
  "attributed",
  "assisted",
  "incremental",
  "roi",
  "refunded",
  "discount",
  "attributedOrders",
  "orders",
  "net",
  "averageOrder",
  "unitsPerOrder",
  "shown",
  "seen",
  "clicked",
  "added",
  "bought",
  "kept",
  "acceptance",
] as const;
export type FormulaName = (typeof FORMULAS)[number];
