import { type ActionFunctionArgs, json, type LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData, useRouteLoaderData } from "@remix-run/react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { formSettings } from "../domain/settings/sections.ts";
import { readSettings } from "../flows/settings/read-settings.ts";
import { setPaused } from "../flows/settings/pause.ts";
import { republish } from "../flows/publishing/republish.ts";
import { saveSettings } from "../flows/settings/save-settings.ts";
import { languageChoiceCookie } from "../server/language-choice.server.ts";
import type { loader as rootLoader } from "../root.tsx";
import { signedInShop, signedInStaff } from "../server/signed-in-shop.server.ts";
import { showToast } from "../ui/kit/app-bridge.ts";
import { loadAllMessages } from "../ui/kit/i18n.ts";
import { type FormErrors, isFormOf, type ShapeForm } from "../ui/forms/shape-form.ts";
import { readSentForm } from "../ui/forms/sent-form.ts";
import { useSavedForm } from "../ui/forms/use-saved-form.ts";
import { type Language, LANGUAGES } from "../ui/kit/locale.ts";
import { parseSettingsForm, settingsForm } from "../ui/pages/settings/settings-form.ts";
import { SettingsPage } from "../ui/pages/settings/settings-page.tsx";
import { usePause } from "../ui/kit/use-pause.ts";
import { useShown } from "../ui/kit/kept-page.ts";
import { usePolling } from "../ui/kit/use-polling.ts";
import { usePublishToast } from "../ui/pages/settings/use-publish-toast.ts";

export { freshOrKept as clientLoader } from "../ui/kit/kept-page.ts";
export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";

export async function loader({ request, context }: LoaderFunctionArgs) {
  return { view: await readSettings(await signedInShop(request, context), context.flows) };
}

const request = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("save"), form: z.string() }),
  z.object({ intent: z.enum(["publish", "pause", "resume"]) }),
  z.object({ intent: z.literal("language"), language: z.enum([...LANGUAGES, "shopify"]) }),
]);

/** Saves the form, publishes now, or keeps a person's choice of language. */
export async function action(args: ActionFunctionArgs) {
  const { shop, flows } = await signedInStaff(args.request, args.context);
  const parsed = request.safeParse(Object.fromEntries(await args.request.formData()));
  if (!parsed.success) return json({ code: "unreadable" as const }, { status: 400 });
  switch (parsed.data.intent) {
    case "publish":
      return json(await republish(shop, flows));
    case "pause":
    case "resume":
      return json(await setPaused(shop, parsed.data.intent === "pause", flows));
    case "language": {
      const { language } = parsed.data;
      const cookie = await languageChoiceCookie(args.request, language === "shopify" ? null : language);
      return json({ code: "chosen" as const }, { headers: { "Set-Cookie": cookie } });
    }
    case "save": {
      const sent = readSentForm(parsed.data.form, isSettingsForm);
      if (sent === null) return json({ code: "unreadable" as const }, { status: 400 });
      const settings = parseSettingsForm(sent.fields);
      return json(settings.code === "ok" ? await saveSettings(shop, settings.input, sent.version, flows) : settings);
    }
  }
}

export { answerOrFailure as clientAction, readAgainAfterSave as shouldRevalidate } from "../ui/forms/save-outcome.ts";

export default function Settings() {
  const data = useLoaderData<typeof loader>();
  useShown(data);
  const { view } = data;
  const languageChoice = useRouteLoaderData<typeof rootLoader>("root")?.languageChoice ?? null;
  const { t } = useTranslation();
  const publish = useFetcher<typeof action>({ key: "publish" });
  const language = useFetcher<typeof action>({ key: "language" });
  const form = useSavedForm({
    key: "settings",
    saved: { fields: settingsForm(view), version: view.version },
    validate: settingsErrors,
  });
  const { submit: submitLanguage } = language;
  const chooseLanguage = useCallback(
    (choice: Language | null) => {
      const submit = () => submitLanguage({ intent: "language", language: choice ?? "shopify" }, { method: "post" });
      // Which language Shopify's choice is, the server alone knows.
      void loadAllMessages().then(submit, () => showToast(t("form.failed.offline")));
    },
    [submitLanguage, t],
  );
  usePublishToast(publish.data);
  usePolling(view.publishing);
  return (
    <SettingsPage
      view={view}
      form={form}
      language={{
        choice: languageChoice,
        saving: language.state !== "idle",
        onChoose: chooseLanguage,
      }}
      pause={usePause()}
      publish={{
        queueing: publish.state !== "idle",
        onPublish: () => publish.submit({ intent: "publish" }, { method: "post" }),
      }}
    />
  );
}

function isSettingsForm(fields: unknown): fields is ShapeForm {
  return isFormOf(formSettings.description, fields);
}

function settingsErrors(form: ShapeForm): FormErrors {
  const parsed = parseSettingsForm(form);
  return parsed.code === "ok" ? {} : parsed.errors;
}
