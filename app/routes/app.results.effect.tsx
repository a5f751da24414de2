import type { LoaderFunctionArgs } from "@remix-run/node";
import { readRangeQuery } from "../domain/time/report-range.ts";
import { readResultsEffect } from "../flows/measurement/read-results-effect.ts";
import { shopOfPart } from "../server/led-to-page.server.ts";
import { loadOr } from "../ui/kit/load-or.ts";
import { RESULT_DIMENSIONS } from "../views/results-view.ts";

export { notAfterActions as shouldRevalidate } from "../ui/kit/load-or.ts";
export const clientLoader = loadOr({ part: null });

/** What offers added and cost: the page "Results" does not wait for it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await shopOfPart(request, context, "/app/results");
  const { searchParams } = new URL(request.url);
  const by = RESULT_DIMENSIONS.find((name) => name === searchParams.get("by")) ?? "offer";
  return { part: await readResultsEffect(shop, { range: readRangeQuery(searchParams), by }, context.flows) };
}
