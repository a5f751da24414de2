import type { PublishedEntry, UnreadEntry } from "../../../publishing/entry.ts";
import { list, record } from "../../../publishing/read-json.ts";
import { SURFACES, type SurfaceName } from "../../surface.ts";

/** What surfaces read of a subscription offer. Plans and prices are not in it: Liquid has them, as they are then. */

const TYPE = "subscription";
/** Which plan is offered where a product has several. */
export const PLAN_CHOICES = ["first", "cheapest"] as const;
/** The most that a plan can be asked to save, in percent. */
export const LARGEST_SAVING = 90;
/** UTF-16 units of the merchant's line, at most. */
export const LONGEST_TEXT = 120;
/** Most languages that it is read in. */
const MOST_LANGUAGES = 20;

export interface PublishedSubscription extends PublishedEntry {
  readonly type: typeof TYPE;
  /** Present where the cheapest plan is offered and not the first. */
  readonly plan?: "cheapest";
  /** What a plan saves at least, in percent of the price: 0 to {@link LARGEST_SAVING}. */
  readonly least: number;
  /** Absent where it is shown on every surface of the type. */
  readonly on?: readonly SurfaceName[];
  /** The merchant's line, by language tag. */
  readonly text?: Readonly<Record<string, string>>;
}

/** Reads one entry of an envelope. Null for what has no readable saving; unknown fields are ignored. */
export function readEntry(entry: UnreadEntry): PublishedSubscription | null {
  const { type, id, least, plan } = entry;
  if (type !== TYPE || typeof least !== "number" || !Number.isInteger(least)) return null;
  if (least < 0 || least > LARGEST_SAVING) return null;
  const text = Object.entries(record(entry.text) ?? {})
    .filter((pair): pair is [string, string] => isText(pair[1]))
    .slice(0, MOST_LANGUAGES);
  return {
    ...{ type: TYPE, id, least },
    ...(plan === "cheapest" ? { plan } : {}),
    ...(Array.isArray(entry.on) ? { on: SURFACES.filter((surface) => list(entry.on).includes(surface)) } : {}),
    ...(text.length === 0 ? {} : { text: Object.fromEntries(text) }),
  };
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "" && value.length <= LONGEST_TEXT;
}
