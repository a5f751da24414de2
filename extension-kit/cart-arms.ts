import { HOLDOUT_NUMBER, type Pair, parseSplit } from "./domain.ts";

/** Cart attribute with the arms that the theme's script has chosen, such as "0.1-3.0". Whoever writes another one is shown less. */
const ARMS = "_tsuide_arms";
const LONGEST = 200;
const PAIR = /(?<=^|-)(\d{1,7})\.(\d{1,2})(?=-|$)/g;

/** The part of a checkout that says which arms its buyer is in. */
export interface AssignedCheckout {
  readonly attributes?: { readonly value?: readonly { readonly key: string; readonly value?: string }[] };
}

/** What a buyer is not shown. */
export interface CartArms {
  /** The buyer is shown no offer at all. */
  readonly isHeldOut: boolean;
  /** Whether the offer of an entry is kept from the buyer, by its id. */
  hides(id: string): boolean;
  /** The arms that the buyer is in, of those experiments that show a difference where entries with these ids would be. */
  exposedBy(ids: readonly string[]): Pair[];
}

/**
 * What the cart of a checkout is not shown, by what is published of the split. Experiments that the cart is in no arm of, or
 * in one that they do not have, count as for all shoppers.
 */
export function armsOfCart({ attributes }: AssignedCheckout, published: unknown): CartArms {
  const [, , holdoutSlots = 0, experiments = []] = parseSplit(published) ?? [];
  const written = attributes?.value?.find(({ key }) => key === ARMS)?.value ?? "";
  const pairs = (written.length > LONGEST ? "" : written).matchAll(PAIR);
  const chosen = new Map([...pairs].map(([, experiment, arm]) => [Number(experiment), Number(arm)]));
  const hidden = new Set(experiments.flatMap(([number, , , , arms]) => (arms[chosen.get(number) ?? 0] ?? arms[0]!)[1]));
  const inHoldout = holdoutSlots > 0 ? chosen.get(HOLDOUT_NUMBER) : undefined;
  return {
    isHeldOut: inHoldout === 0,
    hides: (id) => hidden.has(offerOf(id)),
    exposedBy: (ids) => {
      const there = new Set(ids.map(offerOf));
      const pairs = experiments.flatMap(([number, , , , arms]): Pair[] => {
        const arm = chosen.get(number);
        const isAbout = arms.some(([, hides]) => hides.some((offer) => there.has(offer)));
        return arm !== undefined && arm < arms.length && isAbout ? [[number, arm]] : [];
      });
      const isOfHoldout = ids.length > 0 && (inHoldout === 0 || inHoldout === 1);
      return isOfHoldout ? [[HOLDOUT_NUMBER, inHoldout], ...pairs] : pairs;
    },
  };
}

/** The offer of an entry, as the split names it. */
const offerOf = (id: string) => /^[a-z]+-\d+/.exec(id)?.[0] ?? "";
