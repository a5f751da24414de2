import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface LandingPageProps {
  error: "missing" | "invalid" | null;
  /** Wraps the fields in a form that posts to the page. */
  form: (fields: ReactNode) => ReactNode;
}

/** What a visitor outside Shopify's admin sees: what the app does, and the way to it. */
export function LandingPage({ error, form }: LandingPageProps) {
  const { t } = useTranslation();
  return (
    <div className="tsuide-plain">
      <main>
        <h1>{t("landing.title")}</h1>
        <p>{t("landing.lead")}</p>
        <p>{t("landing.point")}</p>
        {form(
          <>
            <label htmlFor="shop">{t("landing.label")}</label>
            <input
              id="shop"
              name="shop"
              type="text"
              inputMode="url"
              autoComplete="on"
              autoCapitalize="none"
              spellCheck={false}
              placeholder={t("landing.placeholder")}
              aria-describedby={error === null ? "shop-help" : "shop-error shop-help"}
              aria-invalid={error !== null}
            />
            {error === null ? null : (
              <p id="shop-error" className="tsuide-plain-error" role="alert">
                {t(`landing.error.${error}`)}
              </p>
            )}
            <p id="shop-help">{t("landing.help")}</p>
            <button type="submit">{t("landing.submit")}</button>
          </>,
        )}
      </main>
    </div>
  );
}
