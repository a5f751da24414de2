import type { LoaderFunctionArgs } from "@remix-run/node";
import { readTrends } from "../flows/measurement/read-trends.ts";
import { shopOfPart } from "../server/led-to-page.server.ts";
import { loadOr } from "../ui/kit/load-or.ts";

export { notAfterActions as shouldRevalidate } from "../ui/kit/load-or.ts";
export const clientLoader = loadOr({ part: null });

/** The chart of the page "Home", which does not wait for it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  return { part: await readTrends(await shopOfPart(request, context, "/app"), context.flows) };
}
