import { bareNumber, type ShopDomain } from "../../domain/ids.ts";
import type { Association } from "../../domain/mining/evidence/association.ts";
import type { Considered } from "../../domain/offers/types/bought-together/chosen-offer.ts";
import { isForSale } from "../../domain/offers/types/bought-together/choose-companions.ts";
import { type FlowTrigger, suggestionFoundTrigger } from "../../domain/shop/flow-trigger.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import {
  newSuggestions,
  noteFirstSuggestions,
  noteSuggestions,
  type SuggestedPair,
  suggestionsNotedAt,
} from "../../persistence/mining/lists/noted-suggestions.ts";
import { holdShop, shopStays } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { chooseOffers, readShopEvidence } from "../publishing/choose-offers.ts";
import { requestTrigger } from "../triggers/send-trigger.ts";

/** Suggestions that are announced in a night. */
export const MOST_ANNOUNCED = 10;
/** New ones whose evidence is looked at: enough to leave out what staff have decided about. */
const MOST_LOOKED_AT = 100;

/**
 * Has Shopify Flow start workflows for pairs of products that orders suggest for the first time: the ten of the best evidence.
 * All that are new are noted, so that none of them is new again. What the first mining of a shop finds is only noted.
 */
export async function announceSuggestions(shop: ShopDomain, { database, now }: FlowContext): Promise<void> {
  await inShop(database, shop, async (tx) => {
    if (!(await shopStays(tx))) return;
    await holdShop(tx);
    if ((await suggestionsNotedAt(tx)) === null) {
      await noteFirstSuggestions(tx, now());
    } else {
      for (const { key, trigger } of await bestOf(tx, await newSuggestions(tx, MOST_LOOKED_AT), now())) {
        await requestTrigger(tx, `suggestion-found/${key}`, trigger, now());
      }
    }
    await noteSuggestions(tx);
  });
}

interface Announcement {
  readonly key: string;
  readonly trigger: FlowTrigger;
}

/** What staff have decided about, or set limits against, is no suggestion to them. */
async function bestOf(tx: ShopTransaction, pairs: readonly SuggestedPair[], now: Date): Promise<Announcement[]> {
  if (pairs.length === 0) return [];
  const products = [...new Set(pairs.map(({ product }) => product))];
  const evidence = await readShopEvidence(tx, now, products);
  const offers = new Map((await chooseOffers(tx, evidence, products)).map((offer) => [offer.trigger, offer]));
  const found = pairs.flatMap(({ product, companion }) => {
    const considered = offers.get(product)?.considered.find((one) => one.product === companion);
    const isOpen = considered !== undefined && isUndecided(considered) && !evidence.exclusions.asTrigger.has(product);
    const areForSale = [product, companion].every((id) => isForSale(evidence.catalogue.get(id)));
    return isOpen && areForSale ? [{ product, companion, association: considered.own.associate() }] : [];
  });
  found.sort((a, b) => byEvidence(a.association, b.association));
  return found.slice(0, MOST_ANNOUNCED).map(({ product, companion: id, association }) => ({
    key: [product, id].map(bareNumber).sort().join("/"),
    trigger: suggestionFoundTrigger(product, { id, title: evidence.catalogue.get(id)!.title }, association),
  }));
}

function isUndecided({ own, limit, pinned, approved, blocked, excluded }: Considered): boolean {
  return own.grade !== "thin" && limit === null && !pinned && !approved && !blocked && !excluded;
}

/** Strong evidence first, then what is surest to be no chance, then the most orders together. */
function byEvidence(a: Association, b: Association): number {
  const isWeaker = ({ grade }: Association) => (grade === "strong" ? 0 : 1);
  return isWeaker(a) - isWeaker(b) || a.pValue - b.pValue || b.together - a.together;
}
