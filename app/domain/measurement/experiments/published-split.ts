import type { PublishedCampaign } from "../../offers/shopper-conditions/campaign.ts";
import { offerId } from "../../offers/offer-id.ts";
import type { OfferTypeName } from "../../offers/offer-type-name.ts";
import { byteLength } from "../../publishing/byte-budget.ts";
import { list, objectIn } from "../../publishing/read-json.ts";
import type { Arm, RunningExperiment, Split } from "./split.ts";
import { SLOTS } from "./slot.ts";

/**
 * How a shop's shoppers are split, as the theme's script, Liquid and the checkout extension read it. Places instead of
 * names, because every page carries it while something runs:
 *
 *     split      = [1, shop's salt, slots of the holdout, experiments]         and campaigns behind them where an offer names some
 *     experiment = [number, layer, first slot, slot behind the last, arms]     and 1 behind them where discounts differ by arm
 *     arm        = [weight, offers that it does not show]
 *     campaign   = [number of its test, a number for each of its values, ...]
 *
 * Offers are written as the ids of their entries begin: "bt-7". What stands here goes into a script of the page: texts
 * consist of letters, digits, "_" and "-".
 */
const VERSION = 1;
export type PublishedArm = readonly [weight: number, hides: readonly string[]];
export type PublishedExperiment = readonly [
  number: number,
  layer: string,
  from: number,
  to: number,
  arms: readonly PublishedArm[],
  byArm?: 1,
];
export type PublishedSplit = readonly [
  version: typeof VERSION,
  salt: string,
  holdoutSlots: number,
  experiments: readonly PublishedExperiment[],
];

/** An arm with the numbers of the offers that it does not show. */
export interface HidingArm extends Arm {
  readonly hides: readonly number[];
}

/** A split that says what each arm hides. */
export interface HidingSplit extends Split {
  readonly experiments: readonly HidingExperiment[];
}

export interface HidingExperiment extends RunningExperiment {
  readonly arms: readonly HidingArm[];
  /** Whether each arm gets its own discount: then the cart decides who is in which. */
  readonly byArm?: boolean;
}

/** The number of the holdout among experiments. Its arm 0 is shown no offer, its arm 1 what all others are shown. */
export const HOLDOUT_NUMBER = 0;
/** Most bytes of a split, which every page carries: some 20 experiments of two arms. */
export const MOST_SPLIT_BYTES = 1_500;

const SAFE = /^[\w-]{1,64}$/;
const PREFIX = /^[a-z]{1,10}-\d{1,10}$/;
const MOST_ARMS = 10;

/** Whether a split can be published as a whole, campaigns apart. An experiment that would make it too long may not start. */
export function isSplitPublishable(split: HidingSplit, types: ReadonlyMap<number, OfferTypeName>): boolean {
  return byteLength(JSON.stringify(publishedForm(split, types))) <= MOST_SPLIT_BYTES;
}

/**
 * The text of the split's metafield; null where nobody is split and no offer is for a campaign. Offers that are not among
 * `types`, the shop's offers by number, are left out: nothing shows them. Of a split that is too long the latest experiments
 * are left out; their shoppers are shown what all are shown, and not counted.
 */
export function splitText(
  split: HidingSplit,
  types: ReadonlyMap<number, OfferTypeName>,
  campaigns: readonly PublishedCampaign[] = [],
): string | null {
  let { experiments } = split;
  while (!isSplitPublishable({ ...split, experiments }, types)) experiments = experiments.slice(0, -1);
  if (split.holdoutSlots === 0 && experiments.length === 0 && campaigns.length === 0) return null;
  const published = publishedForm({ ...split, experiments }, types);
  return JSON.stringify(campaigns.length === 0 ? published : [...published, campaigns]);
}

function publishedForm(
  { shopSalt, holdoutSlots, experiments }: HidingSplit,
  types: ReadonlyMap<number, OfferTypeName>,
): PublishedSplit {
  const hidden = (hides: readonly number[]) =>
    hides.flatMap((number) => {
      const type = types.get(number);
      return type === undefined ? [] : [offerId(type, number, null)];
    });
  return [
    VERSION,
    safe(shopSalt),
    holdoutSlots,
    experiments.map(({ id, layer, range, arms, byArm }) =>
      experimentOf(
        [
          Number(id),
          safe(layer),
          range.from,
          range.to,
          arms.map(({ weight, hides }): PublishedArm => [weight, hidden(hides)]),
        ],
        byArm === true,
      ),
    ),
  ];
}

type Undiscounted = readonly [number: number, layer: string, from: number, to: number, arms: readonly PublishedArm[]];

function experimentOf(one: Undiscounted, byArm: boolean): PublishedExperiment {
  return byArm ? [...one, 1] : one;
}

function safe(text: string): string {
  if (!SAFE.test(text)) throw new Error("A split's texts consist of letters, digits, _ and -");
  return text;
}

/**
 * Reads a split without its campaigns from a metafield's text or its parsed JSON; null for anything else. What is no experiment
 * is skipped.
 */
export function parseSplit(value: unknown): PublishedSplit | null {
  const [version, salt, holdout, experiments] = listIn(value);
  if (version !== VERSION || typeof salt !== "string" || !SAFE.test(salt) || !isSlot(holdout)) return null;
  return [
    VERSION,
    salt,
    holdout,
    list(experiments)
      .map(experimentIn)
      .filter((one) => one !== null),
  ];
}

function experimentIn(value: unknown): PublishedExperiment | null {
  const [number, layer, from, to, given, byArm] = list(value);
  const arms = list(given)
    .map(armIn)
    .filter((arm) => arm !== null);
  if (!Number.isSafeInteger(number) || (number as number) < 1) return null;
  if (typeof layer !== "string" || !SAFE.test(layer) || !isSlot(from) || !isSlot(to)) return null;
  // Leaving out an arm would move the shoppers of the others.
  if (arms.length < 2 || arms.length > MOST_ARMS || arms.length !== list(given).length) return null;
  return experimentOf([number as number, layer, from, to, arms], byArm === 1);
}

function armIn(value: unknown): PublishedArm | null {
  const [weight, hides] = list(value);
  if (!Number.isSafeInteger(weight) || (weight as number) < 1) return null;
  return [weight as number, list(hides).filter((one): one is string => typeof one === "string" && PREFIX.test(one))];
}

function listIn(value: unknown): unknown[] {
  return list(objectIn(typeof value === "string" ? `{"is":${value}}` : { is: value })?.is);
}

function isSlot(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= SLOTS;
}
