import type { LoaderFunctionArgs } from "@remix-run/node";
import { searchVariants } from "../flows/catalogue/search-variants.ts";
import { signedInShop } from "../server/signed-in-shop.server.ts";
import { loadOr } from "../ui/kit/load-or.ts";

export const clientLoader = loadOr({ variants: [] });

const LONGEST_SEARCH = 200;

/** Variants of the products that hold the words in `q`, for the picker of the simulator. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  const text = (new URL(request.url).searchParams.get("q") ?? "").slice(0, LONGEST_SEARCH).replaceAll("\0", "");
  return { variants: await searchVariants(shop, text.trim(), context.flows) };
}
