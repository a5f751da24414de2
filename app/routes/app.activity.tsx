import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { z } from "zod";
import { readActivity } from "../flows/activity/read-activity.ts";
import { signedInStaff } from "../server/signed-in-shop.server.ts";
import { useShown } from "../ui/kit/kept-page.ts";
import { ACTIVITY } from "../ui/pages/activity/activity-address.ts";
import { ActivityPage } from "../ui/pages/activity/activity-page.tsx";

export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";
export { freshOrKept as clientLoader } from "../ui/kit/kept-page.ts";

const LAST_PAGE = 1_000_000;
// What makes no sense is taken for what is usual: an address is often typed or cut short.
const query = z.object({ page: z.coerce.number().int().min(1).max(LAST_PAGE).catch(1) });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, flows } = await signedInStaff(request, context);
  const { page } = query.parse(Object.fromEntries(new URL(request.url).searchParams));
  return { view: await readActivity(shop, page, flows) };
}

export default function Activity() {
  const data = useLoaderData<typeof loader>();
  useShown(data);
  const submit = useSubmit();
  const navigation = useNavigation();
  return (
    <ActivityPage
      view={data.view}
      loading={navigation.state === "loading" && navigation.location.pathname === ACTIVITY}
      onPage={(page) => submit(page > 1 ? { page: String(page) } : {}, { action: ACTIVITY })}
    />
  );
}
