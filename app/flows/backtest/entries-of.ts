import type { ProductId } from "../../domain/ids.ts";
import type { ProductCompiledType } from "../../domain/offers/compiled-type.ts";
import { compiledType } from "../../domain/offers/compiled-types.ts";
import { conditionsHold } from "../../domain/offers/conditions/conditions.ts";
import { offersOf } from "../../domain/offers/offer-types.ts";
import type { Offer } from "../../domain/offers/offer.ts";
import type { PublishedEntry } from "../../domain/publishing/entry.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readConditionFacts } from "../../persistence/offers/condition-facts.ts";
import { chooseOffers, readShopEvidence } from "../publishing/choose-offers.ts";
import { readUpgradeChoices } from "../publishing/upgrade-choices.ts";

/** Few enough that choosing for them keeps nobody waiting. */
const PRODUCTS_AT_ONCE = 200;

type ProductType = ProductCompiledType<unknown, PublishedEntry, unknown>;

/** What is asked: what each product would carry of an offer. */
export interface WantedEntries {
  readonly offer: Offer;
  readonly products: readonly ProductId[];
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/**
 * What products would carry of an offer, of those that would carry any. Several threads can share the products.
 *
 * @param begun How many parts of them somebody has begun.
 */
export async function entriesOf(
  tx: ShopTransaction,
  { offer, products, now }: WantedEntries,
  begun = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
): Promise<Map<ProductId, PublishedEntry>> {
  const type = compiledType(offer.type);
  if (type.anchor === "shop") throw new Error(`No offer of products: ${offer.type}`);
  const entries = new Map<ProductId, PublishedEntry>();
  const choose = await chooserOf(tx, offer, type, new Date(now));
  for (;;) {
    const from = PRODUCTS_AT_ONCE * Atomics.add(begun, 0, 1);
    if (from >= products.length) return entries;
    const facts = await readConditionFacts(tx, products.slice(from, from + PRODUCTS_AT_ONCE));
    const batch = [...facts.keys()].filter((product) => {
      return conditionsHold(offer.conditions, { product: facts.get(product)! }) === true;
    });
    const chosen = batch.length === 0 ? null : await choose(batch);
    for (const product of batch) {
      const choice = chosen?.get(product) ?? null;
      if (type.needsChoice !== false && choice === null) continue;
      const { hasSellingPlans } = facts.get(product)!;
      const own = { product, hasSellingPlans, chosen: choice, ordersUntil: null, discountIsActive: true };
      const entry = type.compile(offer, own);
      if (entry !== null) entries.set(product, entry);
    }
  }
}

type Choose = (products: readonly ProductId[]) => Promise<ReadonlyMap<ProductId, unknown> | null>;

/** Chooses for products as publishing would. Gives null for a type that needs no choice, and for bundles. */
async function chooserOf(tx: ShopTransaction, offer: Offer, type: ProductType, now: Date): Promise<Choose> {
  if (type.needsChoice === false || type.needsChoice === "bundles") return () => Promise.resolve(null);
  if (type.needsChoice === "upgrades") return (products) => readUpgradeChoices(tx, products, [offer]);
  const evidence = await readShopEvidence(tx, now);
  const running = { ...evidence.running, boughtTogether: offersOf("bought-together", [offer]) };
  return async (products) => {
    const chosen = await chooseOffers(tx, { ...evidence, running }, products, { onlyChosen: true });
    return new Map(chosen.map((one) => [one.trigger, one]));
  };
}
