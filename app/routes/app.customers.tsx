import { type ActionFunctionArgs, json, type LinksFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { LIFETIME_INPUTS } from "../domain/customers/lifetime-inputs.ts";
import { readCustomers } from "../flows/customers/read-customers.ts";
import { readSettings } from "../flows/offers/read-settings.ts";
import { saveCustomersInputs } from "../flows/customers/save-customers-inputs.ts";
import { signedInShop } from "../signed-in-shop.server.ts";
import { showToast } from "../ui/app-bridge.ts";
import { CustomersPage } from "../ui/customers/customers-page.tsx";
import customersStyles from "../ui/customers/customers.css?url";
import {
  type LifetimeErrors,
  type LifetimeForm,
  lifetimeForm,
  parseLifetimeForm,
  sameLifetimeForm,
} from "../ui/customers/lifetime-form.ts";
import { useNews } from "../ui/use-news.ts";

export { PageErrorBoundary as ErrorBoundary } from "../ui/page-error-boundary.tsx";

const LONGEST_FIELD = 40;

export const links: LinksFunction = () => [{ rel: "stylesheet", href: customersStyles }];

export async function loader({ request }: LoaderFunctionArgs) {
  return { view: await readCustomers(await signedInShop(request)) };
}

const field = z.string().max(LONGEST_FIELD);
const sentForm = z.partialRecord(z.enum(Object.keys(LIFETIME_INPUTS) as (keyof typeof LIFETIME_INPUTS)[]), field);

/** Saves what was entered for the formulas of lifetime value. */
export async function action({ request }: ActionFunctionArgs) {
  const shop = await signedInShop(request);
  const form = readForm((await request.formData()).get("form"));
  if (form === null) return json({ code: "unreadable" as const }, { status: 400 });
  const { shopCurrency } = await readSettings(shop);
  const { values, errors } = parseLifetimeForm(form, shopCurrency);
  if (Object.keys(errors).length > 0) return json({ code: "invalid" as const, errors });
  return json(await saveCustomersInputs(shop, values));
}

function readForm(text: unknown): LifetimeForm | null {
  if (typeof text !== "string" || text.length > 5_000) return null;
  try {
    return sentForm.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export default function Customers() {
  const { view } = useLoaderData<typeof loader>();
  const { t } = useTranslation("customers");
  const save = useFetcher<typeof action>({ key: "lifetime" });
  // Null as long as nothing was typed: then the page follows what is saved.
  const [edited, setEdited] = useState<LifetimeForm | null>(null);
  const [errors, setErrors] = useState<LifetimeErrors>({});
  const { currency } = view.shop;
  const { known = {}, entered = {} } = view.learnt?.lifetime ?? {};
  const saved = lifetimeForm(known, entered, currency);
  const form = edited ?? saved;
  const answer = save.state === "idle" ? save.data : undefined;
  const [answered, setAnswered] = useState<unknown>(undefined);
  if (answer !== undefined && answer !== answered) {
    setAnswered(answer);
    if (answer.code === "saved") setEdited(null);
    setErrors(answer.code === "invalid" ? answer.errors : {});
  }
  const told = useRef<unknown>(answer);
  useEffect(() => {
    if (answer !== undefined && answer !== told.current)
      showToast(answer.code === "saved" ? t("lifetime.toast.saved") : t("lifetime.toast.notSaved"));
    told.current = answer;
  }, [answer, t]);
  useNews(view.state === "learning" || view.learning);

  const submitForm = () => {
    const parsed = parseLifetimeForm(form, currency);
    setErrors(parsed.errors);
    if (Object.keys(parsed.errors).length > 0) return;
    save.submit({ form: JSON.stringify(form) }, { method: "post" });
  };
  return (
    <CustomersPage
      view={view}
      lifetime={{
        form,
        onChange: (change) => setEdited({ ...form, ...change }),
        errors,
        dirty: edited !== null && !sameLifetimeForm(edited, saved),
        saving: save.state !== "idle",
        onSave: submitForm,
        onDiscard: () => {
          setEdited(null);
          setErrors({});
        },
      }}
    />
  );
}
