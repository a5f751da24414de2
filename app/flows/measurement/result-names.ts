import { gid } from "../../domain/ids.ts";
import { parseOfferKey } from "../../domain/offers/offer-id.ts";
import { CLAIMED_SURFACES } from "../../domain/offers/surface.ts";
import { readTitles } from "../../persistence/catalogue/product-titles.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import type { OfferNames } from "../../persistence/offers/offer-types.ts";
import type { ResultDimension, ResultName } from "../../views/results-view.ts";

/** The name of an offer by its key; one that is gone has its type's. */
export function offerName(key: string, offers: OfferNames): ResultName {
  const parsed = parseOfferKey(key);
  if (parsed === null || parsed === "again") return { kind: "again" };
  const { type, number } = parsed;
  const found = number === null ? undefined : offers.get(number);
  return { kind: "offer", number: found === undefined ? null : number, type, name: found?.name ?? "" };
}

/** The names of rows of a table by their keys. */
export async function readResultNames(
  tx: ShopTransaction,
  by: ResultDimension,
  keys: readonly string[],
  offers: OfferNames,
): Promise<(key: string) => ResultName> {
  if (by === "offer") return (key) => offerName(key, offers);
  if (by === "surface") {
    return (key) => ({ kind: "surface", surface: CLAIMED_SURFACES.find((surface) => surface === key) ?? "page" });
  }
  const products = keys.filter((key) => key !== "0").map((key) => gid("Product", key));
  const titles = await readTitles(tx, products);
  return (key) => ({
    kind: "product",
    productId: key === "0" ? null : key,
    title: key === "0" ? null : (titles.get(gid("Product", key)) ?? null),
  });
}
