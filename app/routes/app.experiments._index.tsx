import { type ActionFunctionArgs, json, type LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { listExperiments } from "../flows/measurement/experiments/list-experiments.ts";
import { requestMeasuring } from "../flows/measurement/experiments/stop-experiment.ts";
import { signedInShop, signedInStaff } from "../server/signed-in-shop.server.ts";
import { useShown } from "../ui/kit/kept-page.ts";
import { useSplitEmbed } from "../ui/kit/use-split-embed.ts";
import { ExperimentsPage } from "../ui/pages/experiments/experiments-page.tsx";

export { freshOrKept as clientLoader } from "../ui/kit/kept-page.ts";
export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";

/** All experiments, and the holdout. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  return { shop, view: await listExperiments(shop, context.flows) };
}

/** Has everything measured now. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { shop, flows } = await signedInStaff(request, context);
  await requestMeasuring(shop, flows);
  return json({ code: "requested" as const });
}

export default function Experiments() {
  const data = useLoaderData<typeof loader>();
  useShown(data);
  const { state, data: answer, submit } = useFetcher<typeof action>({ key: "measure-holdout" });
  return (
    <ExperimentsPage
      view={data.view}
      embed={useSplitEmbed(data.shop)}
      measuring={state !== "idle"}
      requested={answer !== undefined}
      onMeasure={() => submit({}, { method: "post" })}
    />
  );
}
