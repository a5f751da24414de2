import type { LoaderFunctionArgs } from "@remix-run/node";
import { parseGid, storable } from "../domain/ids.ts";
import { productsByIds, searchProducts } from "../flows/catalogue/search-products.ts";
import { shopOfPart } from "../server/led-to-page.server.ts";
import { loadOr } from "../ui/kit/load-or.ts";

export const clientLoader = loadOr({ products: [] });

const LONGEST_SEARCH = 200;
const MOST_IDS = 250;

/** Products whose title holds the words in `q`, or those with the `ids`, for the pickers of the admin. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await shopOfPart(request, context, "/app/bought-together");
  const ids = new URL(request.url).searchParams.get("ids");
  if (ids !== null) {
    const wanted = ids
      .split(" ")
      .slice(0, MOST_IDS)
      .flatMap((id) => storable(parseGid("Product", id)) ?? []);
    return { products: await productsByIds(shop, wanted, context.flows) };
  }
  const text = (new URL(request.url).searchParams.get("q") ?? "").slice(0, LONGEST_SEARCH).trim();
  return { products: await searchProducts(shop, text, context.flows) };
}
