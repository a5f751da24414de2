import { isRouteErrorResponse, useRevalidator, useRouteError } from "@remix-run/react";
import { PageError } from "./page-error.tsx";

/**
 * The error boundary of every page below the admin layout. What the package throws to sign a person in is passed on
 * to the layout's boundary, which knows how to answer it; anything else is explained in words, inside the app's frame.
 */
export function PageErrorBoundary() {
  const error = useRouteError();
  const { revalidate } = useRevalidator();
  if (isSignIn(error)) throw error;
  return <PageError notFound={isRouteErrorResponse(error) && error.status === 404} onRetry={revalidate} />;
}

/** Whether an error is an answer of the package that signs a person in: a redirect, or a page with its script. */
export function isSignIn(error: unknown): boolean {
  if (!isRouteErrorResponse(error)) return false;
  return error.status < 400 || (typeof error.data === "string" && error.data.includes("<script"));
}
