import type { LoaderFunctionArgs } from "@remix-run/node";
import {
  type ShouldRevalidateFunction,
  useLoaderData,
  useNavigation,
  useSearchParams,
  useSubmit,
} from "@remix-run/react";
import { BREAKDOWNS } from "../domain/measurement/breakdown.ts";
import { readRangeQuery, writeRangeQuery } from "../domain/time/report-range.ts";
import { readResults } from "../flows/measurement/read-results.ts";
import { signedInShop } from "../server/signed-in-shop.server.ts";
import { useShown } from "../ui/kit/kept-page.ts";
import { useLatePart } from "../ui/kit/late-part.tsx";
import {
  rangeFields,
  RESULTS,
  RESULTS_BREAKDOWN,
  RESULTS_EFFECT,
  RESULTS_FUNNEL,
} from "../ui/pages/results/results-address.ts";
import { ResultsPage } from "../ui/pages/results/results-page.tsx";
import type { BreakdownView } from "../views/breakdown-view.ts";
import { RESULT_DIMENSIONS, type ResultsEffectView, type ResultsFunnelView } from "../views/results-view.ts";

export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";
export { freshOrKept as clientLoader } from "../ui/kit/kept-page.ts";

/** What all orders are split by is in the address, and the part that shows it reads it. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ currentUrl, nextUrl, defaultShouldRevalidate }) => {
  const rest = (url: URL) => {
    const params = new URLSearchParams(url.search);
    params.delete("split");
    return `${url.pathname}?${params.toString()}`;
  };
  const isOtherSplit = currentUrl.search !== nextUrl.search && rest(currentUrl) === rest(nextUrl);
  return defaultShouldRevalidate && !isOtherSplit;
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  const { searchParams } = new URL(request.url);
  const by = RESULT_DIMENSIONS.find((name) => name === searchParams.get("by")) ?? "offer";
  return { view: await readResults(shop, { range: readRangeQuery(searchParams), by }, context.flows) };
}

export default function Results() {
  const data = useLoaderData<typeof loader>();
  useShown(data);
  const { view } = data;
  const submit = useSubmit();
  const navigation = useNavigation();
  const show = (fields: Record<string, string>) =>
    submit(fields, { action: RESULTS, replace: true, preventScrollReset: true });
  const range = rangeFields(view.range);
  const asked = new URLSearchParams({ ...range, by: view.by }).toString();
  // Events may be many, and in a database apart: the page does not wait for them.
  const funnel = useLatePart<ResultsFunnelView>("results-funnel", `${RESULTS_FUNNEL}?${asked}`);
  const effect = useLatePart<ResultsEffectView>("results-effect", `${RESULTS_EFFECT}?${asked}`);
  const [params] = useSearchParams();
  const split = BREAKDOWNS.find((name) => name === params.get("split")) ?? "channel";
  const parts = new URLSearchParams({ ...range, split }).toString();
  const breakdown = useLatePart<BreakdownView>("results-breakdown", `${RESULTS_BREAKDOWN}?${parts}`);
  return (
    <ResultsPage
      view={view}
      effect={effect}
      funnel={funnel}
      breakdown={{ by: split, late: breakdown, onBy: (other) => show({ ...range, by: view.by, split: other }) }}
      loading={navigation.state === "loading" && navigation.location.pathname === RESULTS}
      onRange={(asked) => show({ ...writeRangeQuery(asked), by: view.by, split })}
      onBy={(by) => show({ ...range, by, split })}
    />
  );
}
