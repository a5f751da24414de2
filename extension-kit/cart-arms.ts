import { parseSplit } from "./domain.ts";

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
}

/**
 * What the cart of a checkout is not shown, by what is published of the split. Experiments that the cart is in no arm of, or
 * in one that they do not have, count as for all shoppers.
 */
export function armsOfCart({ attributes }: AssignedCheckout, published: unknown): CartArms {
  const [, , holdoutSlots = 0, experiments = []] = parseSplit(published) ?? [];
  const written = attributes?.value?.find(({ key }) => key === ARMS)?.value ?? "";
  const pairs = written.slice(0, LONGEST).matchAll(PAIR);
  const chosen = new Map([...pairs].map(([, experiment, arm]) => [Number(experiment), Number(arm)]));
  const hidden = new Set(experiments.flatMap(([number, , , , arms]) => (arms[chosen.get(number) ?? 0] ?? arms[0]!)[1]));
  return {
    isHeldOut: holdoutSlots > 0 && chosen.get(0) === 0,
    hides: (id) => hidden.has(/^[a-z]+-\d+/.exec(id)?.[0] ?? ""),
  };
}
