import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { readQuery, type SimulatedQuery, writeQuery } from "../domain/simulation/simulated-query.ts";
import { simulateCart } from "../flows/simulator/simulate-cart.ts";
import { signedInShop } from "../server/signed-in-shop.server.ts";
import { useShown } from "../ui/kit/kept-page.ts";
import simulatorStyles from "../ui/pages/simulator/simulator.css?url";
import { SIMULATOR } from "../ui/pages/simulator/address.ts";
import { SimulatorPage } from "../ui/pages/simulator/simulator-page.tsx";

export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";
export { freshOrKept as clientLoader } from "../ui/kit/kept-page.ts";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: simulatorStyles }];

/** The cart in the address, priced. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  const query = readQuery(new URL(request.url).searchParams);
  return { view: await simulateCart(shop, query, context.flows) };
}

export default function Simulator() {
  const data = useLoaderData<typeof loader>();
  useShown(data);
  const submit = useSubmit();
  const navigation = useNavigation();
  const ask = (query: SimulatedQuery) =>
    submit(writeQuery(query), { action: SIMULATOR, replace: true, preventScrollReset: true });
  return (
    <SimulatorPage
      view={data.view as Awaited<ReturnType<typeof loader>>["view"]}
      loading={navigation.state === "loading" && navigation.location.pathname === SIMULATOR}
      onAsk={ask}
    />
  );
}
