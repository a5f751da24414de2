import type { LoaderFunctionArgs } from "@remix-run/node";
import { BREAKDOWNS } from "../domain/measurement/breakdown.ts";
import { readRangeQuery } from "../domain/time/report-range.ts";
import { readBreakdownView } from "../flows/measurement/read-breakdown.ts";
import { shopOfPart } from "../server/led-to-page.server.ts";
import { loadOr } from "../ui/kit/load-or.ts";
import type { BreakdownView } from "../views/breakdown-view.ts";

export { notAfterActions as shouldRevalidate } from "../ui/kit/load-or.ts";
export const clientLoader = loadOr({ part: null });

/** One breakdown of the page "Results"; null where events cannot be read now. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<{ part: BreakdownView | null }> {
  const shop = await shopOfPart(request, context, "/app/results");
  const { searchParams } = new URL(request.url);
  const by = BREAKDOWNS.find((name) => name === searchParams.get("split")) ?? "channel";
  try {
    return { part: await readBreakdownView(shop, { range: readRangeQuery(searchParams), by }, context.flows) };
  } catch (error) {
    context.flows.log.warn({ shop, message: (error as Error).message }, "a breakdown of results not read");
    return { part: null };
  }
}
