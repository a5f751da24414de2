import type { LoaderFunctionArgs } from "@remix-run/node";
import { nameVariants, searchVariants, variantsBeside } from "../flows/catalogue/search-variants.ts";
import { shopOfPart } from "../server/led-to-page.server.ts";
import { loadOr } from "../ui/kit/load-or.ts";

export const clientLoader = loadOr({ variants: [] });

const LONGEST_SEARCH = 200;

const NUMBER = /^[1-9][0-9]{0,17}$/;

/**
 * Variants of the products that hold the words in `q`, for pickers; or those with the numbers in `ids`, by their names; or all
 * of the product that has the one in `beside`.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await shopOfPart(request, context, "/app/offers");
  const { searchParams } = new URL(request.url);
  const beside = searchParams.get("beside");
  if (beside !== null) {
    return { variants: NUMBER.test(beside) ? await variantsBeside(shop, beside, context.flows) : [] };
  }
  const ids = searchParams.get("ids");
  if (ids !== null) {
    const numbers = ids.split(" ").filter((one) => NUMBER.test(one));
    return { variants: await nameVariants(shop, numbers, context.flows) };
  }
  const text = (searchParams.get("q") ?? "").slice(0, LONGEST_SEARCH).replaceAll("\0", "");
  return { variants: await searchVariants(shop, text.trim(), context.flows) };
}
