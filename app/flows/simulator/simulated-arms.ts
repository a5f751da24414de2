import { discountedByArm } from "../../domain/measurement/experiments/shown-offers.ts";
import type { DiscountedByArm } from "../../domain/offers/arm-tests.ts";
import type { SimulatedQuery } from "../../domain/simulation/simulated-query.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readExperiments } from "../../persistence/measurement/experiment-rows.ts";
import { readSplit } from "../../persistence/measurement/experiments.ts";
import type { StoredOffer } from "../../persistence/offers/offer-rows.ts";
import type { SimulatorView } from "../../views/simulator-view.ts";
import type { EntriesOfProducts } from "./simulated-entries.ts";

/** The experiments that decide about discounts, and the offers that they keep from the cart. */
export async function readArms(
  tx: ShopTransaction,
  { arm }: SimulatedQuery,
): Promise<{ readonly byArm: DiscountedByArm[]; readonly ofOtherArms: ReadonlySet<number> }> {
  const byArm = discountedByArm(await readSplit(tx));
  const [named, own = 0] = (arm ?? "").split(".").map(Number);
  // A cart that names none of its arms gets what the control gets.
  const hidden = byArm.flatMap(({ experiment, hides }) => (experiment === named ? hides[own] : undefined) ?? hides[0]!);
  return { byArm, ofOtherArms: new Set(hidden) };
}

/** What products carry, without some offers. */
export function withoutOffers(offers: ReadonlySet<number>, entries: EntriesOfProducts): EntriesOfProducts {
  return new Map([...entries].map(([product, own]) => [product, own.filter(({ offer }) => !offers.has(offer.number))]));
}

/** The arms that a cart can name, of those experiments that decide about discounts. */
export async function armViews(tx: ShopTransaction, stored: readonly StoredOffer[]): Promise<SimulatorView["arms"]> {
  const running = (await readExperiments(tx)).filter(
    ({ status, plan }) => status === "running" && plan?.discounts !== undefined,
  );
  return running.flatMap(({ number, content }) =>
    content.offers.map((offer, place) => {
      const { type = "", name = "" } = stored.find((one) => one.number === offer) ?? {};
      return { arm: `${number}.${place}`, experiment: content.name, offer, type, name };
    }),
  );
}
