import { createContext, type ReactNode, useContext, useMemo } from "react";
import { I18nextProvider, useTranslation } from "react-i18next";
import { type Formats, formatsFor } from "./format.ts";
import { createTranslator } from "./i18n.ts";
import type { AdminLocale } from "./locale.ts";

const LocaleContext = createContext<AdminLocale>({ language: "en", tag: "en" });

/** Gives everything below it one language: texts, numbers, money and dates. */
export function LocaleProvider({ locale, children }: { locale: AdminLocale; children: ReactNode }) {
  const translator = useMemo(() => createTranslator(locale.language), [locale.language]);
  return (
    <LocaleContext.Provider value={locale}>
      <I18nextProvider i18n={translator}>{children}</I18nextProvider>
    </LocaleContext.Provider>
  );
}

/** The language in force. */
export function useLocale(): AdminLocale {
  return useContext(LocaleContext);
}

/** Formats in the language in force and the shop's timezone (UTC where it is not known). */
export function useFormats(timezone?: string): Formats {
  const { tag } = useLocale();
  const { t } = useTranslation();
  return useMemo(() => {
    const countryName = (code: string) => t(`names:country.${code}`, { defaultValue: code });
    return formatsFor(tag, timezone, countryName);
  }, [tag, timezone, t]);
}
