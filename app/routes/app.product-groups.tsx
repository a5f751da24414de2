import type { LoaderFunctionArgs } from "@remix-run/node";
import { readGroups } from "../flows/catalogue/search-products.ts";
import { shopOfPart } from "../server/led-to-page.server.ts";
import { loadOr } from "../ui/kit/load-or.ts";

export const clientLoader = loadOr({ vendors: [], types: [] });

/** Vendors and types, for the filters of lists of products: asked for once somebody opens them. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  return readGroups(await shopOfPart(request, context, "/app/offers"), context.flows);
}
