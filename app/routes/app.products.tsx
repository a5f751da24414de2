import type { LoaderFunctionArgs } from "@remix-run/node";
import { shopDomain } from "../domain/ids.ts";
import { searchProducts } from "../flows/search-products.ts";
import { authenticate } from "../shopify.server.ts";

const LONGEST_SEARCH = 200;

/** Products whose title holds the words in `q`, for the pickers of the admin. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { session } = await authenticate.admin(request);
  const text = (new URL(request.url).searchParams.get("q") ?? "").slice(0, LONGEST_SEARCH).trim();
  return { products: await searchProducts(shopDomain(session.shop), text) };
}
