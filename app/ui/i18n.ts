import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import enBoughtTogether from "./locales/en/bought-together.json" with { type: "json" };
import enCommon from "./locales/en/common.json" with { type: "json" };
import enCustomers from "./locales/en/customers.json" with { type: "json" };
import enHome from "./locales/en/home.json" with { type: "json" };
import enNotices from "./locales/en/notices.json" with { type: "json" };
import enRanking from "./locales/en/ranking.json" with { type: "json" };
import enSettings from "./locales/en/settings.json" with { type: "json" };
import jaBoughtTogether from "./locales/ja/bought-together.json" with { type: "json" };
import jaCommon from "./locales/ja/common.json" with { type: "json" };
import jaCustomers from "./locales/ja/customers.json" with { type: "json" };
import jaHome from "./locales/ja/home.json" with { type: "json" };
import jaNotices from "./locales/ja/notices.json" with { type: "json" };
import jaRanking from "./locales/ja/ranking.json" with { type: "json" };
import jaSettings from "./locales/ja/settings.json" with { type: "json" };
import enUpgrades from "./locales/en/upgrades.json" with { type: "json" };
import jaUpgrades from "./locales/ja/upgrades.json" with { type: "json" };
import type { Language } from "./locale.ts";

/** All texts, by language and page. */
export const MESSAGES = {
  en: {
    common: enCommon,
    home: enHome,
    "bought-together": enBoughtTogether,
    ranking: enRanking,
    upgrades: enUpgrades,
    settings: enSettings,
    customers: enCustomers,
    notices: enNotices,
  },
  ja: {
    common: jaCommon,
    home: jaHome,
    "bought-together": jaBoughtTogether,
    ranking: jaRanking,
    upgrades: jaUpgrades,
    settings: jaSettings,
    customers: jaCustomers,
    notices: jaNotices,
  },
} satisfies Record<Language, Record<string, object>>;

/**
 * A translator for one language, ready at once: the texts are part of the bundle, so that the page which the
 * server renders and the one which the browser takes over are the same.
 */
export function createTranslator(language: Language): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    defaultNS: "common",
    resources: MESSAGES,
    initAsync: false,
    react: { useSuspense: false },
    // React escapes what it renders; escaping twice would show "&amp;".
    interpolation: { escapeValue: false },
  });
  return instance;
}
