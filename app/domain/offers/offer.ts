import { OFFER_MODES, type OfferMode } from "../settings/modes.ts";
import type { Refusal } from "../shape/field.ts";
import { texts } from "../shape/keyed-values.ts";
import { refusalsOf } from "../shape/known-parts.ts";
import { list, optional } from "../shape/lists.ts";
import { type Shape, shape, type ShapeValue } from "../shape/shape.ts";
import { boolean, choice, integer, text } from "../shape/values.ts";
import { conditionGroups, conditionRefusals } from "./conditions/conditions.ts";
import { type ModeChoice, modeChoices, type OfferType } from "./offer-type.ts";
import type { OfferTypeName } from "./offer-type-name.ts";
import { reward, rewardRefusals } from "./rewards/rewards.ts";
import { schedule } from "./schedule.ts";
import { audience, SHOPPER_CONDITION_NAMES, shopperRefusals } from "./shopper-conditions/shopper-conditions.ts";
import { SURFACES, type SurfaceName } from "./surface.ts";

/** `draft`: never shown yet. `archived`: out of the way, and kept for what orders say of it. */
export const OFFER_STATUSES = ["draft", "active", "paused", "archived"] as const;
export type OfferStatus = (typeof OFFER_STATUSES)[number];

/** Of offers that save a shopper the same, the one of higher priority is taken. */
const LARGEST_PRIORITY = 1_000;

/** With which other discounts of the shop an offer's discount may stand on one order. */
const combinesWith = shape({
  productDiscounts: boolean({ default: true }),
  orderDiscounts: boolean({ default: true }),
  shippingDiscounts: boolean({ default: true }),
});
export type CombinesWith = ShapeValue<typeof combinesWith>;

/** What shoppers read, where the merchant words it: by language. */
const copy = shape({
  /** Beside what was taken off, in the cart and at checkout. */
  discountName: texts({ longest: 60 }),
});

/** Letters of an offer's name for staff, at most. */
export const LONGEST_NAME = 100;

const terms = {
  /** For staff. Empty for the name of its type, in whatever language they read. */
  name: text({ longest: LONGEST_NAME }),
  status: choice(OFFER_STATUSES),
  mode: choice<ModeChoice>(["shop", ...OFFER_MODES]),
  priority: integer({ default: 100, min: 0, max: LARGEST_PRIORITY }),
  schedule: optional(schedule),
  /** With which products it is shown. */
  conditions: conditionGroups,
  /** For which shoppers it is. */
  audience,
  reward: optional(reward),
  surfaces: list(choice(SURFACES), { most: SURFACES.length, default: SURFACES }),
  copy,
  combinesWith,
};

/** What a person decides about an offer of any type. */
export type OfferTerms = { readonly [Name in keyof typeof terms]: (typeof terms)[Name]["default"] };

/** What a person decides about an offer. */
export interface OfferContent<Config = unknown> extends OfferTerms {
  readonly config: Config;
}

/** One offer of a shop. */
export interface Offer<Config = unknown> extends OfferContent<Config> {
  /** Names the offer within its shop, for ever. */
  readonly number: number;
  readonly type: OfferTypeName;
  /** Who decides what it shows: the shop's mode where the offer has none of its own. */
  readonly mode: OfferMode;
  /** Grows with every change: whoever saves says which version they changed. */
  readonly version: number;
}

/** The offer that has some content. In a shop of `shopMode`, which counts where the offer has no mode of its own. */
export function offerWith<Config>(
  content: OfferContent<Config>,
  identity: Pick<Offer, "number" | "type" | "version">,
  shopMode: OfferMode,
): Offer<Config> {
  return { ...content, ...identity, mode: content.mode === "shop" ? shopMode : content.mode };
}

/**
 * The content of offers of one type, as it is stored and sent. Beside what each field refuses: `not-possible-here` for
 * what the type cannot do, `repeated` for a surface, and what keeps an offer from being shown where it is `active`.
 */
export function contentOf<Config>(type: OfferType<Config>): Shape<OfferContent<Config>> {
  const fields = {
    ...terms,
    mode: choice<ModeChoice>(modeChoices(type)),
    surfaces: list(choice(SURFACES), { most: SURFACES.length, default: type.surfaces }),
    config: type.config,
  };
  return shape(fields, (content) => contentRefusals(type, content));
}

function contentRefusals<Config>(type: OfferType<Config>, content: OfferContent<Config>): Refusal[] {
  return refusalsOf(
    () => at("conditions", conditionRefusals(content.conditions, type.conditions)),
    () => at("audience.shoppers", audienceRefusals(type, content)),
    () =>
      content.reward === null || type.rewards.includes(content.reward.kind)
        ? []
        : [{ path: "reward.kind", code: "not-possible-here" }],
    () => at("reward", content.reward === null ? [] : rewardRefusals(content.reward)),
    () => type.refusals?.(content) ?? [],
    () => at("surfaces", surfaceRefusals(type.surfaces, content.surfaces)),
    () => (content.status === "active" ? missingForShow(type, content) : []),
  );
}

function audienceRefusals<Config>(type: OfferType<Config>, content: OfferContent<Config>): Refusal[] {
  return shopperRefusals(content.audience, {
    possible: type.shoppers ?? SHOPPER_CONDITION_NAMES,
    // Read only where it decides: a reward that is wrong keeps nothing else from being refused.
    get hasReward() {
      return content.reward !== null;
    },
  });
}

function surfaceRefusals(possible: readonly SurfaceName[], chosen: readonly SurfaceName[]): Refusal[] {
  return chosen.flatMap((surface, place): Refusal[] => {
    if (!possible.includes(surface)) return [{ path: String(place), code: "not-possible-here" }];
    return chosen.indexOf(surface) === place ? [] : [{ path: String(place), code: "repeated" }];
  });
}

/** What an offer still lacks before shoppers can see it. */
export function missingForShow<Config>(type: OfferType<Config>, content: OfferContent<Config>): readonly Refusal[] {
  return refusalsOf(
    () => (content.surfaces.length === 0 ? [{ path: "surfaces", code: "too-few", limit: 1 }] : []),
    () =>
      type.needsConditions && content.conditions.length === 0
        ? [{ path: "conditions", code: "too-few", limit: 1 }]
        : [],
    () => at("config", type.missing(content.config)),
  );
}

function at(path: string, refusals: readonly Refusal[]): Refusal[] {
  return refusals.map((refusal) => ({ ...refusal, path: refusal.path === "" ? path : `${path}.${refusal.path}` }));
}
