/** The languages that the admin is written in. The first is the one to fall back on. */
export const LANGUAGES = ["en", "ja"] as const;
export type Language = (typeof LANGUAGES)[number];

export interface AdminLocale {
  language: Language;
  /** BCP 47 tag for numbers, money and dates; of the same language, with the region where it is known ("en-GB"). */
  tag: string;
}

/** True for one of {@link LANGUAGES}. */
export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/**
 * The language to use, by the first of these that is known: the person's own choice in the settings, the
 * `locale` parameter that Shopify opens the app with, the browser's `Accept-Language`, English.
 */
export function chooseLocale(known: {
  choice: string | null;
  parameter: string | null;
  acceptLanguage: string | null;
}): AdminLocale {
  const wishes = [known.parameter ?? "", ...byPreference(known.acceptLanguage ?? "")].flatMap(asLocale);
  if (!isLanguage(known.choice)) return wishes[0] ?? { language: LANGUAGES[0], tag: LANGUAGES[0] };
  const language = known.choice;
  return wishes.find((wish) => wish.language === language) ?? { language, tag: language };
}

function asLocale(tag: string): AdminLocale[] {
  const canonical = canonicalTag(tag);
  const language = canonical?.split("-")[0];
  return canonical !== null && isLanguage(language) ? [{ language, tag: canonical }] : [];
}

/** Longer than any tag that names a language, a script and a region. */
const LONGEST_TAG = 20;

function canonicalTag(tag: string): string | null {
  if (tag.length > LONGEST_TAG) return null;
  try {
    // Without extensions such as "-u-nu-arab": they would change digits and calendars behind the texts' back.
    return new Intl.Locale(tag).baseName;
  } catch {
    return null;
  }
}

function byPreference(header: string): string[] {
  return header
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.split(";").map((piece) => piece.trim());
      const quality = Number(parameters.find((piece) => piece.startsWith("q="))?.slice(2) ?? 1);
      return { tag, quality: Number.isNaN(quality) ? 0 : quality };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}
