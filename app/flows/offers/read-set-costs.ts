import { gid, type ProductId, type ShopDomain } from "../../domain/ids.ts";
import type { CostedSetView, SetCostsView } from "../../views/set-costs-view.ts";
import { type CatalogueEntry, readCatalogue } from "../../persistence/catalogue/products.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readChoices } from "../../persistence/offers/choices.ts";
import { readShownSets } from "../../persistence/offers/shown-sets.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";

/**
 * What the sets that shoppers see cost the shop, as far as rewards on them need to know it.
 *
 * @param of Whose sets: those of an offer, of some products, or of all.
 * @param size How many companions they show; as they were published where it is null.
 */
export function readSetCosts(
  shop: ShopDomain,
  of: Parameters<typeof readShownSets>[1],
  size: number | null,
  context: FlowContext,
): Promise<SetCostsView> {
  return inShop(context.database, shop, async (tx): Promise<SetCostsView> => {
    const { currency } = await theShop(tx);
    const sets = await readShownSets(tx, of);
    const together = [...sets].map(([trigger, { companions, set }]) => [
      trigger,
      ...companions.slice(0, size ?? set).map(({ product }) => gid("Product", product)),
    ]);
    const catalogue = await readCatalogue(tx, [...new Set(together.flat())]);
    const costed = (ids: readonly ProductId[]) => costedSet(ids, catalogue, currency);
    const pins = (await readChoices(tx, [...sets.keys()])).filter(({ kind }) => kind === "pin");
    const pinned = pins.filter(({ trigger, companion }) =>
      together.some(([first, ...others]) => first === trigger && others.includes(companion)),
    );
    const kept = [...new Set([...sets.keys(), ...pinned.map(({ companion }) => companion)])];
    const whole = together.flatMap((ids) => costed(ids) ?? []);
    const dearest = least(whole, ({ cost }) => -cost.amountMinor);
    const closest = least(whole, ({ price, cost }) => price.amountMinor - cost.amountMinor);
    return {
      product: least(
        kept.flatMap((id) => costed([id]) ?? []),
        ({ price, cost }) => 1 - cost.amountMinor / price.amountMinor,
      ),
      sets: [...new Set([dearest, closest])].flatMap((one) => one ?? []),
    };
  });
}

/** Null where a cost is not known, or is above the price already. */
function costedSet(
  ids: readonly ProductId[],
  catalogue: ReadonlyMap<ProductId, CatalogueEntry>,
  currency: string,
): CostedSetView | null {
  const products = ids.flatMap((id) => catalogue.get(id) ?? []);
  const known = products.flatMap(({ title, priceMinor, costShare }) =>
    priceMinor === null || costShare === null
      ? []
      : [{ title, priceMinor, costMinor: Math.round(priceMinor * costShare) }],
  );
  if (known.length < ids.length) return null;
  const sum = (of: (one: (typeof known)[number]) => number) => ({
    amountMinor: known.reduce((total, one) => total + of(one), 0),
    currency,
  });
  const [price, cost] = [sum(({ priceMinor }) => priceMinor), sum(({ costMinor }) => costMinor)];
  return cost.amountMinor > price.amountMinor || price.amountMinor === 0
    ? null
    : { titles: known.map(({ title }) => title), price, cost };
}

function least(sets: readonly CostedSetView[], by: (set: CostedSetView) => number): CostedSetView | null {
  return sets.toSorted((a, b) => by(a) - by(b))[0] ?? null;
}
