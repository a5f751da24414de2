import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation, useSearchParams } from "@remix-run/react";
import { z } from "zod";
import { parseOfferKey } from "../domain/offers/offer-id.ts";
import { CLAIMED_SURFACES } from "../domain/offers/surface.ts";
import { readRangeQuery } from "../domain/time/report-range.ts";
import { readResultLines } from "../flows/measurement/read-result-lines.ts";
import { signedInShop } from "../server/signed-in-shop.server.ts";
import { useShown } from "../ui/kit/kept-page.ts";
import { LinesPage } from "../ui/pages/results/lines-page.tsx";
import { RESULTS_LINES } from "../ui/pages/results/results-address.ts";

export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";
export { freshOrKept as clientLoader } from "../ui/kit/kept-page.ts";

const LAST_PAGE = 20_000;

// What makes no sense is taken for what is usual: an address is often typed or cut short.
const query = z.object({
  page: z.coerce.number().int().min(1).max(LAST_PAGE).catch(1),
  offer: z
    .string()
    .refine((key) => parseOfferKey(key) !== null)
    .nullable()
    .catch(null),
  surface: z.enum(CLAIMED_SURFACES).nullable().catch(null),
  product: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullable()
    .catch(null),
  refunded: z.literal("1").optional().catch(undefined),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  const { searchParams } = new URL(request.url);
  const asked = query.parse({ offer: null, surface: null, product: null, ...Object.fromEntries(searchParams) });
  const { page, offer: offerKey, surface, product: productId, refunded } = asked;
  const filter = { offerKey, surface, productId, refunded: refunded === "1" };
  return { view: await readResultLines(shop, { range: readRangeQuery(searchParams), filter, page }, context.flows) };
}

export default function ResultLines() {
  const data = useLoaderData<typeof loader>();
  useShown(data);
  const navigation = useNavigation();
  const [params, setParams] = useSearchParams();
  return (
    <LinesPage
      view={data.view}
      loading={navigation.state === "loading" && navigation.location.pathname === RESULTS_LINES}
      onPage={(page) => setParams(new URLSearchParams({ ...Object.fromEntries(params), page: String(page) }))}
    />
  );
}
