import type { LoaderFunctionArgs } from "@remix-run/node";
import { searchProducts } from "../flows/catalogue/search-products.ts";
import { signedInShop } from "../server/signed-in-shop.server.ts";
import { loadOr } from "../ui/kit/load-or.ts";

export const clientLoader = loadOr({ products: [] });

const LONGEST_SEARCH = 200;

/** Products whose title holds the words in `q`, for the pickers of the admin. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  const text = (new URL(request.url).searchParams.get("q") ?? "").slice(0, LONGEST_SEARCH).trim();
  return { products: await searchProducts(shop, text, context.flows) };
}
