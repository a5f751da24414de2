import { useTranslation } from "react-i18next";

/** What is left to say where nothing else could be rendered: no Polaris, no App Bridge, no details of the fault. */
export function PlainErrorPage() {
  const { t } = useTranslation();
  return (
    <div className="tsuide-plain">
      <main>
        <h1>{t("error.title")}</h1>
        <p>{t("error.text")}</p>
        <a className="tsuide-plain-action" href="/app">
          {t("error.home")}
        </a>
      </main>
    </div>
  );
}
