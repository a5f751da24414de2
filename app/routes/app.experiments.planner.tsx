import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import {
  type PlannerQuery,
  readPlannerQuery,
  writePlannerQuery,
} from "../domain/measurement/experiments/planner-query.ts";
import { readPlanner } from "../flows/measurement/read-planner.ts";
import { signedInShop } from "../server/signed-in-shop.server.ts";
import { PLANNER } from "../ui/pages/experiments/address.ts";
import { PlannerPage } from "../ui/pages/experiments/planner-page.tsx";

export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";

/** The plan of what the address asks. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  const query = readPlannerQuery(new URL(request.url).searchParams);
  return { view: await readPlanner(shop, query, context.flows) };
}

export default function Planner() {
  const { view } = useLoaderData<typeof loader>();
  const submit = useSubmit();
  const navigation = useNavigation();
  const ask = (query: PlannerQuery) =>
    submit(writePlannerQuery(query), { action: PLANNER, replace: true, preventScrollReset: true });
  return (
    <PlannerPage
      view={view}
      loading={navigation.state === "loading" && navigation.location.pathname === PLANNER}
      onAsk={ask}
    />
  );
}
