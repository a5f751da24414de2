import { RemixBrowser } from "@remix-run/react";
import { startTransition, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { loadMessages } from "./ui/kit/i18n.ts";
import { isLanguage, LANGUAGES } from "./ui/kit/locale.ts";

const { lang } = document.documentElement;
void loadMessages(isLanguage(lang) ? lang : LANGUAGES[0]).then(() =>
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <RemixBrowser />
      </StrictMode>,
    );
  }),
);
