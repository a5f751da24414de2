import { writeRangeQuery } from "../../../domain/time/report-range.ts";
import type { RangeView, ResultDimension } from "../../../views/results-view.ts";

/** Addresses of the page "Results" and of what belongs to it. */
export const RESULTS = "/app/results";
export const RESULTS_FUNNEL = "/app/results/funnel";
export const RESULTS_EFFECT = "/app/results/effect";
export const RESULTS_BREAKDOWN = "/app/results/breakdown";
export const RESULTS_FILE = "/app/results/file";
export const RECONCILIATION = "/app/results/reconciliation";
export const SETTINGS = "/app/settings";
export const CUSTOMERS = "/app/customers";
export const RESULTS_LINES = "/app/results/lines";

/** A period as fields of an address. */
export function rangeFields({ name, from, to }: Pick<RangeView, "name" | "from" | "to">): Record<string, string> {
  return writeRangeQuery({ range: name, from, to });
}

/** The address of the order lines behind a figure of a period, narrowed by `filter`. */
export function linesAddress(range: RangeView, filter: Record<string, string> = {}): string {
  return `${RESULTS_LINES}?${new URLSearchParams({ ...rangeFields(range), ...filter }).toString()}`;
}

/** Which field of {@link linesAddress} a row of a table is narrowed by. */
export const LINE_FIELDS: Readonly<Record<ResultDimension, string>> = {
  offer: "offer",
  surface: "surface",
  product: "product",
};
