import type { LoaderFunctionArgs } from "@remix-run/node";
import { parseGid, storable } from "../domain/ids.ts";
import { readCompanions } from "../flows/offers/read-companions.ts";
import { shopOfPart } from "../server/led-to-page.server.ts";
import { loadOr } from "../ui/kit/load-or.ts";

export const clientLoader = loadOr({ detail: null, failed: true });

const LONGEST_CODE = 200;

/** What goes with one product, for a row that somebody opens. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await shopOfPart(request, context, "/app/bought-together");
  const { searchParams } = new URL(request.url);
  const product = storable(parseGid("Product", searchParams.get("product") ?? ""));
  const segment = (searchParams.get("as") ?? "").slice(0, LONGEST_CODE);
  return {
    detail: product === null ? null : await readCompanions(shop, product, segment, context.flows),
    failed: false,
  };
}
