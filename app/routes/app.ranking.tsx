import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readRanking } from "../flows/mining/read-ranking.ts";
import { signedInShop } from "../server/signed-in-shop.server.ts";
import { RankingPage } from "../ui/pages/ranking/ranking-page.tsx";

export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";

export async function loader({ request, context }: LoaderFunctionArgs) {
  return { view: await readRanking(await signedInShop(request, context), context.flows) };
}

export default function Ranking() {
  const { view } = useLoaderData<typeof loader>();
  return <RankingPage view={view} />;
}
