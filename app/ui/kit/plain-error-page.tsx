import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { useTranslation } from "react-i18next";

/** What is left to say where nothing else could be rendered: no Polaris, no App Bridge, no details of the fault. */
export function PlainErrorPage() {
  const error = useRouteError();
  const { t } = useTranslation();
  const notFound = isRouteErrorResponse(error) && error.status === 404;
  return (
    <div className="tsuide-plain">
      <main>
        <h1>{notFound ? t("notFound.title") : t("error.title")}</h1>
        <p>{notFound ? t("notFound.text") : t("error.text")}</p>
        <a className="tsuide-plain-action" href="/app">
          {t("error.home")}
        </a>
      </main>
    </div>
  );
}
