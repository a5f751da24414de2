import type { LoaderFunctionArgs } from "@remix-run/node";
import { parseGid, storable } from "../domain/ids.ts";
import { SET_SIZE } from "../domain/shoppers/list-lengths.ts";
import { readSetCosts } from "../flows/offers/read-set-costs.ts";
import { shopOfPart } from "../server/led-to-page.server.ts";
import { loadOr } from "../ui/kit/load-or.ts";
import type { SetCostsView } from "../views/set-costs-view.ts";

export const clientLoader = loadOr<SetCostsView>({ product: null, sets: [] });

const MOST_IDS = 250;
const NUMBER = /^[1-9]\d{0,8}$/;

/**
 * What sets cost the shop, for the editor of their offer: those of the products with the `ids`, of the `offer` with a number,
 * or of all. `size` says how many companions they show.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await shopOfPart(request, context, "/app/offers");
  const { searchParams } = new URL(request.url);
  const ids = searchParams.get("ids");
  const products = (ids ?? "")
    .split(" ")
    .slice(0, MOST_IDS)
    .flatMap((id) => storable(parseGid("Product", id)) ?? []);
  const offer = searchParams.get("offer") ?? "";
  const size = Number(searchParams.get("size"));
  const of = ids !== null ? { products } : NUMBER.test(offer) ? { offer: Number(offer) } : "all";
  const isSize = Number.isInteger(size) && size >= 1 && size <= SET_SIZE;
  return readSetCosts(shop, of, isSize ? size : null, context.flows);
}
