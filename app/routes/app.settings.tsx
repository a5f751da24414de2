import { type ActionFunctionArgs, json, type LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData, useRouteLoaderData } from "@remix-run/react";
import { useState } from "react";
import { z } from "zod";
import { readSettings } from "../flows/offers/read-settings.ts";
import { republish } from "../flows/offers/republish.ts";
import { saveSettings } from "../flows/offers/save-settings.ts";
import { languageChoiceCookie } from "../language-choice.server.ts";
import type { loader as rootLoader } from "../root.tsx";
import { signedInShop } from "../signed-in-shop.server.ts";
import { LANGUAGES } from "../ui/locale.ts";
import { parseSettingsForm, sameForm, type SettingsForm, settingsForm } from "../ui/settings/settings-form.ts";
import { SettingsPage } from "../ui/settings/settings-page.tsx";
import { useNews } from "../ui/use-news.ts";
import { useSettingsToasts } from "../ui/settings/use-settings-toasts.ts";

export { PageErrorBoundary as ErrorBoundary } from "../ui/page-error-boundary.tsx";

const LONGEST_FIELD = 40;
const MOST_CURRENCIES = 200;

export async function loader({ request }: LoaderFunctionArgs) {
  return { view: await readSettings(await signedInShop(request)) };
}

const field = z.string().max(LONGEST_FIELD);
const sentForm = z.object({
  discountPercent: field,
  setSize: field,
  mode: field,
  tellOrdersTogether: z.boolean(),
  useCustomerHistory: z.boolean(),
  goalEnabled: z.boolean(),
  goalAmounts: z
    .record(z.string().regex(/^[A-Z]{3}$/), field)
    .refine((amounts) => Object.keys(amounts).length <= MOST_CURRENCIES),
}) satisfies z.ZodType<SettingsForm>;

const request = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("save"), form: z.string().max(20_000) }),
  z.object({ intent: z.literal("publish") }),
  z.object({ intent: z.literal("language"), language: z.enum([...LANGUAGES, "shopify"]) }),
]);

/** Saves the form, publishes now, or keeps a person's choice of language. */
export async function action(args: ActionFunctionArgs) {
  const shop = await signedInShop(args.request);
  const parsed = request.safeParse(Object.fromEntries(await args.request.formData()));
  if (!parsed.success) return json({ code: "unreadable" as const }, { status: 400 });
  switch (parsed.data.intent) {
    case "publish":
      return json(await republish(shop));
    case "language": {
      const { language } = parsed.data;
      const cookie = await languageChoiceCookie(args.request, language === "shopify" ? null : language);
      return json({ code: "chosen" as const }, { headers: { "Set-Cookie": cookie } });
    }
    case "save": {
      const form = readForm(parsed.data.form);
      if (form === null) return json({ code: "unreadable" as const }, { status: 400 });
      const settings = parseSettingsForm(form);
      return json(settings.code === "ok" ? await saveSettings(shop, settings.input) : settings);
    }
  }
}

function readForm(text: string): SettingsForm | null {
  try {
    return sentForm.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export default function Settings() {
  const { view } = useLoaderData<typeof loader>();
  const languageChoice = useRouteLoaderData<typeof rootLoader>("root")?.languageChoice ?? null;
  const save = useFetcher<typeof action>({ key: "settings" });
  const publish = useFetcher<typeof action>({ key: "publish" });
  const language = useFetcher<typeof action>({ key: "language" });
  // Null as long as nothing was typed: then the page follows what is saved.
  const [edited, setEdited] = useState<SettingsForm | null>(null);
  const [browserErrors, setBrowserErrors] = useState<Record<string, string>>({});
  const saved = settingsForm(view);
  const form = edited ?? saved;
  const answer = save.state === "idle" ? save.data : undefined;
  const [answered, setAnswered] = useState<unknown>(undefined);
  if (answer !== undefined && answer !== answered) {
    setAnswered(answer);
    if (answer.code === "saved") setEdited(null);
    setBrowserErrors(answer.code === "invalid" ? answer.errors : {});
  }
  useSettingsToasts({ save: answer, publish: publish.data });
  useNews(view.publishing);

  const submitForm = () => {
    const parsed = parseSettingsForm(form);
    if (parsed.code === "invalid") return setBrowserErrors(parsed.errors);
    setBrowserErrors({});
    save.submit({ intent: "save", form: JSON.stringify(form) }, { method: "post" });
  };
  return (
    <SettingsPage
      view={view}
      form={form}
      onChange={(change) => setEdited({ ...form, ...change })}
      errors={browserErrors}
      dirty={edited !== null && !sameForm(edited, saved)}
      saving={save.state !== "idle"}
      onSave={submitForm}
      onDiscard={() => {
        setEdited(null);
        setBrowserErrors({});
      }}
      language={{
        choice: languageChoice,
        saving: language.state !== "idle",
        onChoose: (choice) =>
          language.submit({ intent: "language", language: choice ?? "shopify" }, { method: "post" }),
      }}
      publish={{
        queueing: publish.state !== "idle",
        onPublish: () => publish.submit({ intent: "publish" }, { method: "post" }),
      }}
    />
  );
}
