import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { readReconciliationView } from "../flows/measurement/read-reconciliation.ts";
import { signedInShop } from "../server/signed-in-shop.server.ts";
import { useShown } from "../ui/kit/kept-page.ts";
import { ReconciliationPage } from "../ui/pages/results/reconciliation-page.tsx";
import { RECONCILIATION } from "../ui/pages/results/results-address.ts";

export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";
export { freshOrKept as clientLoader } from "../ui/kit/kept-page.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  const day = (new URL(request.url).searchParams.get("day") ?? "").slice(0, 10);
  return { view: await readReconciliationView(shop, day, context.flows) };
}

export default function Reconciliation() {
  const data = useLoaderData<typeof loader>();
  useShown(data);
  const submit = useSubmit();
  const navigation = useNavigation();
  return (
    <ReconciliationPage
      view={data.view}
      loading={navigation.state === "loading" && navigation.location.pathname === RECONCILIATION}
      onDay={(day) => submit({ day }, { action: RECONCILIATION, replace: true, preventScrollReset: true })}
    />
  );
}
