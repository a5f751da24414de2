import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import {
  Outlet,
  type ShouldRevalidateFunction,
  useLoaderData,
  useNavigation,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import polarisJapanese from "@shopify/polaris/locales/ja.json" with { type: "json" };
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { toggleLoadingBar } from "../ui/kit/app-bridge.ts";
import { ConnectionNotice } from "../ui/kit/connection-notice.tsx";
import { useLocale } from "../ui/kit/locale-provider.tsx";
import { isSignIn } from "../ui/kit/page-error-boundary.tsx";
import { PlainErrorPage } from "../ui/kit/plain-error-page.tsx";
import { NavMenu } from "../ui/kit/title-bar.tsx";

export async function loader({ request, context }: LoaderFunctionArgs) {
  await context.shopify.authenticate.admin(request);
  return context.appBridge;
}

/** Neither key nor address changes while the app is open. */
export const shouldRevalidate: ShouldRevalidateFunction = () => false;

export default function AdminLayout() {
  const { apiKey, appBridgeUrl } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const loading = useNavigation().state === "loading";
  useEffect(() => toggleLoadingBar(loading), [loading]);
  return (
    <Polaris apiKey={apiKey} appBridgeUrl={appBridgeUrl}>
      <NavMenu
        items={[
          { label: t("nav.home"), url: "/app", home: true },
          { label: t("nav.offers"), url: "/app/offers" },
          { label: t("nav.boughtTogether"), url: "/app/bought-together" },
          { label: t("nav.upgrades"), url: "/app/upgrades" },
          { label: t("nav.customers"), url: "/app/customers" },
          { label: t("nav.simulator"), url: "/app/simulator" },
          { label: t("nav.results"), url: "/app/results" },
          { label: t("nav.experiments"), url: "/app/experiments" },
          { label: t("nav.settings"), url: "/app/settings" },
        ]}
      />
      <main>
        <ConnectionNotice />
        <Outlet />
      </main>
    </Polaris>
  );
}

function Polaris(props: { apiKey: string; appBridgeUrl: string | null; children: ReactNode }) {
  const { language } = useLocale();
  return (
    <AppProvider
      isEmbeddedApp
      apiKey={props.apiKey}
      {...(props.appBridgeUrl === null ? {} : { __APP_BRIDGE_URL: props.appBridgeUrl })}
      {...(language === "ja" ? { i18n: polarisJapanese } : {})}
    >
      {props.children}
    </AppProvider>
  );
}

/** Answers that the package throws to sign a person in are pages of their own; anything else is explained in words. */
export function ErrorBoundary() {
  const error = useRouteError();
  const data = useRouteLoaderData<typeof loader>("routes/app");
  if (isSignIn(error)) return boundary.error(error);
  return data === undefined ? <PlainErrorPage /> : <Polaris {...data}>{<PlainErrorPage />}</Polaris>;
}

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);
