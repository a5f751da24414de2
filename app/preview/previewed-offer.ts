import { OFFER_TYPES, contentShape } from "../domain/offers/offer-types.ts";
import type { OfferTypeName } from "../domain/offers/offer-type-name.ts";
import type { Reward } from "../domain/offers/rewards/rewards.ts";
import { shape, type Shape } from "../domain/shape/shape.ts";
import type { PreviewSettings } from "./preview-page.ts";

/** What a preview needs of an offer: what it is, not where, when or for which products it is shown. */
export interface PreviewedContent {
  readonly config: unknown;
  readonly reward: Reward | null;
}

const CONTENTS = new Map(
  Object.values(OFFER_TYPES).map(({ name }) => {
    const { config, reward } = contentShape(name).fields;
    return [name, shape({ config, reward }) as Shape<PreviewedContent>];
  }),
);

/** What is sent of an offer of a type to have it previewed. */
export function previewedContent(type: OfferTypeName): Shape<PreviewedContent> {
  return CONTENTS.get(type)!;
}

interface PreviewOptions {
  /** The currency of the preview's prices. */
  readonly currency: string;
  readonly tellOrdersTogether: boolean;
}

const NOTHING = { blocks: [], discountBasisPoints: 0, setSize: 1, goalMinor: null, breaks: null } as const;

/** What the theme's blocks show of an offer of each type. */
const PREVIEWS: Readonly<
  Record<
    OfferTypeName,
    (content: PreviewedContent, options: PreviewOptions) => Omit<PreviewSettings, "tellOrdersTogether">
  >
> = {
  "bought-together": ({ config, reward }) => ({
    ...NOTHING,
    blocks: ["bought-together"],
    setSize: (config as (typeof OFFER_TYPES)["bought-together"]["config"]["default"]).setSize,
    discountBasisPoints: reward?.kind === "percent" ? reward.basisPoints : 0,
  }),
  goal({ config }, { currency }) {
    const goalMinor = (config as (typeof OFFER_TYPES)["goal"]["config"]["default"]).amounts[currency] ?? null;
    return { ...NOTHING, goalMinor, blocks: goalMinor === null ? [] : ["goal-bar"] };
  },
  "quantity-breaks"({ config }) {
    const { tiers, variants } = config as (typeof OFFER_TYPES)["quantity-breaks"]["config"]["default"];
    const breaks = {
      together: variants === "together",
      tiers: tiers.map(({ quantity, reward }) => ({ from: quantity, reward })),
    };
    return { ...NOTHING, breaks, blocks: tiers.length === 0 ? [] : ["quantity-breaks"] };
  },
};

/** The preview of an offer as it stands in its form. */
export function previewOfOffer(
  type: OfferTypeName,
  content: PreviewedContent,
  options: PreviewOptions,
): PreviewSettings {
  return { ...PREVIEWS[type](content, options), tellOrdersTogether: options.tellOrdersTogether };
}
