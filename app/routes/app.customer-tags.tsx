import type { LoaderFunctionArgs } from "@remix-run/node";
import { readCustomerTags } from "../flows/offers/read-customer-tags.ts";
import { shopOfPart } from "../server/led-to-page.server.ts";
import { loadOr, notAfterActions } from "../ui/kit/load-or.ts";

export const clientLoader = loadOr({ tags: [] });
export { notAfterActions as shouldRevalidate };

/** The tags that the shop's customers have, for conditions on shoppers: asked for once somebody chooses one. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  return { tags: await readCustomerTags(await shopOfPart(request, context, "/app/offers"), context.flows) };
}
