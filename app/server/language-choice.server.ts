import { createCookie } from "@remix-run/node";
import { z } from "zod";
import { type AdminLocale, chooseLocale, LANGUAGES, type Language } from "../ui/kit/locale.ts";

const ONE_YEAR_S = 365 * 24 * 60 * 60;

// Partitioned, since the admin shows the app in a frame of another site, where other cookies are refused.
const languageCookie = createCookie("tsuide_language", {
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "none",
  partitioned: true,
  maxAge: ONE_YEAR_S,
});

const kept = z.object({ choice: z.enum(LANGUAGES).nullable(), shopify: z.string().max(20).nullable() });
type Kept = z.infer<typeof kept>;

/** What a page needs to know about languages, and the cookie to set where Shopify named a new one. */
export interface RequestLanguage {
  locale: AdminLocale;
  /** The language that this person chose in the settings; null where they follow Shopify's. */
  choice: Language | null;
  setCookie: string | null;
}

/**
 * The language of the page that a request asks for. Shopify names its language in the first address alone, so it is
 * kept for the pages that are opened after it.
 */
export async function requestLanguage(request: Request): Promise<RequestLanguage> {
  const { choice, shopify } = await readKept(request);
  const parameter = new URL(request.url).searchParams.get("locale")?.slice(0, 20) ?? null;
  const isNew = parameter !== null && parameter !== shopify;
  return {
    locale: chooseLocale({
      choice,
      parameter: parameter ?? shopify,
      acceptLanguage: request.headers.get("Accept-Language"),
    }),
    choice,
    setCookie: isNew ? await languageCookie.serialize({ choice, shopify: parameter } satisfies Kept) : null,
  };
}

/** The `Set-Cookie` header that keeps a person's choice, or goes back to Shopify's language where it is null. */
export async function languageChoiceCookie(request: Request, choice: Language | null): Promise<string> {
  const { shopify } = await readKept(request);
  return languageCookie.serialize({ choice, shopify } satisfies Kept);
}

async function readKept(request: Request): Promise<Kept> {
  const value: unknown = await languageCookie.parse(request.headers.get("Cookie")).catch(() => null);
  return kept.safeParse(value).data ?? { choice: null, shopify: null };
}
