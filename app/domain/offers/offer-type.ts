import type { Refusal } from "../shape/field.ts";
import type { Shape } from "../shape/shape.ts";
import type { ConditionName } from "./conditions/conditions.ts";
import type { OfferTypeName } from "./offer-type-name.ts";
import type { Reward, RewardKind } from "./rewards/rewards.ts";
import type { ShopperConditionName } from "./shopper-conditions/shopper-conditions.ts";
import type { SurfaceName } from "./surface.ts";

/** Who decides what shoppers see: the app, the app once a person has approved it, or a person alone. */
export const OFFER_MODES = ["automatic", "review", "manual"] as const;
export type OfferMode = (typeof OFFER_MODES)[number];

/** One type of offer, declared in `types/<name>/config.ts`. Nothing outside that folder knows more of it than this. */
export interface OfferType<Config> {
  readonly name: OfferTypeName;
  /**
   * Grows when a config that is stored now would be misread by an earlier release. A field that is added with a default
   * is no such change.
   */
  readonly configVersion: number;
  /** What a person decides about an offer of this type and of no other. */
  readonly config: Shape<Config>;
  /** Where shoppers can meet it. */
  readonly surfaces: readonly SurfaceName[];
  /** What its conditions may be about. */
  readonly conditions: readonly ConditionName[];
  /** Whether it can only be shown for some products, not for all of the shop. */
  readonly needsConditions?: boolean;
  /** What its conditions on shoppers may be about; absent for anything. */
  readonly shoppers?: readonly ShopperConditionName[];
  /** What `reward` may be; empty where the type says in its config what it gives. */
  readonly rewards: readonly RewardKind[];
  /** Who may decide what is shown; the first is the default. */
  readonly modes: readonly [OfferMode, ...OfferMode[]];
  /** What must hold between its config and its reward; paths are those of the offer. */
  refusals?(this: void, content: { readonly config: Config; readonly reward: Reward | null }): readonly Refusal[];
  /** What a config that is no mistake still lacks before such an offer can be shown. */
  missing(this: void, config: Config): readonly Refusal[];
}
