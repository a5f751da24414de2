import type { LoaderFunctionArgs } from "@remix-run/node";
import { readRangeQuery } from "../domain/time/report-range.ts";
import { readResultsFunnel } from "../flows/measurement/read-results-funnel.ts";
import { shopOfPart } from "../server/led-to-page.server.ts";
import { loadOr } from "../ui/kit/load-or.ts";
import { RESULT_DIMENSIONS } from "../views/results-view.ts";

export { notAfterActions as shouldRevalidate } from "../ui/kit/load-or.ts";
export const clientLoader = loadOr({ part: null });

/** The steps of the page "Results"; null where events cannot be read now. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await shopOfPart(request, context, "/app/results");
  const { searchParams } = new URL(request.url);
  const by = RESULT_DIMENSIONS.find((name) => name === searchParams.get("by")) ?? "offer";
  try {
    return { part: await readResultsFunnel(shop, { range: readRangeQuery(searchParams), by }, context.flows) };
  } catch (error) {
    context.flows.log.warn({ shop, message: (error as Error).message }, "steps of offers not read");
    return { part: null };
  }
}
