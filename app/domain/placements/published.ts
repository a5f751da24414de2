import { isBasisPoints } from "../money/basis-points.ts";
import { isCurrencyCode } from "../money/currency.ts";

/**
 * What is published to Shopify and read from there by theme blocks, the discount Function and the checkout
 * extension: the shapes, their tolerant readers, and nothing else. A reader gives null for what it does not
 * understand (absent, broken, another version), and its caller then shows no offer; unknown fields are ignored.
 */

/** Version of every shape below. A reader of this version takes no other for it. */
export const PUBLISHED_VERSION = 1;

/** Where each shape is published. `$app` is the namespace that Shopify reserves for this app. */
export const PUBLISHED = {
  /** On a product: its companions as references, which Liquid resolves to live products. */
  companions: { owner: "product", namespace: "$app", key: "companions", type: "list.product_reference" },
  /** On a product: {@link PublishedOffer}. */
  offer: { owner: "product", namespace: "$app", key: "offer", type: "json" },
  /** On the automatic discount: {@link PublishedPolicy}. */
  policy: { owner: "discount", namespace: "$app", key: "policy", type: "json" },
  /** On the app's installation: {@link PublishedStorefront}, for Liquid. */
  storefront: { owner: "appInstallation", namespace: "tsuide", key: "storefront", type: "json" },
  /** On the shop: {@link PublishedCheckout}; UI extensions cannot read an app installation's metafields. */
  checkout: { owner: "shop", namespace: "$app", key: "checkout", type: "json" },
} as const;

/** Most references in `companions`, and how many of an offer's companions take part in its discount. */
export const LISTED_COMPANIONS = 8;
/**
 * Most companions in an offer; those after the listed ones only add to what goes with a whole cart. A Function
 * is given at most 128,000 bytes of input, all offers of the cart included: at about 1,100 bytes for 24 companions
 * a cart of 80 different products still fits.
 */
export const OFFER_COMPANIONS = 24;
/** Shopify hands no metafield above this many bytes to a Function. */
export const OFFER_BYTES = 10_000;
/** Most companions that a bought-together set shows. */
export const SET_SIZE = 3;

/** The bare number of a Shopify id, as Liquid knows it: "632910392". */
export type BareId = string;

export interface PublishedCompanion {
  readonly product: BareId;
  /** How well it goes with the offer's product, in (0, 1]; 0 for a pin without evidence. Comparable across offers. */
  readonly weight: number;
}

/** A bought-together offer of one product. */
export interface PublishedOffer {
  readonly version: typeof PUBLISHED_VERSION;
  /** "bt-<product number>"; the `_tsuide` line property names it. */
  readonly id: string;
  /** Off each unit of the product and of its listed companions while both are in the cart; 0 for none. */
  readonly discountBasisPoints: number;
  /** How many of the first companions the set shows, 1 to 3. */
  readonly set: number;
  /** True where nobody has bought these together yet: similar products are bought with them. Absent otherwise. */
  readonly similar?: true;
  /** Best first, at least one. */
  readonly companions: readonly PublishedCompanion[];
}

/** Minor units by currency code; a currency that is absent has no goal. */
export type GoalAmounts = Readonly<Record<string, number>>;

export interface PolicyMessages {
  readonly set: string;
  readonly shipping: string;
}

/** What the discount Function applies. */
export interface PublishedPolicy {
  readonly version: typeof PUBLISHED_VERSION;
  /** Whether bought-together discounts are on. */
  readonly sets: boolean;
  /** Free shipping from these amounts; null for no goal. */
  readonly goal: GoalAmounts | null;
  /** By language code, lower case ("en", "ja"). */
  readonly messages: Readonly<Record<string, PolicyMessages>>;
}

/** What theme blocks read. */
export interface PublishedStorefront {
  readonly version: typeof PUBLISHED_VERSION;
  readonly enabled: boolean;
  /** In hundredths of the unit, as Liquid counts: JPY 8,000 is 800000. Null for no goal. */
  readonly goal: Readonly<Record<string, number>> | null;
  readonly goalMinor: GoalAmounts | null;
}

/** What the checkout extension reads. */
export interface PublishedCheckout {
  readonly version: typeof PUBLISHED_VERSION;
  readonly goal: GoalAmounts | null;
}

/** Reads an offer from a metafield's text or from its parsed JSON. Null for anything else. */
export function parseProductOffer(value: unknown): PublishedOffer | null {
  const json = versioned(value);
  if (json === null) return null;
  const { id, discountBasisPoints, set } = json;
  if (typeof id !== "string" || id === "" || !isBasisPoints(discountBasisPoints)) return null;
  if (!Array.isArray(json.companions)) return null;
  const companions = distinct(json.companions.map(parseCompanion).filter((companion) => companion !== null));
  if (companions.length === 0) return null;
  const shown = Number.isInteger(set) ? Math.min(Math.max(set as number, 1), SET_SIZE) : SET_SIZE;
  const similar = json.similar === true ? { similar: true as const } : {};
  return { version: PUBLISHED_VERSION, id, discountBasisPoints, set: shown, ...similar, companions };
}

/** Reads the Function's policy. Null for anything else. */
export function parsePolicy(value: unknown): PublishedPolicy | null {
  const json = versioned(value);
  if (json === null) return null;
  const messages: Record<string, PolicyMessages> = {};
  for (const [language, texts] of Object.entries(record(json.messages) ?? {})) {
    const { set, shipping } = record(texts) ?? {};
    if (typeof set === "string" && typeof shipping === "string") messages[language.toLowerCase()] = { set, shipping };
  }
  return { version: PUBLISHED_VERSION, sets: json.sets === true, goal: parseGoal(json.goal), messages };
}

/** Reads what theme blocks read. Null for anything else. */
export function parseStorefront(value: unknown): PublishedStorefront | null {
  const json = versioned(value);
  if (json === null) return null;
  const goal = record(json.goal);
  return {
    version: PUBLISHED_VERSION,
    enabled: json.enabled === true,
    goal: goal === null ? null : amounts(goal, (amount) => Number.isFinite(amount) && amount > 0),
    goalMinor: parseGoal(json.goalMinor),
  };
}

/** Reads what the checkout extension reads. Null for anything else. */
export function parseCheckout(value: unknown): PublishedCheckout | null {
  const json = versioned(value);
  return json === null ? null : { version: PUBLISHED_VERSION, goal: parseGoal(json.goal) };
}

/** The product numbers of an offer that take part in its discount. */
export function listedProducts(offer: PublishedOffer): BareId[] {
  return offer.companions.slice(0, LISTED_COMPANIONS).map((companion) => companion.product);
}

const BARE_ID = /^[0-9]{1,20}$/;

function parseCompanion(value: unknown): PublishedCompanion | null {
  const { product, weight } = record(value) ?? {};
  if (typeof product !== "string" || !BARE_ID.test(product)) return null;
  return { product, weight: typeof weight === "number" && weight > 0 && Number.isFinite(weight) ? weight : 0 };
}

function distinct(companions: readonly PublishedCompanion[]): PublishedCompanion[] {
  const seen = new Set<BareId>();
  return companions.filter(({ product }) => !seen.has(product) && seen.add(product));
}

function parseGoal(value: unknown): GoalAmounts | null {
  const json = record(value);
  if (json === null) return null;
  const goal = amounts(json, (amount) => Number.isSafeInteger(amount) && amount > 0);
  return Object.keys(goal).length === 0 ? null : goal;
}

function amounts(json: Record<string, unknown>, accepts: (amount: number) => boolean): Record<string, number> {
  const kept: Record<string, number> = {};
  for (const [currency, amount] of Object.entries(json)) {
    if (isCurrencyCode(currency) && typeof amount === "number" && accepts(amount)) kept[currency] = amount;
  }
  return kept;
}

function versioned(value: unknown): Record<string, unknown> | null {
  const json = record(typeof value === "string" ? parsedJson(value) : value);
  return json !== null && json.version === PUBLISHED_VERSION ? json : null;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
