import type { LoaderFunctionArgs } from "@remix-run/node";

export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";

/** Every address in the admin that leads nowhere: answered inside the app, so that its menu and language stay. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await context.shopify.authenticate.admin(request);
  throw new Response(null, { status: 404 });
}

export default function NotFound() {
  return null;
}
