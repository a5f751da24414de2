import { isRouteErrorResponse, useRevalidator, useRouteError } from "@remix-run/react";
import { PageError } from "./page-error.tsx";

/**
 * The error boundary of every page below the admin layout. What the package throws to sign a person in is passed on
 * to the layout's boundary, which knows how to answer it.
 */
export function PageErrorBoundary() {
  const error = useRouteError();
  const { revalidate } = useRevalidator();
  if (isRouteErrorResponse(error) && error.status !== 404 && error.status < 500) throw error;
  return <PageError notFound={isRouteErrorResponse(error) && error.status === 404} onRetry={revalidate} />;
}
