import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { OfferMode } from "../../domain/settings/modes.ts";
import type { Difference } from "../../domain/mining/upgrades/difference.ts";
import type { Measure } from "../../domain/mining/upgrades/measured-size.ts";
import type { RankingName } from "../../domain/mining/rankers/ranker.ts";
import { ACTIVITY_KINDS } from "../../domain/shop/activity.ts";
import { NOTICE_CODES } from "../../domain/shop/notice.ts";
import { LEFT_OUT_REASONS } from "../../domain/orders/cleaning.ts";
import type { RankingReason, RankingSurface } from "../../views/ranking-view.ts";
import type { UpgradeCandidateView } from "../../views/upgrades-view.ts";
import type { CompanionView, ProductDisplay } from "../../views/bought-together-view.ts";
import type { HomeView, ImportView } from "../../views/home-view.ts";
import type { TierOutcome } from "../../domain/simulation/simulate-tiers.ts";
import type { SimulatorOutcome } from "../../views/simulator-view.ts";
import { COMPANION_INTENTS } from "../pages/bought-together/companion-intent.ts";
import type { Visibility } from "../pages/bought-together/evidence.ts";
import { FILTERS } from "../pages/bought-together/list-query.ts";
import { allSettings, FORM_SECTIONS, formSettings } from "../../domain/settings/sections.ts";
import { loadMessages } from "./i18n.ts";
import { LANGUAGES } from "./locale.ts";
import { UPGRADE_FILTERS } from "../pages/upgrades/list-query.ts";
import { UPGRADE_INTENTS } from "../pages/upgrades/upgrade-intent.ts";

const MODES = ["automatic", "review", "manual"] satisfies OfferMode[];
const APP = join(import.meta.dirname, "../..");
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Flat texts of one language: "home:setup.title" -> text. */
function flatten(value: unknown, path: string): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  return Object.entries(value as Record<string, unknown>).flatMap(([key, below]) =>
    flatten(below, path === "" ? `${key}:` : path.endsWith(":") ? path + key : `${path}.${key}`),
  );
}

const texts = Object.fromEntries(
  await Promise.all(LANGUAGES.map(async (language) => [language, flatten(await loadMessages(language), "")] as const)),
);
const keysOf = (language: string) => new Set(texts[language]!.map(([key]) => key.replace(PLURAL, "")));
/** The figures of a text; the count itself may be said in words ("one field"). */
const variablesOf = (text: string) =>
  [...text.matchAll(/{{\s*(\w+)/g)].flatMap((match) => (match[1] === "count" ? [] : [match[1]])).toSorted();

/** Every key that the code asks for, as a pattern: what is put in at run time may be any one word. */
function usedKeys(): { file: string; key: string; pattern: RegExp }[] {
  return sourceFiles().flatMap((file) => {
    const source = readFileSync(join(APP, file), "utf8");
    const namespace = /(?:useTranslation\(|TFunction<)"([a-z-]+)"/.exec(source)?.[1] ?? "common";
    const calls = source.matchAll(
      /(?<![\w.])(?:t\(|exists\(|const key = )\s*(?:[\w.]+ \? )?(["`])([^"`]+)\1(?: : "([^"]+)")?/g,
    );
    return [...calls]
      .flatMap((call) => [call[2]!, ...(call[3] === undefined ? [] : [call[3]])])
      .filter((key) => /^[\w${}.:-]+$/.test(key) && (key.includes(".") || key === "title" || !key.includes("$")))
      .map((key) => {
        const full = key.includes(":") ? key : `${namespace}:${key}`;
        const pattern = full.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(".", "\\."));
        return { file, key: full, pattern: new RegExp(`^${pattern.join("[\\w-]+")}$`) };
      });
  });
}

function sourceFiles(): string[] {
  return ["ui", "routes"].flatMap((folder) =>
    readdirSync(join(APP, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
}

describe("the admin's texts", () => {
  it("has the same texts in every language", () => {
    for (const language of LANGUAGES) expect([...keysOf(language)].toSorted()).toEqual([...keysOf("en")].toSorted());
  });

  it("has every plural form that the language knows, and no other", () => {
    for (const language of LANGUAGES) {
      const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const plurals = texts[language]!.map(([key]) => key).filter((key) => PLURAL.test(key));
      const bases = new Set(plurals.map((key) => key.replace(PLURAL, "")));
      const expected = [...bases].flatMap((base) => categories.map((category) => `${base}_${category}`));
      expect(plurals.toSorted()).toEqual(expected.toSorted());
    }
  });

  it("puts the same figures into a text in every language, whatever their order", () => {
    const english = new Map(texts.en!.map(([key, text]) => [key.replace(PLURAL, ""), variablesOf(text)]));
    for (const language of LANGUAGES) {
      for (const [key, text] of texts[language]!) {
        expect({ key, variables: variablesOf(text) }).toEqual({ key, variables: english.get(key.replace(PLURAL, "")) });
      }
    }
  });

  it("leaves no text empty, and no Japanese text in English", () => {
    for (const language of LANGUAGES) {
      for (const [key, text] of texts[language]!) expect(text, key).not.toBe("");
    }
    const english = new Map(texts.en!);
    const same = texts.ja!.filter(([key, text]) => english.get(key) === text).map(([key]) => key);
    expect(same).toEqual(["common:landing.placeholder"]);
  });

  it("calls where shoppers meet an offer a place, never by the code's own word", () => {
    const foreign = { en: /\bsurfaces?\b/i, ja: /サーフェ[イー]?ス|(?<!表示)場所別/ };
    for (const language of LANGUAGES) {
      expect(texts[language]!.filter(([, text]) => foreign[language].test(text.replace(/{{\w+}}/g, "")))).toEqual([]);
    }
  });

  it("has one spelling, and one word for the shop, the last publish and experiments", () => {
    const other = {
      en: /\b(colors?|canceled|analyzed|catalogs?|e-mails?)\b/i,
      ja: /ショップ|最終公開|(?<!A\/B)テスト「/,
    };
    for (const language of LANGUAGES) {
      expect(texts[language]!.filter(([, text]) => other[language].test(text))).toEqual([]);
    }
  });

  it("has every text that the code asks for", () => {
    const known = [...keysOf("en")];
    const missing = usedKeys().filter(({ pattern }) => !known.some((key) => pattern.test(key)));
    expect(missing.map(({ file, key }) => `${file}: ${key}`)).toEqual([]);
  });

  it("has no text that nothing asks for", () => {
    const used = usedKeys();
    expect(used.length).toBeGreaterThan(100);
    const unused = [...keysOf("en")].filter((key) => !used.some(({ pattern }) => pattern.test(key)));
    expect(unused).toEqual([]);
  });

  it("has words for every code that a flow can answer with", () => {
    const codes: Record<string, readonly string[]> = {
      "activity:kind": ACTIVITY_KINDS,
      "home:leftOut.reason": LEFT_OUT_REASONS,
      "home:import.status": statuses,
      "home:import.failed": importErrors,
      "home:surface": surfaces,
      "home:learned.status": ["never", "running"] satisfies HomeView["mining"]["status"][],
      "home:learned.mode": ["review", "manual"] satisfies HomeView["offers"]["mode"][],
      "bought-together:display": displays,
      "bought-together:grade": ["strong", "fair", "thin"] satisfies CompanionView["grade"][],
      "bought-together:visibility": hidden,
      "bought-together:evidence.insteadOf": ["switching", "same-kind"] satisfies CompanionView["insteadOf"][],
      "bought-together:figures.trend": ["rising", "steady", "falling", "unknown"],
      "bought-together:figures.place": ["page", "cart", "viewed", "similar", "pinned"],
      "bought-together:toast": COMPANION_INTENTS,
      "bought-together:filter.option": FILTERS,
      "bought-together:refusal": ["unknown-product", "same-product", "too-many-pins", "invalid", "unknown"],
      "bought-together:mode": MODES.filter((mode) => mode !== "automatic"),
      "settings:field": Object.keys({ ...formSettings.fields, ...allSettings.fields }),
      "settings:section": Object.keys(FORM_SECTIONS),
      "offers:field.mode.option": MODES,
      "common:ranker": rankers,
      "ranking:name": rankers,
      notices: NOTICE_CODES,
      "upgrades:basis": upgradeBases,
      "upgrades:why": upgradeBases,
      "upgrades:toast": UPGRADE_INTENTS,
      "upgrades:filter.option": UPGRADE_FILTERS,
      "upgrades:refusal": ["unknown-product", "same-product", "invalid", "unknown"],
      "upgrades:difference": differenceCodes,
      "upgrades:difference.size": measures,
      "simulator:outcome": outcomes.filter((code) => code !== "tiers"),
      "simulator:tier": ["shipping", "order", "gift"],
      "simulator:tier.outcome": tierOutcomes,
      "ranking:surface": rankedSurfaces,
      "ranking:history": ["without", "with"],
      "ranking:reason.items": rankingReasons,
      "ranking:surface.customer.atCheckout": ["in-use", "switched-off", "no-gain", "not-measured"],
    };
    const known = keysOf("en");
    const wanted = Object.entries(codes).flatMap(([path, values]) =>
      values.map((value) => (path.includes(":") ? `${path}.${value}` : `${path}:${value}`)),
    );
    expect(wanted.filter((key) => ![...known].some((one) => one === key || one.startsWith(`${key}.`)))).toEqual([]);
  });
});

// Objects and not lists, so that the compiler asks for a line when a code is added.
const statuses = Object.keys({ waiting: 0, "running-at-shopify": 0, reading: 0 } satisfies Record<
  Exclude<ImportView["status"], "done" | "failed">,
  0
>);
const importErrors = Object.keys({
  "access-denied": 0,
  "shop-closed": 0,
  "shopify-error": 0,
  expired: 0,
  "file-broken": 0,
  timeout: 0,
} satisfies Record<NonNullable<ImportView["errorCode"]>, 0>);
const surfaces = Object.keys({ product: 0, cart: 0, checkout: 0, "thank-you": 0, page: 0 } satisfies Record<
  HomeView["recent"][number]["surface"],
  0
>);
const rankers = Object.keys({
  popularity: 0,
  "best-rule": 0,
  confidence: 0,
  "basket-neighbours": 0,
  "basket-blend": 0,
  "neighbour-ridge": 0,
  blend: 0,
} satisfies Record<RankingName, 0>);
const outcomes = Object.keys({
  ...{ applied: 0, "partly-applied": 0, lost: 0, stopped: 0, "subscriptions-only": 0, "other-currencies": 0 },
  ...{ "more-units": 0, "products-missing": 0, "price-not-lower": 0, "nothing-to-take-off": 0, "free-delivery": 0 },
  ...{ "nothing-ships": 0, "other-countries": 0, "other-method": 0, "amount-missing": 0, "never-free": 0, draft: 0 },
  ...{ "earns-credit": 0, "no-credit": 0 },
  ...{ paused: 0, scheduled: 0, ended: 0, unusable: 0, "not-for-these-products": 0, outranked: 0, "no-discount": 0 },
  ...{
    "nothing-to-offer": 0,
    "not-published": 0,
    "shop-paused": 0,
    "discount-off": 0,
    "other-arm": 0,
    "other-shoppers": 0,
    tiers: 0,
  },
} satisfies Record<SimulatorOutcome["code"], 0>);
const tierOutcomes = Object.keys({
  ...{ applied: 0, lost: 0, "not-in-cart": 0, "not-given": 0, "amount-missing": 0, "other-currencies": 0 },
} satisfies Record<Exclude<TierOutcome, { reward: "shipping" }>["code"], 0>);
const rankedSurfaces = Object.keys({ cart: 0, page: 0, customer: 0 } satisfies Record<RankingSurface, 0>);
const rankingReasons = Object.keys({
  "clearly-better-than-simpler-ones": 0,
  "nothing-was-clearly-better": 0,
  "the-best-cannot-be-published": 0,
  "too-few-orders": 0,
} satisfies Record<RankingReason, 0>);
const upgradeBases = Object.keys({ moved: 0, alike: 0, type: 0 } satisfies Record<UpgradeCandidateView["basis"], 0>);
const differenceCodes = Object.keys({
  size: 0,
  attribute: 0,
  gained: 0,
  choice: 0,
  rating: 0,
  benefit: 0,
  "fewer-returns": 0,
  vendor: 0,
} satisfies Record<Difference["code"], 0>);
const measures = Object.keys({
  volume: 0,
  mass: 0,
  count: 0,
  storage: 0,
  length: 0,
  duration: 0,
} satisfies Record<Measure, 0>);
const displays = Object.keys({
  shown: 0,
  publishing: 0,
  "to-review": 0,
  "to-pin": 0,
  blocked: 0,
  excluded: 0,
  "not-shown": 0,
  "no-suggestion": 0,
} satisfies Record<ProductDisplay, 0>);
const hidden = Object.keys({
  "in-reserve": 0,
  unavailable: 0,
  substitute: 0,
  resting: 0,
  "near-identical": 0,
  thin: 0,
  "does-not-fit": 0,
  "too-expensive": 0,
  "low-margin": 0,
  "waits-for-review": 0,
  "waits-for-pin": 0,
  "further-down": 0,
  "not-published-yet": 0,
} satisfies Record<Exclude<Visibility, "shown" | "blocked" | "excluded">, 0>);
