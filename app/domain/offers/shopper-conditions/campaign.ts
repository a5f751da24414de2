import type { Refusal } from "../../shape/field.ts";
import { list } from "../../shape/lists.ts";
import { shape, type ShapeValue } from "../../shape/shape.ts";
import { choice, text } from "../../shape/values.ts";
import { campaignMark, campaignText } from "../../shoppers/campaign-text.ts";
import { hashOf } from "../../shoppers/hash.ts";
import type { ShopperCondition } from "./shopper-condition.ts";

/** Parameters of the address of a visit's first page, without "utm_". */
export const CAMPAIGN_PARAMETERS = ["campaign", "source", "medium"] as const;
/** UTF-16 units of a value, and values of one condition. */
const LONGEST_VALUE = 64;
const MOST_VALUES = 20;
/** Conditions on campaigns of a shop, and values of all of them: every page carries a style for each. */
const MOST_CAMPAIGNS = 10;
const MOST_MARKS = 100;

const args = shape({
  parameter: choice(CAMPAIGN_PARAMETERS),
  inCampaigns: list(text({ longest: LONGEST_VALUE }), { most: MOST_VALUES }),
});

type CampaignArgs = ShapeValue<typeof args>;

/** Holds for visits that came by a link of one of these campaigns, sources or media. Without JavaScript it holds for nobody. */
export const campaignCondition: ShopperCondition<CampaignArgs> = {
  // A script of the page chooses: see `tsuide-arms.liquid`. Lists of the cart have offers of several products.
  knownTo: { theme: "yes", cart: "no", discount: "no", checkout: "no" },
  args,
  incomplete: ({ inCampaigns }) => campaignRefusals(inCampaigns),
  test: (given) => `u${publishedCampaign(given)[0]}`,
};

/** An "@" is never read from an address: see {@link campaignText}. */
function campaignRefusals(inCampaigns: readonly string[]): Refusal[] {
  if (inCampaigns.length === 0) return [{ path: "inCampaigns", code: "too-few", limit: 1 }];
  const isValue = (value: string) => campaignText(value) !== "" && !/utm_\w+=/i.test(value);
  return inCampaigns.every(isValue) ? [] : [{ path: "inCampaigns", code: "not-a-campaign" }];
}

/** A condition on campaigns as pages carry it: the number of its test, and what stands for each of its values. */
export type PublishedCampaign = readonly [number: number, ...marks: number[]];

/** The same conditions have the same number, in whichever offers they are. */
export function publishedCampaign({ parameter, inCampaigns }: CampaignArgs): PublishedCampaign {
  const marks = new Set(inCampaigns.map((value) => campaignMark(`utm_${parameter}`, campaignText(value))));
  const sorted = [...marks].sort((a, b) => a - b);
  return [hashOf("campaign", sorted.join(".")), ...sorted];
}

/** For whom an offer is, as far as its conditions name campaigns. */
interface ForCampaigns {
  readonly shoppers: readonly (readonly ({ readonly shopper: string } & Partial<CampaignArgs>)[])[];
}

/** The conditions on campaigns of some offers, each once. */
export function publishedCampaigns(audiences: readonly ForCampaigns[]): PublishedCampaign[] {
  const chosen = audiences.flatMap(({ shoppers }) => shoppers.flat());
  const campaigns = chosen.flatMap(({ parameter, inCampaigns }) =>
    parameter === undefined || inCampaigns === undefined ? [] : [publishedCampaign({ parameter, inCampaigns })],
  );
  return [...new Map(campaigns.map((one) => [one[0], one])).values()];
}

/** Whether pages can carry all of these conditions. */
export function areCampaignsPublishable(campaigns: readonly PublishedCampaign[]): boolean {
  const marks = campaigns.reduce((sum, { length }) => sum + length - 1, 0);
  return campaigns.length <= MOST_CAMPAIGNS && marks <= MOST_MARKS;
}

/** The numbers of the conditions that a visit meets which began at an address with these parameters. */
export function metCampaigns(campaigns: readonly PublishedCampaign[], parameters: URLSearchParams): number[] {
  const marks = CAMPAIGN_PARAMETERS.map((name) => {
    const parameter = `utm_${name}`;
    return campaignMark(parameter, campaignText(parameters.get(parameter) ?? ""));
  });
  return campaigns.flatMap(([number, ...own]) => (own.some((mark) => marks.includes(mark)) ? [number] : []));
}
