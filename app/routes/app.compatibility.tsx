import { type ActionFunctionArgs, json, type LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { z } from "zod";
import { compatibilityRules, MOST_RULES } from "../domain/offers/compatibility/compatibility-rules.ts";
import { importFits, readCompatibilityPage, saveCompatibility } from "../flows/offers/compatibility.ts";
import { signedInShop, signedInStaff } from "../server/signed-in-shop.server.ts";
import { readSentForm } from "../ui/forms/sent-form.ts";
import { type FormErrors, isFormOf, rowsOf, type ShapeForm } from "../ui/forms/shape-form.ts";
import { useSavedForm } from "../ui/forms/use-saved-form.ts";
import { useShown } from "../ui/kit/kept-page.ts";
import { compatibilityForm, parseCompatibilityForm, withRules } from "../ui/pages/compatibility/compatibility-form.ts";
import { CompatibilityPage } from "../ui/pages/compatibility/compatibility-page.tsx";
import type { ImportState } from "../ui/pages/compatibility/import-card.tsx";

export { freshOrKept as clientLoader } from "../ui/kit/kept-page.ts";
export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";
export { answerOrFailure as clientAction, readAgainAfterSave as shouldRevalidate } from "../ui/forms/save-outcome.ts";

/** The ids of all products that rules may name, and some to spare. */
const LONGEST_FORM = 200_000;

export async function loader({ request, context }: LoaderFunctionArgs) {
  return { view: await readCompatibilityPage(await signedInShop(request, context), context.flows) };
}

const request = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("save"), form: z.string() }),
  z.object({
    intent: z.literal("import"),
    text: z.string(),
    stated: z.coerce.number().int().min(0).max(MOST_RULES),
  }),
]);

/** Saves the form, or reads a file that the form is filled in with. */
export async function action(args: ActionFunctionArgs) {
  const { shop, flows } = await signedInStaff(args.request, args.context);
  const parsed = request.safeParse(Object.fromEntries(await args.request.formData()));
  if (!parsed.success) return json({ code: "unreadable" as const }, { status: 400 });
  if (parsed.data.intent === "import") {
    return json(await importFits(shop, parsed.data.text, parsed.data.stated, flows));
  }
  const sent = readSentForm(parsed.data.form, isCompatibilityForm, LONGEST_FORM);
  if (sent === null) return json({ code: "unreadable" as const }, { status: 400 });
  const stated = parseCompatibilityForm(sent.fields);
  return json(stated.code === "ok" ? await saveCompatibility(shop, stated.input, sent.version, flows) : stated);
}

export default function Compatibility() {
  const data = useLoaderData<typeof loader>();
  useShown(data);
  const { view } = data;
  const form = useSavedForm({
    key: "compatibility",
    saved: { fields: compatibilityForm(view), version: view.version },
    validate: compatibilityErrors,
  });
  return <CompatibilityPage form={form} imported={useImport(form)} />;
}

/** Sends files to be read, and adds what each of them says to the form once. */
function useImport({
  fields,
  change,
}: Pick<ReturnType<typeof useSavedForm<ShapeForm>>, "fields" | "change">): ImportState {
  const { data, state, submit } = useFetcher<NonNullable<ImportState["outcome"]>>({ key: "fits-import" });
  const [taken, setTaken] = useState(data);
  if (data !== taken) {
    setTaken(data);
    if (data?.code === "read" && data.rules.length > 0) change(withRules(fields, data.rules));
  }
  return {
    outcome: data,
    reading: state !== "idle",
    onFile: (text) =>
      submit(
        { intent: "import", text, stated: String(rowsOf(fields.rules).length) },
        { method: "post", encType: "multipart/form-data" },
      ),
  };
}

function isCompatibilityForm(fields: unknown): fields is ShapeForm {
  return isFormOf(compatibilityRules.description, fields);
}

function compatibilityErrors(form: ShapeForm): FormErrors {
  const parsed = parseCompatibilityForm(form);
  return parsed.code === "ok" ? {} : parsed.errors;
}
