import { campaignText, DEVICES, VISIT_PAUSE_MS, type Device, type SentVisit } from "./domain.ts";
import type { PixelEvent, PixelStorage } from "./shopify-pixel.ts";

/**
 * Where the browser of a visitor who allows analytics keeps its visit, for all its tabs. The script in the page's head reads it
 * as well, to show what is for the visit's campaign.
 */
const KEPT = "tsuide-visit";
/** Pages that can be at another address than the shop's, where the browser keeps other texts: no visit begins there. */
const NO_BEGINNING = /(^|\/)(checkouts?|orders|account)(\/|$)/;
/** Shorter sides of screens, in CSS pixels: the largest phones have less than the first, tablets at most the second. */
const LEAST_TABLET = 600;
const MOST_TABLET = 1032;

/** Parameters of an address, without "utm_". */
const PARAMETERS = ["source", "medium", "campaign"] as const;

/** The visit that an event is part of, and whether the event is its first page. */
export interface VisitOfEvent {
  readonly visit: SentVisit;
  readonly isStarted: boolean;
}

interface Kept {
  /** When its latest page was opened, in milliseconds since 1970. */
  at: number;
  visit: SentVisit;
}

/**
 * Knows the visit of a browser: from its first page, or from a page that names another campaign, until half an hour passes
 * between two pages. It keeps the device and the `utm_` source, medium and campaign of that first page, and no address.
 */
export class VisitKeeper {
  readonly #storage: PixelStorage;
  #kept: Kept | null = null;
  #isRead = false;

  constructor(storage: PixelStorage) {
    this.#storage = storage;
  }

  /** The visit of an event; null where none is known. To be called one event after the other; never rejects. */
  async visitOf(event: PixelEvent): Promise<VisitOfEvent | null> {
    const at = Date.parse(event.timestamp);
    if (!this.#isRead) await this.#read();
    const known = this.#kept !== null && at - this.#kept.at <= VISIT_PAUSE_MS ? this.#kept.visit : null;
    if (event.name !== "page_viewed" || !Number.isSafeInteger(at)) return known && { visit: known, isStarted: false };
    const address = addressOf(event);
    const campaign = campaignIn(address?.searchParams);
    const canBegin = address !== null && !NO_BEGINNING.test(address.pathname);
    const isStarted = canBegin && (known === null || isAnother(campaign, known));
    const visit = isStarted ? { device: deviceOf(event), ...campaign } : known;
    if (visit === null) return null;
    this.#kept = { at, visit };
    await this.#storage.setItem(KEPT, keptText(this.#kept)).catch(() => {});
    return { visit, isStarted };
  }

  /** Forgets the visit: the visitor does not allow it any more. */
  async forget(): Promise<void> {
    this.#kept = null;
    this.#isRead = true;
    await this.#storage.removeItem(KEPT).catch(() => {});
  }

  async #read(): Promise<void> {
    this.#isRead = true;
    const text = await this.#storage.getItem(KEPT).catch(() => null);
    this.#kept = keptIn(text ?? "");
  }
}

/**
 * When the visit ends where no page follows, in milliseconds since 1970, and then what it was made with, as in an address:
 * "1790000000000&device=phone&utm_source=mail".
 */
function keptText({ at, visit }: Kept): string {
  const params = parametersIn("");
  if (visit.device) params.set("device", visit.device);
  for (const name of PARAMETERS) if (visit[name]) params.set(`utm_${name}`, visit[name]);
  return `${at + VISIT_PAUSE_MS}&${params.toString()}`;
}

/** The sandbox is sure to have `URL`, which addresses are read by. */
function parametersIn(text: string): URLSearchParams {
  return new URL(`visit:?${text}`).searchParams;
}

/** What was kept; null for what another script, or an earlier release, wrote. */
function keptIn(text: string): Kept | null {
  const [, end, written] = /^(\d{1,16})&(.*)$/.exec(text) ?? [];
  if (end === undefined) return null;
  const params = parametersIn(written ?? "");
  return {
    at: Number(end) - VISIT_PAUSE_MS,
    visit: { device: DEVICES.find((one) => one === params.get("device")), ...campaignIn(params) },
  };
}

/** Where the page is; null where that cannot be read. */
function addressOf({ context }: PixelEvent): URL | null {
  try {
    return new URL(context?.document?.location?.href ?? "");
  } catch {
    return null;
  }
}

function campaignIn(params: URLSearchParams | undefined): Omit<SentVisit, "device"> {
  const text = (name: string) => campaignText(params?.get(`utm_${name}`) ?? "") || undefined;
  return { source: text("source"), medium: text("medium"), campaign: text("campaign") };
}

/** Whether a page was opened through a link of another campaign than the visit's. */
function isAnother(campaign: Omit<SentVisit, "device">, { source, medium, campaign: name }: SentVisit): boolean {
  const parts = [campaign.source, campaign.medium, campaign.campaign];
  return parts.some(Boolean) && parts.join("\n") !== [source, medium, name].join("\n");
}

/**
 * The kind of device, by the shorter side of its screen: what is held in a hand turns, and a window can be small on any
 * screen. A laptop's screen is no larger than a tablet's, so the browser's name decides there; tablets of Apple call
 * themselves a Macintosh, and their screen is always upright. Undefined where the browser tells no size.
 */
export function deviceOf({ context }: PixelEvent): Device | undefined {
  const { screen, innerWidth, innerHeight } = context?.window ?? {};
  const [width, height] = [screen?.width ?? innerWidth ?? 0, screen?.height ?? innerHeight ?? 0];
  const shorter = Math.min(width, height);
  if (!(shorter > 0)) return undefined;
  if (shorter < LEAST_TABLET) return "phone";
  const name = context?.navigator?.userAgent ?? "";
  const isUpright = height > width && shorter <= MOST_TABLET;
  return /iPad|Android|Tablet|Silk/i.test(name) || (/Macintosh/.test(name) && isUpright) ? "tablet" : "desktop";
}
