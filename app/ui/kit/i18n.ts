import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { MOST_NO } from "../../domain/measurement/voice/failing.ts";
import { LEAST_ORDERS_SHOWN } from "../../domain/offers/types/bought-together/published.ts";
import { type Language, LANGUAGES } from "./locale.ts";

/** Texts by page. */
type Messages = Record<string, object>;

const LOADERS: Record<Language, () => Promise<{ messages: Messages }>> = {
  en: () => import("../locales/en.ts"),
  ja: () => import("../locales/ja.ts"),
};
const loaded = new Map<Language, Messages>();

/**
 * Gets the texts of a language, once. The browser has those of its page before it takes the page over, and those of
 * another language before it changes to it.
 */
export async function loadMessages(language: Language): Promise<Messages> {
  const messages = loaded.get(language) ?? (await LOADERS[language]()).messages;
  loaded.set(language, messages);
  return messages;
}

/** Gets the texts of every language: for the server, which renders any of them. */
export async function loadAllMessages(): Promise<void> {
  await Promise.all(LANGUAGES.map(loadMessages));
}

/**
 * A translator for one language, ready at once, so that the page which the server renders and the one which the browser
 * takes over are the same. Throws where the texts of the language have not been loaded.
 */
export function createTranslator(language: Language): i18n {
  const messages = loaded.get(language);
  if (messages === undefined) throw new Error(`The texts of "${language}" are not loaded`);
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    defaultNS: "common",
    resources: { [language]: messages },
    initAsync: false,
    react: { useSuspense: false },
    // React escapes what it renders; escaping twice would show "&amp;".
    interpolation: {
      escapeValue: false,
      defaultVariables: { leastOrdersShown: LEAST_ORDERS_SHOWN, mostNo: 100 * MOST_NO },
    },
  });
  return instance;
}
