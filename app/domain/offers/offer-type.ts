import type { OfferMode } from "../settings/modes.ts";
import type { Refusal } from "../shape/field.ts";
import type { Shape } from "../shape/shape.ts";
import type { ConditionName } from "./conditions/conditions.ts";
import type { OfferTypeName } from "./offer-type-name.ts";
import type { Reward, RewardKind } from "./rewards/rewards.ts";
import type { Audience, ShopperConditionName } from "./shopper-conditions/shopper-conditions.ts";
import type { SurfaceName } from "./surface.ts";

/** What a person chooses as an offer's mode: one of its own, or the shop's, whichever that is. */
export type ModeChoice = "shop" | OfferMode;

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
  /** Who may decide what is shown. Where there is a choice, an offer follows the shop's mode until a person chooses. */
  readonly modes: readonly [OfferMode, ...OfferMode[]];
  /** What must hold between its config and its reward; paths are those of the offer. */
  refusals?(
    this: void,
    content: { readonly config: Config; readonly reward: Reward | null; readonly audience: Audience },
  ): readonly Refusal[];
  /** What a config that is no mistake still lacks before such an offer can be shown. */
  missing(this: void, config: Config): readonly Refusal[];
}

/** What a person can choose as the mode of an offer of a type; the first is the default. */
export function modeChoices({ modes }: Pick<OfferType<never>, "modes">): readonly [ModeChoice, ...ModeChoice[]] {
  return modes.length > 1 ? ["shop", ...modes] : modes;
}
