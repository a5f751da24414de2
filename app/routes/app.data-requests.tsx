import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { listDataRequests, setDataRequestDelivered } from "../flows/customers/data-requests.ts";
import { signedInShop } from "../server/signed-in-shop.server.ts";
import { DataRequestsPage } from "../ui/pages/privacy/data-requests-page.tsx";

export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";

const change = z.object({
  requestId: z.string().min(1).max(100),
  delivered: z.enum(["true", "false"]).transform((text) => text === "true"),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  return { view: await listDataRequests(await signedInShop(request, context), context.flows) };
}

/** Staff have sent a file, or say that they have not. */
export async function action({ request, context }: ActionFunctionArgs): Promise<{ code: string }> {
  const shop = await signedInShop(request, context);
  const parsed = change.safeParse(Object.fromEntries(await request.formData()));
  return parsed.success ? await setDataRequestDelivered(shop, parsed.data, context.flows) : { code: "invalid" };
}

export default function DataRequests() {
  return <DataRequestsPage view={useLoaderData<typeof loader>().view} />;
}
