import { json, type LinksFunction, type LoaderFunctionArgs } from "@remix-run/node";
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunction,
  useRouteLoaderData,
} from "@remix-run/react";
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";
import type { ReactNode } from "react";
import adminStyles from "./ui/kit/admin.css?url";
import { requestLanguage } from "./server/language-choice.server.ts";
import type { AdminLocale } from "./ui/kit/locale.ts";
import { LocaleProvider } from "./ui/kit/locale-provider.tsx";
import { PlainErrorPage } from "./ui/kit/plain-error-page.tsx";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: polarisStyles },
  { rel: "stylesheet", href: adminStyles },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export async function loader({ request }: LoaderFunctionArgs) {
  const { locale, choice, setCookie } = await requestLanguage(request);
  return json({ locale, languageChoice: choice }, setCookie === null ? {} : { headers: { "Set-Cookie": setCookie } });
}

/** Only the first address carries Shopify's `locale`, so the language holds until a person chooses another one. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formData }) => formData?.get("intent") === "language";

const FALLBACK: AdminLocale = { language: "en", tag: "en" };

export function Layout({ children }: { children: ReactNode }) {
  const locale = useRouteLoaderData<typeof loader>("root")?.locale ?? FALLBACK;
  return (
    <html lang={locale.language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>Tsuide</title>
        <Meta />
        <Links />
      </head>
      <body>
        <LocaleProvider locale={locale}>{children}</LocaleProvider>
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <PlainErrorPage />;
}
