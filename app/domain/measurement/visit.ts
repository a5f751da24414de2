import { campaignText } from "../shoppers/campaign-text.ts";

/** What a visit was made with; see `extensions/offer-pixel/src/visit-keeper.ts` for how that is found out. */
export const DEVICES = ["phone", "tablet", "desktop"] as const;
export type Device = (typeof DEVICES)[number];

/** What is known of a visit from its first page. Texts are as {@link campaignText} leaves them, "" for none. */
export interface Visit {
  /** "" where the browser does not tell. */
  readonly device: Device | "";
  /** `utm_source`, `utm_medium` and `utm_campaign` of the address; nothing else of it is kept. */
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
}

/** A {@link Visit} as it is sent: what is empty is left out. */
export type SentVisit = { readonly [Field in keyof Visit]?: Visit[Field] | undefined };

/** What visits can be grouped by. */
export const VISIT_DIMENSIONS = ["device", "source", "campaign"] as const;
export type VisitDimension = (typeof VISIT_DIMENSIONS)[number];

/** A visit began, or, in a visit that is known, an offer was seen or something was added from one. */
export const VISIT_KINDS = ["visit-started", "seen", "added"] as const;
export type VisitKind = (typeof VISIT_KINDS)[number];

/** A page that comes later after the one before it begins another visit. */
export const VISIT_PAUSE_MS = 30 * 60_000;
/** An order belongs to the last visit that its visitor began within so long before it. */
export const LONGEST_VISIT_MS = 24 * 3_600_000;

/** A visit that was sent, as it is kept. */
export function keptVisit({ device, source, medium, campaign }: SentVisit): Visit {
  const text = (sent: string | undefined) => campaignText(sent ?? "");
  return { device: device ?? "", source: text(source), medium: text(medium), campaign: text(campaign) };
}

/** What visits of one group have in common: the device, the campaign, or the source and the medium in two lines. */
export function visitKey(visit: Visit, by: VisitDimension): string {
  return by === "source" ? `${visit.source}\n${visit.medium}` : visit[by];
}
