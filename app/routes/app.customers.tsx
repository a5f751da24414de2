import { type ActionFunctionArgs, json, type LinksFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readCustomers } from "../flows/customers/read-customers.ts";
import { readSettings } from "../flows/settings/read-settings.ts";
import { saveCustomersInputs } from "../flows/customers/save-customers-inputs.ts";
import { signedInShop } from "../server/signed-in-shop.server.ts";
import { CustomersPage } from "../ui/pages/customers/customers-page.tsx";
import customersStyles from "../ui/pages/customers/customers.css?url";
import {
  isLifetimeForm,
  type LifetimeForm,
  lifetimeForm,
  parseLifetimeForm,
} from "../ui/pages/customers/lifetime-form.ts";
import { readSentForm } from "../ui/forms/sent-form.ts";
import { useSavedForm } from "../ui/forms/use-saved-form.ts";
import { useShown } from "../ui/kit/kept-page.ts";
import { usePolling } from "../ui/kit/use-polling.ts";

export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";
export { freshOrKept as clientLoader } from "../ui/kit/kept-page.ts";
export { answerOrFailure as clientAction, readAgainAfterSave as shouldRevalidate } from "../ui/forms/save-outcome.ts";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: customersStyles }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  return { view: await readCustomers(await signedInShop(request, context), context.flows) };
}

/** Saves what was entered for the formulas of lifetime value. */
export async function action({ request, context }: ActionFunctionArgs) {
  const shop = await signedInShop(request, context);
  const sent = readSentForm((await request.formData()).get("form"), isLifetimeForm);
  if (sent === null) return json({ code: "unreadable" as const }, { status: 400 });
  const { shopCurrency } = await readSettings(shop, context.flows);
  const { values, errors } = parseLifetimeForm(sent.fields, shopCurrency);
  if (Object.keys(errors).length > 0) return json({ code: "invalid" as const, errors });
  return json(await saveCustomersInputs(shop, values, sent.version, context.flows));
}

export default function Customers() {
  const data = useLoaderData<typeof loader>();
  useShown(data);
  const { view } = data;
  const { currency } = view.shop;
  const { known = {}, entered = {}, version = 0 } = view.learnt?.lifetime ?? {};
  const form = useSavedForm<LifetimeForm>({
    key: "lifetime",
    saved: { fields: lifetimeForm(known, entered, currency), version },
    validate: (fields) => parseLifetimeForm(fields, currency).errors,
  });
  usePolling(view.state === "learning" || view.learning);
  return <CustomersPage view={view} lifetime={form} />;
}
